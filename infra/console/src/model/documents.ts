/** What the console knows of dashboards and rule files without asking: words, file names, faults of JSON. */
export type DocumentKind = 'grafana-dashboard' | 'foxglove-layout' | 'prometheus-rules' | 'loki-rules';

export interface KindWords {
  /** Over a list. */
  many: string;
  one: string;
  /** Beside the lists of one device. */
  brief: string;
  about: string;
  ending: 'json' | 'yaml';
}

export const KINDS: Record<DocumentKind, KindWords> = {
  'grafana-dashboard': { many: 'Grafana dashboards', one: 'Grafana dashboard', brief: 'Dashboards', about: 'A dashboard as Grafana exports it, in JSON.', ending: 'json' },
  'foxglove-layout': { many: 'Foxglove layouts', one: 'Foxglove layout', brief: 'Layouts', about: 'A layout as Foxglove exports it, in JSON.', ending: 'json' },
  'prometheus-rules': { many: 'Prometheus rules', one: 'Prometheus rule file', brief: 'Metric rules', about: 'Groups of alert rules in YAML. With %%juju_device_uuid%% in it, it is rendered for each device that uses it.', ending: 'yaml' },
  'loki-rules': { many: 'Loki rules', one: 'Loki rule file', brief: 'Log rules', about: 'Groups of log alert rules in YAML. With %%juju_device_uuid%% in it, it is rendered for each device that uses it.', ending: 'yaml' },
};
export const KIND_NAMES = Object.keys(KINDS) as DocumentKind[];

export function isKind(name: string): name is DocumentKind {
  return Object.hasOwn(KINDS, name);
}

export function isRules(kind: DocumentKind): boolean {
  return KINDS[kind].ending === 'yaml';
}

/** What is wrong with a text, and where. */
export interface Fault { line: number | undefined; message: string }

/** Why a dashboard's text would be refused, or nothing. The server looks again. */
export function jsonFault(text: string): Fault | undefined {
  if (text.trim() === '') return { line: undefined, message: 'It is empty.' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    return { line: lineOf((thrown as Error).message, text), message: (thrown as Error).message };
  }
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? undefined : { line: 1, message: 'It must be one JSON object: { … }.' };
}

/** Browsers tell the place in words: "at position 12", "at line 3 column 4", or only that the text ended. */
function lineOf(message: string, text: string): number | undefined {
  const line = /line (\d+)/.exec(message)?.[1];
  if (line) return Number(line);
  const position = /position (\d+)/.exec(message)?.[1];
  if (position) return text.slice(0, Number(position)).split('\n').length;
  return /end of (JSON input|data|file)|EOF/i.test(message) ? text.split('\n').length : undefined;
}

/** A first proposal for the uid: what a dashboard says of itself, else the file's name without its ending. */
export function proposedUid(fileName: string, text: string): string {
  try {
    const own: unknown = (JSON.parse(text) as { uid?: unknown } | null)?.uid;
    if (typeof own === 'string' && uidFault(own) === undefined) return own;
  } catch {
    // YAML, or not finished yet.
  }
  const stem = fileName.replace(/\.(json|ya?ml|rules?)$/i, '').trim();
  return uidFault(stem) === undefined ? stem : stem.replaceAll(/[/<>\0]/g, '-').trim();
}

/** Why the server would refuse this uid, or nothing. */
export function uidFault(uid: string): string | undefined {
  if (uid === '') return 'A uid has 1 to 200 characters.';
  if ([...uid].length > 200) return 'A uid has at most 200 characters.';
  if (/[/<>\0]/.test(uid)) return 'A uid has no slash and no angle bracket.';
  if (uid.trim() !== uid || uid === '.' || uid === '..') return 'A uid has no white space at its ends, and is not "." or "..".';
  return undefined;
}

/** An address made from a device's words, as a link only if following it cannot run anything here. */
export function outwardLink(target: string | null | undefined): string | undefined {
  if (!target) return undefined;
  try {
    return /^(https?|foxglove):$/.test(new URL(target, 'https://muster.invalid').protocol) ? target : undefined;
  } catch {
    return undefined;
  }
}

/** Where a line begins and ends in a text; lines are counted from 1. */
export function lineSpan(text: string, line: number): { start: number; end: number } {
  let start = 0;
  for (let i = 1; i < line; i++) {
    const next = text.indexOf('\n', start);
    if (next < 0) break;
    start = next + 1;
  }
  const end = text.indexOf('\n', start);
  return { start, end: end < 0 ? text.length : end };
}

/** Certificates one after the other, each on lines of its own; empty ones left out. */
export function chained(...certificates: string[]): string {
  return certificates.map((each) => each.trim()).filter(Boolean).map((each) => `${each}\n`).join('');
}

/** Why a text must not be sent as a certificate, or nothing. A private key must never leave the browser. */
export function pemFault(text: string): string | undefined {
  if (/PRIVATE KEY/.test(text)) return 'There is a private key in it. It is not sent: keep it to yourself.';
  if (text.trim() !== '' && !/-----BEGIN [A-Z0-9 ]*CERTIFICATE-----[\s\S]+-----END [A-Z0-9 ]*CERTIFICATE-----/.test(text)) return 'This is no certificate in PEM.';
  return undefined;
}
