import { isAssertion } from '../model/config.ts';
import { EMPTY, type Json, memberOf, plainJson, readJson } from '../model/json.ts';
import { layerPath } from '../model/layers.ts';
import { type Call, compact, path } from './call.ts';
import { api } from './http.ts';
import type { GroupPlan, MemberStatus, Page, PauseCause, RolloutDevice, RolloutGroup, RolloutState, SeenPause } from './types.ts';

export type Profile = 'registry' | 'confdb';
export type Access = 'read' | 'write' | 'read-write';

export interface RegistryLine {
  account: string;
  name: string;
  revision: number;
  profile: Profile;
  summary?: string | null;
  views: string[];
  databags: number;
  changedAt?: string | null;
  changedBy?: string | null;
}
export interface RegistryRule { request: string; storage: string; access: Access }
export interface RegistryView { name: string; summary?: string | null; rules: RegistryRule[] }
export interface Registry extends Omit<RegistryLine, 'views'> { document: string; views: RegistryView[] }
export interface Revision { revision: number; at: string; by?: string | null; document?: string | null }
/** Line and column count from 1; 0 is about no place in particular. */
export interface SchemaFinding { pointer: string; line: number; column: number; message: string }

export interface DatabagLine { layer: string; version: number; changedAt?: string | null; changedBy?: string | null }
/** Secrets are left out of the values unless they were asked for; those in `lost` cannot be read by anybody. */
export interface Values { layer: string; version: number; values: Json; secrets: string[]; lost: string[] }
/** A place in the storage and what became of it. Values of secrets are never told. */
export interface Change { path: string; kind: 'set' | 'removed'; before: Json | undefined; after: Json | undefined; secret: boolean }
export interface Written { version: number; changes: Change[] }
export interface HistoryEntry {
  version: number;
  at: string;
  by?: string | null;
  kind: 'written' | 'reverted' | 'forgotten';
  view?: string | null;
  requests: string[];
  toVersion?: number | null;
  changes: { path: string; kind: 'set' | 'removed'; value: Json | undefined; secret: boolean }[];
}
export interface Outcome { tag: string; current: boolean; status: 'applied' | 'failed'; message?: string | null; at: string }
/** What a device should have, and which layer says so, by path. */
export interface Wanted { values: Json; secrets: string[]; tag: string; sources: Record<string, string>; outcome?: Outcome | null }
export interface DriftLine { device: string; paths: string[]; since: string }
export interface DriftPage extends Page<DriftLine> { total: number }

/** Its values are in the databag of its own layer, `staged/<id>`. */
export interface ConfigPlan {
  name: string;
  view: string;
  requests: string[];
  target: string;
  filter: string;
  groups: GroupPlan[];
  startAt?: string | null;
  timeout?: string | null;
}
export type ConfigRolloutState = RolloutState | 'finishing';
export type ConfigGroup = Omit<RolloutGroup, 'offered' | 'skipped'>;
export interface ConfigRollout {
  id: string;
  plan: ConfigPlan;
  state: ConfigRolloutState;
  pauseCause?: PauseCause | null;
  /** What keeps it from finishing, or why it was stopped when nobody ordered it. */
  why?: string | null;
  groups: ConfigGroup[];
  createdAt: string;
  createdBy?: string | null;
  startedAt?: string | null;
  endedAt?: string | null;
  version: number;
}
export type ConfigDeed = 'start' | 'pause' | 'resume' | 'abort';

/** Account and name of a registry. */
export interface Id { account: string; name: string }

/** What a device should have of one registry, and has. */
export interface DeviceRegistry { id: Id; wanted: Wanted; actual: Values }

const base = ({ account, name }: Id): string => path`/registries/${account}/${name}`;
/** A layer below its registry; the parts of {@link layerPath} are encoded one by one. */
const at = (id: Id, layer: string): string => `${base(id)}/${layerPath(layer).split('/').map(encodeURIComponent).join('/')}`;
const seen = (version: number): string => `"${version}"`;

/** The calls around registries, their values and their rollouts. */
export const config = {
  list: (signal?: AbortSignal): Promise<RegistryLine[]> => api.get<{ items: RegistryLine[] }>('/registries', {}, signal).then(({ items }) => items),
  one: (id: Id, signal?: AbortSignal): Promise<Registry> => api.get(base(id), {}, signal),
  revisions: (id: Id, signal?: AbortSignal): Promise<Revision[]> => api.get<{ items: Revision[] }>(`${base(id)}/revisions`, {}, signal).then(({ items }) => items),
  revision: (id: Id, revision: number, signal?: AbortSignal): Promise<Revision> => api.get(`${base(id)}${path`/revisions/${revision}`}`, {}, signal),
  check: (text: string): Call => ({ method: 'POST', path: '/registries/check', ...file(text) }),
  define: (text: string): Call => ({ method: 'POST', path: '/registries', ...file(text) }),
  redefine: (id: Id, revision: number, text: string): Call => ({ method: 'PUT', path: base(id), ifMatch: seen(revision), ...file(text) }),

  databags: (id: Id, query: { kind?: string; cursor?: string; limit?: number }, signal?: AbortSignal): Promise<Page<DatabagLine>> => api.get(`${base(id)}/databags`, query, signal),
  drift: (id: Id, query: { cursor?: string; limit?: number }, signal?: AbortSignal): Promise<DriftPage> => api.get(`${base(id)}/drift`, query, signal),

  readValues: (id: Id, layer: string, secrets = false): Call => ({ method: 'GET', path: `${at(id, layer)}/values`, query: { secrets: secrets || undefined } }),
  values: async (id: Id, layer: string, secrets: boolean, signal?: AbortSignal): Promise<Values> => valuesOf(await exact(config.readValues(id, layer, secrets), signal)),
  version: async (id: Id, layer: string, version: number, signal?: AbortSignal): Promise<Values> =>
    valuesOf(await exact({ method: 'GET', path: `${at(id, layer)}${path`/versions/${version}`}` }, signal)),
  readView: (id: Id, layer: string, view: string): Call => ({ method: 'GET', path: `${at(id, layer)}${path`/views/${view}`}` }),
  /** All that a view shows without secrets. */
  view: async (id: Id, layer: string, view: string, signal?: AbortSignal): Promise<Json> => memberOf(await exact(config.readView(id, layer, view), signal), 'value') ?? EMPTY,
  /** `body` is `{"values": {path: value}}` as {@link writeBody} makes it. */
  write: (id: Id, layer: string, view: string, body: { json: string; shown: string }, more: { version?: number; dryRun?: boolean } = {}): Call => ({
    method: 'PATCH', path: `${at(id, layer)}${path`/views/${view}`}`, query: { dryRun: more.dryRun || undefined }, ...body, ...(more.version !== undefined && { ifMatch: seen(more.version) }),
  }),
  revert: (id: Id, layer: string, toVersion: number, more: { version?: number; dryRun?: boolean } = {}): Call => ({
    method: 'POST', path: `${at(id, layer)}/revert`, query: { dryRun: more.dryRun || undefined }, body: { toVersion }, ...(more.version !== undefined && { ifMatch: seen(more.version) }),
  }),
  /** Sends one of these two; answers what it did, or would do. */
  written: async (call: Call, signal?: AbortSignal): Promise<Written> => writtenOf(await exact(call, signal)),
  history: async (id: Id, layer: string, query: { cursor?: string; limit?: number }, signal?: AbortSignal): Promise<Page<HistoryEntry>> => historyOf(await exact({ method: 'GET', path: `${at(id, layer)}/history`, query }, signal)),

  readWanted: (id: Id, device: string): Call => ({ method: 'GET', path: `${base(id)}${path`/wanted/${device}`}` }),
  wanted: async (id: Id, device: string, signal?: AbortSignal): Promise<Wanted> => wantedOf(await exact(config.readWanted(id, device), signal)),
  /** Each registry that says anything about a device, or that it has told anything of. */
  ofDevice: async (device: string, signal?: AbortSignal): Promise<DeviceRegistry[]> => {
    const registries = await config.list(signal);
    const all: DeviceRegistry[] = [];
    // A few at a time: a browser has six connections, and the page needs some of them.
    for (let i = 0; i < registries.length; i += 2) {
      all.push(...await Promise.all(registries.slice(i, i + 2).map(async ({ account, name }) => {
        const [wanted, actual] = await Promise.all([config.wanted({ account, name }, device, signal), config.values({ account, name }, `actual/${device}`, false, signal)]);
        return { id: { account, name }, wanted, actual };
      })));
    }
    return all.filter(({ wanted, actual }) => actual.version > 0 || wanted.outcome || Object.keys(wanted.sources).length > 0);
  },
  destroyKey: (device: string): Call => ({ method: 'DELETE', path: path`/devices/${device}/registry-key` }),

  rollouts: (id: Id, query: { cursor?: string; limit?: number }, signal?: AbortSignal): Promise<Page<ConfigRollout>> => api.get(`${base(id)}/rollouts`, query, signal),
  rollout: (id: Id, rollout: string, signal?: AbortSignal): Promise<ConfigRollout> => api.get(`${base(id)}${path`/rollouts/${rollout}`}`, {}, signal),
  rolloutDevices: async (id: Id, rollout: string, query: { group?: string; status?: string; limit?: number; after?: string }, signal?: AbortSignal): Promise<Page<RolloutDevice>> => {
    const { group, status: state, limit, after: cursor } = query;
    const page = await api.get<Page<Omit<RolloutDevice, 'status'> & { state: MemberStatus }>>(`${base(id)}${path`/rollouts/${rollout}/devices`}`, { group, state, limit, cursor }, signal);
    return { ...page, items: page.items.map(({ state: status, ...each }) => ({ ...each, status })) };
  },
  createRollout: (id: Id, plan: Record<string, unknown>, values: { json: string; shown: string }): Call => ({
    method: 'POST', path: `${base(id)}/rollouts`, json: planned(plan, values.json), shown: planned(plan, values.shown),
  }),
  deed: (id: Id, rollout: string, deed: ConfigDeed, seenPause?: SeenPause): Call => ({ method: 'POST', path: `${base(id)}${path`/rollouts/${rollout}/${deed}`}`, ...(seenPause && { body: seenPause }) }),
};

function file(text: string): Pick<Call, 'file' | 'type' | 'text'> {
  return isAssertion(text) ? { file: 'registry.assert', type: 'text/plain', text } : { file: 'registry.json', type: 'application/json', text };
}

/** The plan's members before those of `{"values": {…}}`. */
function planned(plan: Record<string, unknown>, values: string): string {
  return `${JSON.stringify(compact(plan), null, 2).slice(0, -2)},\n${values.slice(2)}`;
}

/** Values of configuration may hold numbers that JavaScript cannot. */
async function exact(call: Call, signal?: AbortSignal): Promise<Json> {
  return readJson(await api.text(call, signal));
}

const rest = <T>(from: Json, ...names: string[]): T => plainJson(from.kind === 'object' ? { kind: 'object', members: new Map([...from.members].filter(([name]) => !names.includes(name))) } : from) as T;
const items = (from: Json, name: string): Json[] => { const list = memberOf(from, name); return list?.kind === 'list' ? list.items : []; };
/** Null is a value of its own nowhere in a registry, so it stands for what is not there. */
const there = (value: Json | undefined): Json | undefined => (value?.kind === 'null' ? undefined : value);

export function valuesOf(answer: Json): Values {
  return { ...rest<Omit<Values, 'values'>>(answer, 'values'), values: there(memberOf(answer, 'values')) ?? EMPTY };
}

export function wantedOf(answer: Json): Wanted {
  return { ...rest<Omit<Wanted, 'values'>>(answer, 'values'), values: there(memberOf(answer, 'values')) ?? EMPTY };
}

export function writtenOf(answer: Json): Written {
  return {
    ...rest<{ version: number }>(answer, 'changes'),
    changes: items(answer, 'changes').map((each) => ({ ...rest<Pick<Change, 'path' | 'kind' | 'secret'>>(each, 'before', 'after'), before: there(memberOf(each, 'before')), after: there(memberOf(each, 'after')) })),
  };
}

function historyOf(answer: Json): Page<HistoryEntry> {
  return {
    ...rest<Omit<Page<HistoryEntry>, 'items'>>(answer, 'items'),
    items: items(answer, 'items').map((entry) => ({
      ...rest<Omit<HistoryEntry, 'changes'>>(entry, 'changes'),
      changes: items(entry, 'changes').map((each) => ({ ...rest<{ path: string; kind: 'set' | 'removed'; secret: boolean }>(each, 'value'), value: there(memberOf(each, 'value')) })),
    })),
  };
}
