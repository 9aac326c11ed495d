import { EMPTY, type Json, memberOf, plainJson, readJson, writeJson } from '../model/json.ts';
import { type PlaceText, placePath } from '../model/places.ts';
import { BASE, type Call, compact, path } from './call.ts';
import type { ConfigDeed, ConfigGroup, ConfigRolloutState } from './config.ts';
import { api } from './http.ts';
import { Problem } from './problem.ts';
import type { GroupPlan, MemberStatus, Page, PauseCause, RolloutDevice, SeenPause } from './types.ts';

export type AppTarget = 'running' | 'present' | 'removed' | 'uninstalled';
export type AppState =
  | 'present' | 'removed' | 'uninstalled' | 'failed' | 'building' | 'built' | 'transfered' | 'transfering' | 'publishing'
  | 'published' | 'downloading' | 'starting' | 'stopping' | 'updating' | 'deleting' | 'running';
export type Condition = 'in-step' | 'behind' | 'under-way' | 'held' | 'no-release' | 'failed' | 'crash-loop';
export type AgentStatus = 'never-seen' | 'configuring' | 'connected' | 'emergency' | 'disconnected';
export type Stage = 'dev' | 'prod';
export type Protocol = 'http' | 'https' | 'tcp' | 'udp';

/** A port of an app. The host's port is as the device published it. */
export interface PortRule {
  name: string;
  port: number;
  protocol: Protocol;
  main: boolean;
  /** Whether there is a tunnel to it. */
  active: boolean;
  /** Whether the tunnel is open to everybody. */
  public: boolean;
  localIp: string;
  remotePort: number;
  remotePortEnvironment: string;
  hostPort?: number | null;
}

export interface Project { key: number; name: string; owner: string; agents: number; revision: number }

export interface AppLine { name: string; key: number; description: string; newest?: string | null; releases: number; createdAt: string }
export interface ReleaseLine {
  key: number;
  version: string;
  /** None for all. */
  architectures: string[];
  composed: boolean;
  notes: string;
  offered: boolean;
  yanked?: string | null;
  createdAt: string;
}
/** Template and composition keep their numbers as they are. */
export interface AppView {
  name: string;
  key: number;
  description: string;
  environmentTemplate: Json;
  ports: PortRule[];
  compose: Json | undefined;
  releases: ReleaseLine[];
  createdAt: string;
  revision: number;
}
export interface Face { description: string; environmentTemplate: Json; ports: PortRule[]; compose: Json | undefined }
export interface NewRelease { version: string; architectures: string[]; compose: Json | undefined; notes: string; offered: boolean }

/** What one place says about an app. Of secrets only the names are told. */
export interface Wish {
  app: string;
  place: PlaceText;
  target?: AppTarget | null;
  version?: string | null;
  environment: Json;
  secrets: string[];
  ports: PortRule[];
  revision: number;
}

/** `…From` is the place that says so, or `rollout/<id>`. */
export interface WantedLine { target: AppTarget; targetFrom: string; pinned?: string | null; versionFrom: string; next?: string | null; environment: string[] }
export interface ReportedLine {
  state?: AppState | null;
  version?: string | null;
  update: 'none' | 'pending-remote-confirmation' | 'completed' | 'canceled';
  since?: string | null;
  failures: number;
  calledOff: boolean;
  ports: PortRule[];
}
export interface Installation {
  device: string;
  app: string;
  key: number;
  stage: Stage;
  /** What it is called on the device. */
  container: string;
  condition: Condition;
  wanted?: WantedLine | null;
  reported?: ReportedLine | null;
}
export interface AppInstallations extends Page<Installation> { counts: Partial<Record<Condition, number>> }

/** Bytes, but for the processors: how many there are, and percent used. */
export interface Stats {
  cpuCount: number; cpuUsage: number;
  memoryTotal: number; memoryUsed: number; memoryAvailable: number;
  storageTotal: number; storageUsed: number; storageFree: number;
  dockerAppsTotal: number; dockerAppsUsed: number; dockerAppsFree: number; dockerAppsMounted: boolean;
}
export interface Agent {
  device: string;
  project: number;
  projectName: string;
  key: number;
  serial: string;
  status: AgentStatus;
  online: boolean;
  statusSince: string;
  enrolledAt: string;
  tunnelCapable: boolean;
  system: { os: string; arch: string; variant: string; agentVersion: string };
  architecture: string;
  reading?: { at: string; stats: Stats } | null;
}

export interface AppPlan {
  name: string;
  /** Key of the app. */
  app: number;
  version: string;
  target?: AppTarget | null;
  place: PlaceText;
  filter: string;
  groups: GroupPlan[];
  startAt?: string | null;
  timeout?: string | null;
}
/** Goes through the same states as a rollout of values, with the same groups. */
export interface AppRollout {
  id: string;
  plan: AppPlan;
  state: ConfigRolloutState;
  pauseCause?: PauseCause | null;
  why?: string | null;
  groups: ConfigGroup[];
  createdAt: string;
  createdBy?: string | null;
  startedAt?: string | null;
  endedAt?: string | null;
  version: number;
}

/** A window of an app's log, or of an agent's own. */
export interface LogWindow { lines: string[]; source?: string | null; truncated: boolean; oldestAvailable?: string | null }

/** Where the device's own shell is, or one in an app's container: a WebSocket. */
export function terminalPath(device: string, app: string | undefined): string {
  return `${BASE}${app === undefined ? path`/devices/${device}` : onDevice(device, app)}/terminal`;
}

/** What a device's agent can be told. */
export type AgentOrder = 'reboot' | 'shutdown' | 'restart' | 'update' | 'prune';
/** What it can be asked. */
export type AgentQuestion = 'images' | 'containers' | 'storage' | 'network' | 'metadata';

const LIMIT = 1000;
const seen = (revision: number): string => `"${revision}"`;
const agentOf = (device: string): string => path`/devices/${device}/agent`;
const onDevice = (device: string, app: string): string => path`/devices/${device}/apps/${app}`;
const at = (place: PlaceText, app: string): string => `${placePath(place)}${path`/apps/${app}`}`;

/** A whole list, page after page. */
async function all<T>(where: string, query: NonNullable<Call['query']>, signal?: AbortSignal): Promise<T[]> {
  let page = await api.get<Page<T>>(where, { ...query, limit: LIMIT }, signal);
  const items = page.items;
  while (page.next) {
    page = await api.get<Page<T>>(where, { ...query, limit: LIMIT, cursor: page.next }, signal);
    items.push(...page.items);
  }
  return items;
}

/** Parameters may be longer than a double. */
async function exact(where: string, signal?: AbortSignal, query?: Call['query']): Promise<Json> {
  return readJson(await api.text({ method: 'GET', path: where, ...(query && { query }) }, signal));
}

async function known<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.status === 404) return null;
    throw thrown;
  }
}

/** The calls around apps, projects, the agents of devices and rollouts of apps' releases. */
export const apps = {
  list: (signal?: AbortSignal): Promise<AppLine[]> => all('/apps', {}, signal),
  read: (name: string): Call => ({ method: 'GET', path: path`/apps/${name}` }),
  one: async (name: string, signal?: AbortSignal): Promise<AppView> => appOf(await exact(path`/apps/${name}`, signal)),
  create: (name: string, face: Face): Call => ({ method: 'POST', path: '/apps', json: written({ name }, face) }),
  change: (app: AppView, face: Face): Call => ({ method: 'PUT', path: path`/apps/${app.name}`, ifMatch: seen(app.revision), json: written({}, face) }),
  remove: (app: AppView): Call => ({ method: 'DELETE', path: path`/apps/${app.name}`, ifMatch: seen(app.revision) }),
  release: (app: string, release: NewRelease): Call => ({ method: 'POST', path: path`/apps/${app}/releases`, json: written(compact({ version: release.version, notes: release.notes, offered: release.offered, ...(release.architectures.length > 0 && { architectures: release.architectures }) }), { compose: release.compose }) }),
  composition: async (app: string, version: string, signal?: AbortSignal): Promise<Json | undefined> => there(memberOf(await exact(path`/apps/${app}/releases/${version}`, signal), 'compose')),
  built: (app: string, version: string, architecture: string): Call => ({ method: 'POST', path: path`/apps/${app}/releases/${version}/architectures`, body: { architecture } }),
  offer: (app: string, version: string): Call => ({ method: 'POST', path: path`/apps/${app}/releases/${version}/offer` }),
  yank: (app: string, version: string, why: string): Call => ({ method: 'POST', path: path`/apps/${app}/releases/${version}/yank`, body: { why } }),
  installations: (app: string, query: { condition?: string; cursor?: string; limit?: number }, signal?: AbortSignal): Promise<AppInstallations> =>
    api.get<AppInstallations>(path`/apps/${app}/installations`, query, signal).then((page) => ({ ...page, counts: lowered(page.counts) })),

  /** What all places say about an app. */
  places: async (app: string, signal?: AbortSignal): Promise<Wish[]> => {
    const wishes: Wish[] = [];
    let cursor: string | undefined;
    do {
      const page = await exact(path`/apps/${app}/places`, signal, { limit: LIMIT, cursor });
      wishes.push(...wishesOf(page));
      const next = memberOf(page, 'next');
      cursor = next?.kind === 'text' ? next.text : undefined;
    } while (cursor !== undefined);
    return wishes;
  },
  /** What one place says about all apps; not asked of devices, whose list has it. */
  said: async (place: PlaceText, signal?: AbortSignal): Promise<Wish[]> => wishesOf(await exact(`${placePath(place)}/apps`, signal)),
  readWish: (place: PlaceText, app: string): Call => ({ method: 'GET', path: at(place, app) }),
  wish: async (place: PlaceText, app: string, signal?: AbortSignal): Promise<Wish> => wishOf(await exact(at(place, app), signal)),
  want: (place: PlaceText, app: string, revision: number, body: { json: string; shown: string }): Call => ({ method: 'PUT', path: at(place, app), ifMatch: seen(revision), ...body }),
  inherit: (place: PlaceText, app: string, revision: number): Call => ({ method: 'DELETE', path: at(place, app), ifMatch: seen(revision) }),

  projects: (signal?: AbortSignal): Promise<Project[]> => api.get<{ items: Project[] }>('/projects', {}, signal).then(({ items }) => items),
  project: (key: string, signal?: AbortSignal): Promise<Project> => api.get(path`/projects/${key}`, {}, signal),
  createProject: (name: string, owner: string): Call => ({ method: 'POST', path: '/projects', body: compact({ name, owner }) }),
  changeProject: (project: Project, name: string, owner: string): Call => ({ method: 'PATCH', path: path`/projects/${project.key}`, ifMatch: seen(project.revision), body: { name, owner } }),
  removeProject: (project: Project): Call => ({ method: 'DELETE', path: path`/projects/${project.key}`, ifMatch: seen(project.revision) }),

  /** Null when the device has none. */
  agent: (device: string, signal?: AbortSignal): Promise<Agent | null> => known(api.get<Agent>(agentOf(device), {}, signal)),
  onDevice: (device: string, signal?: AbortSignal): Promise<Installation[]> => api.get<{ items: Installation[] }>(path`/devices/${device}/apps`, {}, signal).then(({ items }) => items),
  enrol: (device: string, project: number): Call => ({ method: 'POST', path: agentOf(device), body: { project } }),
  rotate: (device: string): Call => ({ method: 'POST', path: `${agentOf(device)}/secret` }),
  move: (device: string, project: number): Call => ({ method: 'PUT', path: `${agentOf(device)}/project`, body: { project } }),
  endAgent: (device: string): Call => ({ method: 'DELETE', path: agentOf(device) }),

  update: (device: string, app: string): Call => ({ method: 'POST', path: `${onDevice(device, app)}/update` }),
  callOff: (device: string, app: string, stage: Stage): Call => ({ method: 'POST', path: `${onDevice(device, app)}/cancel`, query: { stage } }),
  credential: (device: string, app: string): Call => ({ method: 'POST', path: `${onDevice(device, app)}/credential` }),

  order: (device: string, order: AgentOrder, everything = false): Call => ({ method: 'POST', path: `${agentOf(device)}/${order}`, query: { all: order === 'prune' && everything ? true : undefined } }),
  ask: (device: string, question: AgentQuestion): Call => ({ method: 'GET', path: `${agentOf(device)}/${question}` }),
  tunnels: (device: string): Call => ({ method: 'GET', path: path`/devices/${device}/tunnels` }),
  execute: (device: string, command: string, args: string[], waitMillis: number): Call => ({ method: 'POST', path: `${agentOf(device)}/execute`, body: { command, arguments: args, waitMillis } }),

  /** A window of the past; what comes is another `Accept` at the same address. */
  readLog: (device: string, app: string, stage: Stage, tail: number): Call => ({ method: 'GET', path: `${onDevice(device, app)}/logs`, query: { stage, tail } }),
  agentLog: (device: string, query: { tail?: number; level?: string; since?: string }): Call => ({ method: 'GET', path: `${agentOf(device)}/logs`, query }),

  rollouts: (query: { app?: string; cursor?: string; limit?: number }, signal?: AbortSignal): Promise<Page<AppRollout>> => api.get('/app-rollouts', query, signal),
  rollout: (id: string, signal?: AbortSignal): Promise<AppRollout> => api.get(path`/app-rollouts/${id}`, {}, signal),
  rolloutDevices: async (id: string, query: { group?: string; status?: string; limit?: number; after?: string }, signal?: AbortSignal): Promise<Page<RolloutDevice>> => {
    const { group, status: state, limit, after: cursor } = query;
    const page = await api.get<Page<Omit<RolloutDevice, 'status'> & { state: MemberStatus }>>(path`/app-rollouts/${id}/devices`, { group, state, limit, cursor }, signal);
    return { ...page, items: page.items.map(({ state: status, ...each }) => ({ ...each, status })) };
  },
  createRollout: (plan: Record<string, unknown>): Call => ({ method: 'POST', path: '/app-rollouts', body: compact(plan) }),
  deed: (id: string, deed: ConfigDeed, seenPause?: SeenPause): Call => ({ method: 'POST', path: path`/app-rollouts/${id}/${deed}`, ...(seenPause && { body: seenPause }) }),
};

const rest = <T>(from: Json, ...names: string[]): T => plainJson(from.kind === 'object' ? { kind: 'object', members: new Map([...from.members].filter(([name]) => !names.includes(name))) } : from) as T;
const there = (value: Json | undefined): Json | undefined => (value?.kind === 'null' ? undefined : value);

export function appOf(answer: Json): AppView {
  return { ...rest<Omit<AppView, 'environmentTemplate' | 'compose'>>(answer, 'environmentTemplate', 'compose'), environmentTemplate: there(memberOf(answer, 'environmentTemplate')) ?? EMPTY, compose: there(memberOf(answer, 'compose')) };
}

export function wishOf(answer: Json): Wish {
  return { ...rest<Omit<Wish, 'environment'>>(answer, 'environment'), environment: there(memberOf(answer, 'environment')) ?? EMPTY };
}

function wishesOf(answer: Json): Wish[] {
  const list = memberOf(answer, 'items');
  return list?.kind === 'list' ? list.items.map(wishOf) : [];
}

/** Names of conditions as the rest of the API has them, however the keys of an object were written. */
function lowered(counts: Record<string, number | undefined>): Partial<Record<Condition, number>> {
  return Object.fromEntries(Object.entries(counts).map(([name, value]) => [name.toLowerCase().replaceAll('_', '-'), value]));
}

/** A body of plain members and of some that keep their numbers. */
function written(plain: Record<string, unknown>, { description, environmentTemplate, ports, compose }: Partial<Face>): string {
  const members: [string, Json | undefined][] = [...Object.entries({ ...plain, ...(description !== undefined && { description }) }).map(([name, value]): [string, Json] => [name, readJson(JSON.stringify(value))])];
  members.push(['environmentTemplate', environmentTemplate], ['ports', ports && readJson(JSON.stringify(ports))], ['compose', compose]);
  return writeJson({ kind: 'object', members: new Map(members.filter((each): each is [string, Json] => each[1] !== undefined)) }, 2);
}
