import { type Call, compact, path } from './call.ts';
import { api } from './http.ts';
import { Problem } from './problem.ts';
import type { CloudEvent, Page } from './types.ts';

export type BoardState = 'free' | 'preparing' | 'reserved' | 'releasing' | 'faulty' | 'maintenance';
export type ShareMode = 'ro' | 'rw';
export type PowerAction = 'on' | 'off' | 'cycle';
export type RequestState = 'waiting' | 'granted' | 'fulfilled' | 'failed' | 'cancelled' | 'expired';

export interface BoardClass { name: string; attributes: Record<string, string>; total: number; free: number }

export interface Reservation {
  id: string;
  holder: string;
  holderName?: string | null;
  purpose?: string | null;
  since: string;
  expiresAt: string;
  /** By actor. */
  shares?: Record<string, ShareMode> | null;
}

export interface Board {
  name: string;
  brdclass: string;
  state: BoardState;
  /** As it was read last; null is not known. */
  power: 'on' | 'off' | null;
  /** An operation is under way. */
  powering: boolean;
  degraded?: string | null;
  fault?: string | null;
  note?: string | null;
  tags: Record<string, string>;
  /** Of its class. */
  attributes: Record<string, string>;
  options: ({ cls: string } & Record<string, unknown>)[];
  defaultSeconds: number;
  maxSeconds: number;
  deviceId?: string | null;
  /** What its device installs again before it is lent to the next. */
  flashBack?: { release: string; version: string; withinSeconds: number } | null;
  mine: boolean;
  reservation?: Reservation | null;
  /** What the setup script made; only its holder and administrators see it. The facts of it may be one level down, under `attrs`. */
  environment?: Record<string, unknown> | null;
  version: number;
  changedAt: string;
}

/** A queued wish for a board. */
export interface LabRequest {
  id: string;
  state: RequestState;
  holder: string;
  holderName?: string | null;
  mine: boolean;
  selector: { board?: string | null; brdclass?: string | null; tags?: Record<string, string> | null };
  priority: number;
  seconds?: number | null;
  until?: string | null;
  purpose?: string | null;
  board?: string | null;
  /** Its place in line, from 1; 0 when it does not wait. */
  position: number;
  code?: string | null;
  message?: string | null;
  queuedAt: string;
  changedAt: string;
}

/** How a board was used; further figures are shown under their own names. */
export interface Usage { board: string; brdclass: string; [figure: string]: unknown }

/** What a configuration says, when nothing is wrong with it. */
export interface ReadConfiguration { classes: string[]; boards: string[] }
export interface ConfigurationFault { message: string; line?: number | null; column?: number | null; board?: string | null }

export interface ReserveBody { duration?: string; purpose?: string; sshpubkey?: string; power?: 'on' | 'off' | 'keep' }
/** `until` is when it leaves the queue; never if left out. */
export interface RequestBody extends ReserveBody { board?: string; class?: string; until?: string }
/** A board as an order left it, or the place in the queue. */
export interface Lent { name: string }
export interface Queued { id: string; state: RequestState; place: number; board?: string | null }
/** `path` is where the console is; the ticket opens it once. */
export interface ConsoleTicket { ticket: string; expiresAt: string; path: string }

const LIMIT = 1000;

/** A whole list, page after page. */
async function all<T>(where: string, query: NonNullable<Call['query']>, signal?: AbortSignal): Promise<T[]> {
  let page = await api.get<Page<T>>(where, { ...query, limit: LIMIT }, signal);
  const items = page.items;
  while (page.next) {
    page = await api.get<Page<T>>(where, { ...query, limit: LIMIT, after: page.next }, signal);
    items.push(...page.items);
  }
  return items;
}

/** The calls around boards. */
export const lab = {
  classes: (signal?: AbortSignal): Promise<BoardClass[]> => api.get<{ items: BoardClass[] }>('/lab/classes', {}, signal).then(({ items }) => items),
  boards: (query: { class?: string; state?: string; mine?: boolean | undefined }, signal?: AbortSignal): Promise<Board[]> => all('/lab/boards', query, signal),
  board: (name: string, signal?: AbortSignal): Promise<Board> => api.get(path`/lab/boards/${name}`, {}, signal),
  requests: (signal?: AbortSignal): Promise<LabRequest[]> => all('/lab/reservations', {}, signal),
  usage: (query: { board?: string; since?: string }, signal?: AbortSignal): Promise<Usage[]> => api.get<{ items: Usage[] }>('/lab/usage', query, signal).then(({ items }) => items),
  /** Events about a board after a place in the log, oldest first; `next` is where to read on. */
  events: (name: string, after: number, signal?: AbortSignal): Promise<{ items: CloudEvent[]; next?: string }> =>
    api.get('/events/feed', { subject: `boards/${name}`, after, limit: 200 }, signal),

  /** Where what a setup script said in a run is read, by whoever runs the lab; nothing when it said nothing. */
  output: (data: Record<string, unknown>): string | undefined => (typeof data['words'] === 'string' ? path`/api/v1/lab/script-output/${data['words']}` : undefined),

  /** This board, now. */
  reserve: (name: string, body: ReserveBody): Call => ({ method: 'POST', path: path`/lab/boards/${name}/reserve`, body: compact({ ...body }) }),
  /** Any board that would do: now if one is free, else in turn. */
  queue: (body: RequestBody): Call => ({ method: 'POST', path: '/lab/reservations', body: compact({ ...body }) }),
  /** Sends one of these. Who does not want to wait leaves the queue again at once, and is told. */
  take: async (call: Call, waits: boolean): Promise<Lent | Queued> => {
    const { data, status } = await api.send<Lent | Queued>(call);
    if (status !== 202 || waits) return data;
    const queued = data as Queued;
    if (queued.state !== 'waiting') return queued;
    await api.send(lab.cancel(queued.id));
    throw new Problem(409, 'None is free', undefined, 'lab.none-free', 'Queue for one, or take a board of another class.', undefined, true, [], undefined);
  },
  cancel: (id: string): Call => ({ method: 'DELETE', path: path`/lab/reservations/${id}` }),
  release: (name: string): Call => ({ method: 'POST', path: path`/lab/boards/${name}/release` }),
  extend: (name: string, duration: string): Call => ({ method: 'POST', path: path`/lab/boards/${name}/extend`, body: { duration } }),
  /** `user` by name or as `user:<id>`; `mode` null takes it back. */
  share: (name: string, user: string, mode: ShareMode | null): Call => ({ method: 'POST', path: path`/lab/boards/${name}/share`, body: { user, mode } }),
  power: (name: string, action: PowerAction): Call => ({ method: 'POST', path: path`/lab/boards/${name}/power/${action}` }),
  kick: (name: string): Call => ({ method: 'POST', path: path`/lab/boards/${name}/kick` }),
  maintenance: (name: string, note: string, force: boolean): Call => ({ method: 'POST', path: path`/lab/boards/${name}/maintenance`, body: { note, force } }),
  giveBack: (name: string): Call => ({ method: 'POST', path: path`/lab/boards/${name}/return` }),
  ticket: (name: string): Call => ({ method: 'POST', path: path`/lab/boards/${name}/console-ticket` }),

  configuration: async (signal?: AbortSignal): Promise<string> => api.text({ method: 'GET', path: '/lab/configuration' }, signal),
  check: (text: string): Call => ({ method: 'POST', path: '/lab/configuration:check', file: 'boards.conf', type: 'text/plain', text }),
  configure: (text: string): Call => ({ method: 'PUT', path: '/lab/configuration', file: 'boards.conf', type: 'text/plain', text }),
  reload: (): Call => ({ method: 'POST', path: '/lab/configuration/reload' }),
};
