/** What the console knows of apps without asking: parameters, ports, bodies of wishes. */
import type { AgentOrder, AppTarget, Installation, PortRule, Protocol, Wish } from '../api/apps.ts';
import { typedValue } from './config.ts';
import { EMPTY, type Json, memberOf, NULL, readJson, writeJson } from './json.ts';

export const APP_NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
export const VERSION = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
export const PARAMETER = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/;
export const ARCHITECTURES = ['amd64', 'arm64', 'armv7'];

/** Why this is no name of an app, or nothing. */
export function nameFault(name: string): string | undefined {
  return name.length <= 63 && APP_NAME.test(name) ? undefined : 'Lower-case letters and digits with single dashes between them, 63 at most.';
}

/** Why this is no version of a release, or nothing. */
export function versionFault(version: string): string | undefined {
  return VERSION.test(version) && version !== 'latest' ? undefined : 'Letters, digits, dots, dashes and underscores, and not “latest”.';
}

export interface Parameter {
  name: string;
  label: string;
  kind: 'text' | 'textarea' | 'numeric' | 'boolean' | 'any';
  /** What apps get that nobody gives another value. */
  fallback: Json | undefined;
  description: string;
  unit: string;
  min: number | undefined;
  max: number | undefined;
  secret: boolean;
  choices: string[];
}

const KINDS: Record<string, Parameter['kind']> = { text: 'text', string: 'text', textarea: 'textarea', numeric: 'numeric', number: 'numeric', boolean: 'boolean', bool: 'boolean' };

/** The parameters that a template describes, in its order. */
export function parametersOf(template: Json): Parameter[] {
  return template.kind === 'object' ? [...template.members].map(([name, entry]) => parameterOf(name, entry)) : [];
}

function parameterOf(name: string, entry: Json): Parameter {
  const text = (member: string): string => { const value = memberOf(entry, member); return value?.kind === 'text' || value?.kind === 'number' ? value.text : ''; };
  const bound = (member: string): number | undefined => (text(member) === '' || Number.isNaN(Number(text(member))) ? undefined : Number(text(member)));
  const fallback = memberOf(entry, 'defaultValue');
  const choices = memberOf(entry, 'valueList');
  const secret = memberOf(entry, 'secret');
  return {
    name, label: text('label') || name, kind: KINDS[text('type').toLowerCase()] ?? 'any', fallback: fallback?.kind === 'null' ? undefined : fallback, description: text('description'), unit: text('unit'),
    min: bound('min'), max: bound('max'), secret: secret?.kind === 'bool' && secret.value,
    choices: choices?.kind === 'list' ? choices.items.map((each) => (each.kind === 'text' ? each.text : writeJson(each))) : [],
  };
}

/** One that the template does not know. */
export function unknownParameter(name: string, secret = false): Parameter {
  return { name, label: name, kind: 'any', fallback: undefined, description: '', unit: '', min: undefined, max: undefined, secret, choices: [] };
}

/** All parameters that a place could say something about: those of the template, then others it speaks of. */
export function parametersAt(template: Json, wish: Pick<Wish, 'environment' | 'secrets'>): Parameter[] {
  const known = parametersOf(template);
  const names = new Set(known.map((each) => each.name));
  const more = wish.environment.kind === 'object' ? [...wish.environment.members.keys()].filter((name) => !names.has(name)).map((name) => unknownParameter(name)) : [];
  return [...known.map((each) => (wish.secrets.includes(each.name) ? { ...each, secret: true } : each)), ...more, ...wish.secrets.filter((name) => !names.has(name)).map((name) => unknownParameter(name, true))];
}

/** What somebody typed, as the parameter's value. */
export function typedParameter({ kind }: Parameter, text: string): Json {
  if (kind === 'text' || kind === 'textarea') return { kind: 'text', text };
  return typedValue(text);
}

/** A value as it is typed; {@link typedParameter} reads it back. */
export function parameterText({ kind }: Parameter, value: Json): string {
  if (value.kind !== 'text') return writeJson(value);
  return kind === 'text' || kind === 'textarea' || typedValue(value.text).kind === 'text' ? value.text : writeJson(value);
}

/** Why a text is no value of a parameter, or nothing. An empty one says nothing. */
export function parameterFault(parameter: Parameter, text: string): string | undefined {
  if (text === '') return undefined;
  if (parameter.choices.length > 0 && !parameter.choices.includes(text)) return 'Choose one of the list.';
  const value = typedParameter(parameter, text);
  if (parameter.kind === 'boolean' && value.kind !== 'bool') return 'It is true or false.';
  if (parameter.kind !== 'numeric') return undefined;
  if (value.kind !== 'number') return 'It is a number.';
  const { min, max } = parameter;
  if ((min !== undefined && Number(value.text) < min) || (max !== undefined && Number(value.text) > max)) return `It is ${min === undefined ? '' : `at least ${min}`}${min !== undefined && max !== undefined ? ' and ' : ''}${max === undefined ? '' : `at most ${max}`}.`;
  return undefined;
}

/** What a place is to say. A secret that is null stays as it is there. */
export interface Said { target: AppTarget | undefined; version: string | undefined; environment: Map<string, Json>; secrets: Map<string, Json>; ports: PortRule[] }

/** The body of a wish, and how it is shown: without the values of secrets. */
export function wishBody({ target, version, environment, secrets, ports }: Said): { json: string; shown: string } {
  const body = (hidden: boolean): string => writeJson({ kind: 'object', members: new Map<string, Json>([
    ['target', { kind: 'text', text: target ?? 'inherit' }],
    ['version', version === undefined ? NULL : { kind: 'text', text: version }],
    ['environment', { kind: 'object', members: environment }],
    ['secrets', { kind: 'object', members: new Map([...secrets].map(([name, value]): [string, Json] => [name, hidden && value.kind !== 'null' ? { kind: 'text', text: '…' } : value])) }],
    ['ports', readJson(JSON.stringify(ports.map(({ hostPort: _, ...rule }) => rule)))],
  ]) }, 2);
  return { json: body(false), shown: body(true) };
}

/** A port while somebody types it. */
export interface PortDraft { name: string; port: string; protocol: Protocol; main: boolean; active: boolean; public: boolean; localIp: string; remotePort: string; remotePortEnvironment: string }

export const NEW_PORT: PortDraft = { name: '', port: '', protocol: 'http', main: false, active: false, public: false, localIp: '', remotePort: '', remotePortEnvironment: '' };

export function portDraft(rule: PortRule): PortDraft {
  const { hostPort: _, ...rest } = rule;
  return { ...rest, port: String(rule.port), remotePort: rule.remotePort === 0 ? '' : String(rule.remotePort) };
}

export function portRule(draft: PortDraft): PortRule {
  return { ...draft, name: draft.name.trim(), port: Number(draft.port), remotePort: Number(draft.remotePort || 0), localIp: draft.localIp.trim(), remotePortEnvironment: draft.remotePortEnvironment.trim() };
}

/** Whether two speak of the same port. */
export function samePort(a: Pick<PortRule, 'port' | 'protocol' | 'localIp'>, b: Pick<PortRule, 'port' | 'protocol' | 'localIp'>): boolean {
  return a.port === b.port && a.protocol === b.protocol && a.localIp === b.localIp;
}

const isPort = (text: string, least: number): boolean => /^\d{1,5}$/.test(text) && Number(text) >= least && Number(text) <= 65_535;

/** Why these ports are none, or nothing. */
export function portsFault(drafts: PortDraft[]): string | undefined {
  for (const each of drafts) {
    if (!isPort(each.port, 1)) return 'A port is a number from 1 to 65535.';
    if (each.remotePort !== '' && !isPort(each.remotePort, 0)) return 'The port outside is a number up to 65535, or left empty for any.';
    if (each.remotePortEnvironment.trim() !== '' && !PARAMETER.test(each.remotePortEnvironment.trim())) return 'A variable is letters, digits and underscores.';
  }
  const rules = drafts.map(portRule);
  const twice = rules.find((rule, i) => rules.findIndex((other) => samePort(rule, other)) < i);
  return twice ? `Port ${twice.port} is there twice.` : undefined;
}

/** A composition or template as a text that somebody writes; fails with why it is none. */
export function objectIn(text: string): Json {
  const value = text.trim() === '' ? EMPTY : readJson(text);
  if (value.kind !== 'object') throw new Error('It is a JSON object.');
  return value;
}

/** Why a text is no composition, or nothing; an empty one is none at all. */
export function composeFault(text: string): string | undefined {
  if (text.trim() === '') return undefined;
  try {
    const services = memberOf(objectIn(text), 'services');
    return services?.kind === 'object' && services.members.size > 0 ? undefined : 'A composition is an object with “services”.';
  } catch (thrown) {
    return (thrown as Error).message;
  }
}

/** Why a text is no template of parameters, or nothing. */
export function templateFault(text: string): string | undefined {
  try {
    const template = objectIn(text);
    for (const [name, entry] of template.kind === 'object' ? template.members : []) {
      if (!PARAMETER.test(name)) return `“${name}” is no name of a parameter: letters, digits and underscores.`;
      if (entry.kind !== 'object') return `“${name}” is described by an object with a defaultValue.`;
    }
    return undefined;
  } catch (thrown) {
    return (thrown as Error).message;
  }
}

/** Whether there is something under way that can be called off. */
export function canCallOff({ condition, wanted, reported }: Pick<Installation, 'condition' | 'wanted' | 'reported'>): boolean {
  if (reported?.calledOff) return false;
  return condition === 'under-way' || (condition === 'behind' && wanted?.next !== undefined && wanted.next !== null);
}

/** Whether it waits for somebody to let it go on. */
export function canGoOn({ condition, reported }: Pick<Installation, 'condition' | 'reported'>): boolean {
  return reported?.calledOff === true || condition === 'held' || condition === 'failed' || condition === 'crash-loop';
}

/** The file's name as the server gives it: only what no file system stumbles over. */
export function fileName(device: string): string {
  return `${device.replaceAll(/[^A-Za-z0-9._-]+/g, '-') || 'device'}.flock`;
}

export interface AgentDeed { label: string; asks: string; done: string; danger: boolean }

/** What a device's agent can be told, and what is asked before. */
export const AGENT_DEEDS: Record<AgentOrder, AgentDeed> = {
  reboot: { label: 'Reboot', asks: 'The device starts anew in two seconds. What runs on it is cut off.', done: 'It reboots', danger: true },
  shutdown: { label: 'Switch off', asks: 'The device is switched off in two seconds. Nobody can switch it on again from here.', done: 'It switches off', danger: true },
  restart: { label: 'Start the agent anew', asks: 'Apps go on running; the agent comes back in a moment.', done: 'The agent starts anew', danger: false },
  update: { label: 'Update the agent', asks: 'The agent looks for a newer version of itself and takes it.', done: 'The agent answered', danger: false },
  prune: { label: 'Clean up images', asks: 'Images that no container uses are removed from the device.', done: 'It was cleaned up', danger: false },
};

/** What the device's agent answered, for people. */
export function answerText(answer: unknown): string {
  return typeof answer === 'string' ? answer : JSON.stringify(answer ?? null, null, 2);
}
