/** What the console knows of registries without asking: what of a view can be written, what is secret, drift. */
import type { Change, ConfigDeed, ConfigGroup, ConfigRollout, RegistryRule, RegistryView, Values, Wanted } from '../api/config.ts';
import type { RolloutGroup } from '../api/types.ts';
import { type Json, memberOf, partsOf, readJson, sameJson, valueAt, writeJson } from './json.ts';

export const readable = (rule: RegistryRule): boolean => rule.access !== 'write';
export const writable = (rule: RegistryRule): boolean => rule.access !== 'read';

/** Whether a path of a view meets the beginning of a rule's request; a placeholder takes any part of its kind. */
function meets(rule: RegistryRule, path: string): boolean {
  const asked = partsOf(path);
  const parts = partsOf(rule.request);
  return asked.length <= parts.length && asked.every((part, i) => {
    const other = parts[i]!;
    return other === part || (/^\{.*\}$/.test(other) && !part.startsWith('[')) || (/^\[\{.*\}\]$/.test(other) && part.startsWith('['));
  });
}

/** Paths that may be written through a view, with the names in place of placeholders that its value has now. */
export function writablePaths(view: RegistryView | undefined, value: Json): string[] {
  const paths = new Set<string>();
  for (const rule of view?.rules.filter(writable) ?? []) expand(partsOf(rule.request), value, '', paths);
  return [...paths].sort();
}

function expand(parts: string[], value: Json | undefined, before: string, into: Set<string>): void {
  const [part, ...rest] = parts;
  if (part === undefined) {
    into.add(before);
  } else if (/^\{.*\}$/.test(part)) {
    for (const name of value?.kind === 'object' ? value.members.keys() : []) expand(rest, memberOf(value, name), before === '' ? name : `${before}.${name}`, into);
  } else if (/^\[\{.*\}\]$/.test(part)) {
    (value?.kind === 'list' ? value.items : []).forEach((each, i) => expand(rest, each, `${before}[${i}]`, into));
  } else {
    expand(rest, memberOf(value, part), before === '' ? part : `${before}.${part}`, into);
  }
}

/** What somebody typed, as a value: JSON where it is that, else text, as snapctl has it. */
export function typedValue(text: string): Json {
  try {
    return readJson(text);
  } catch {
    return { kind: 'text', text };
  }
}

const KINDS: Record<Json['kind'], string> = { object: 'an object', list: 'a list', number: 'a number', text: 'a text', bool: 'true or false', null: 'null: it is unset' };

export function kindWords(value: Json): string {
  return KINDS[value.kind];
}

/** Why a path is none, or nothing. */
export function pathFault(path: string, view: RegistryView | undefined): string | undefined {
  if (!/^[a-z](-?[a-z0-9])*((\.[a-z](-?[a-z0-9])*)|(\[\d+\]))*$/.test(path)) return 'A path is names with dots between them, such as config.eth0; names are lower-case.';
  if (view && !view.rules.some((rule) => writable(rule) && meets(rule, path))) return 'No rule of this view lets anybody write there.';
  return undefined;
}

/** Whether a path of a view may lead to a secret: no view shows what is there, or it is known to be one. */
export function isSecretRequest(view: RegistryView | undefined, path: string, secrets: Iterable<string>, views: RegistryView[]): boolean {
  const known = [...secrets];
  const shown = views.flatMap((each) => each.rules.filter(readable));
  const places = (view?.rules ?? []).filter((rule) => writable(rule) && meets(rule, path)).map((rule) => filled(rule, path));
  return places.some((place) => known.some((secret) => overlap(place, secret)) || !shown.some((rule) => overlap(place, rule.storage)));
}

/** A rule's storage path with the placeholders that the asked path fills in. */
function filled(rule: RegistryRule, path: string): string {
  const asked = partsOf(path);
  return partsOf(rule.request).reduce((storage, part, i) => {
    const given = asked[i];
    return given !== undefined && part.includes('{') ? storage.replace(part, given) : storage;
  }, rule.storage);
}

/** Whether one path is the other, or lies in it; placeholders stand for anything, elements count as their list. */
export function overlap(a: string, b: string): boolean {
  const [left, right] = [a, b].map((path) => partsOf(path.replaceAll(/\[\.[^\]]*\]/g, '')).filter((part) => !part.startsWith('['))) as [string[], string[]];
  return left.slice(0, right.length).every((part, i) => part === right[i] || part.startsWith('{') || right[i]!.startsWith('{'));
}

/** The body of a write as JSON text, and the same as it may be shown: without secrets. */
export function writeBody(values: Map<string, Json>, secret: (path: string) => boolean): { json: string; shown: string } {
  const body = (value: (path: string, each: Json) => Json): string => {
    const members = new Map([...values].map(([path, each]): [string, Json] => [path, value(path, each)]));
    return writeJson({ kind: 'object', members: new Map<string, Json>([['values', { kind: 'object', members }]]) }, 2);
  };
  return { json: body((_, each) => each), shown: body((path, each) => (each.kind !== 'null' && secret(path) ? { kind: 'text', text: '…' } : each)) };
}

/** Paths of what is no object, or an empty one, with the values there. */
export function leaves(value: Json, path = ''): [string, Json][] {
  if (value.kind !== 'object' || (value.members.size === 0 && path !== '')) return [[path, value]];
  return [...value.members].flatMap(([name, each]) => leaves(each, path === '' ? name : `${path}.${name}`));
}

/** What the server calls drift: what is wished and is missing or something else. Secrets are not opened for it. */
export function driftPaths(wanted: Pick<Wanted, 'values' | 'secrets'>, actual: Pick<Values, 'values' | 'secrets' | 'version'>): string[] {
  if (actual.version === 0) return [];
  const paths: string[] = [];
  differ(wanted.values, actual.values, '', paths);
  const sealed = (path: string): boolean => actual.secrets.some((known) => overlap(known, path));
  return [...paths.filter((path) => !sealed(path)), ...wanted.secrets.filter((path) => valueAt(actual.values, path) === undefined && !sealed(path))].sort();
}

function differ(wished: Json, has: Json | undefined, path: string, into: string[]): void {
  if (wished.kind === 'object' && (path === '' || has?.kind === 'object')) {
    for (const [name, each] of wished.members) differ(each, memberOf(has, name), path === '' ? name : `${path}.${name}`, into);
  } else if (has === undefined || !sameJson(wished, has)) {
    into.push(path);
  }
}

export interface WishLine { path: string; wanted: Json | undefined; has: Json | undefined; secret: boolean; source: string | undefined; differs: boolean }

/** What a device should have and has, place by place. */
export function wishLines(wanted: Wanted, actual: Pick<Values, 'values' | 'secrets' | 'version'>): WishLine[] {
  const drift = driftPaths(wanted, actual);
  const line = (path: string, value: Json | undefined, secret: boolean): WishLine => ({
    path, wanted: value, has: valueAt(actual.values, path), secret, source: wanted.sources[path],
    differs: drift.some((each) => each === path || path.startsWith(`${each}.`)),
  });
  return [...leaves(wanted.values).filter(([path]) => path !== '').map(([path, value]) => line(path, value, false)), ...wanted.secrets.map((path) => line(path, undefined, true))]
    .sort((a, b) => a.path.localeCompare(b.path));
}

/** The changes of one version with what was there before, from the values of the version before it. */
export function changesSince(before: Json, changes: { path: string; kind: 'set' | 'removed'; value?: Json | undefined; secret: boolean }[]): Change[] {
  return changes.map(({ path, kind, value, secret }) => ({ path, kind, before: secret ? undefined : valueAt(before, path), after: value, secret }));
}

/** Groups with the figures that bars and ladders want: a group that was started has reached all of its members. */
export function laddered(groups: ConfigGroup[]): RolloutGroup[] {
  return groups.map((each) => ({ ...each, offered: each.state === 'scheduled' ? 0 : each.size, skipped: 0 }));
}

/** What can be done with a rollout of values now. One whose target refused its values can be tried again or given up. */
export function configDeeds({ state, why }: Pick<ConfigRollout, 'state' | 'why'>): ConfigDeed[] {
  switch (state) {
    case 'ready': return ['start', 'abort'];
    case 'running': return ['pause', 'abort'];
    case 'paused': return ['resume', 'abort'];
    case 'finishing': return why ? ['resume', 'abort'] : [];
    default: return [];
  }
}

/** Whether a text is the assertion form of a document: it does not begin as JSON does. */
export function isAssertion(text: string): boolean {
  return !/^\s*\{/.test(text);
}

/** Whose registry a document defines, as far as it says so already. */
export function documentId(text: string): { account: string; name: string } | undefined {
  const [account, name] = isAssertion(text)
    ? [/^account-id: *(\S+)$/m.exec(text)?.[1], /^name: *(\S+)$/m.exec(text)?.[1]]
    : [jsonMember(text, 'account-id'), jsonMember(text, 'name')];
  return account && name ? { account, name } : undefined;
}

function jsonMember(text: string, name: string): string | undefined {
  try {
    const value = memberOf(readJson(text), name);
    return value?.kind === 'text' ? value.text : undefined;
  } catch {
    return undefined;
  }
}

/** A document in lines, when it is JSON in one; numbers and order stay as they are. */
export function laidOut(document: string): string {
  if (isAssertion(document) || document.trim().includes('\n')) return document;
  try {
    return `${writeJson(readJson(document), 2)}\n`;
  } catch {
    return document;
  }
}

/** A first document, small and whole. */
export const EXAMPLE = `{
  "account-id": "acme",
  "name": "network",
  "summary": "How robots are connected",
  "storage": {
    "schema": {
      "host": "string",
      "interfaces": {
        "keys": "string",
        "values": { "schema": { "mtu": { "type": "int", "min": 576 }, "up": "bool" } }
      },
      "wifi": {
        "schema": { "ssid": "string", "key": { "type": "string", "visibility": "secret" } }
      }
    }
  },
  "views": {
    "setup": {
      "rules": [
        { "request": "host", "storage": "host" },
        { "request": "interfaces.{name}", "storage": "interfaces.{name}" },
        { "request": "wifi.ssid", "storage": "wifi.ssid" },
        { "request": "wifi.key", "storage": "wifi.key" }
      ]
    },
    "look": {
      "rules": [{ "request": "host", "storage": "host", "access": "read" }]
    }
  }
}
`;
