import { type Call, compact, path } from './call.ts';
import { api } from './http.ts';
import type { Action, ActionType, Device, FleetField, FleetSummary, Page, Release, TimelineItem, Why } from './types.ts';
import type { CursorQuery } from '../model/cursor-table.ts';

/** The calls around devices. Reads are sent; writes are plain {@link Call}s, so forms can also show them. */
export const devices = {
  page: (query: CursorQuery, after: string | undefined, limit: number, signal?: AbortSignal): Promise<Page<Device>> =>
    api.get('/devices', { ...query, after, limit, count: after === undefined ? true : undefined }, signal),
  fields: (signal?: AbortSignal): Promise<FleetField[]> => api.get<unknown>('/fleet/fields', {}, signal).then(fieldsOf),
  summary: (signal?: AbortSignal): Promise<FleetSummary> => api.get('/fleet/summary', {}, signal),
  /** With the ETag that changes must name. */
  one: async (id: string, signal?: AbortSignal): Promise<{ device: Device; etag: string }> => {
    const { data, etag } = await api.send<Device>({ method: 'GET', path: path`/devices/${id}` }, signal);
    return { device: data, etag: etag ?? `"${data.version}"` };
  },
  actions: (id: string, signal?: AbortSignal): Promise<Action[]> => api.get<{ items: Action[] }>(path`/devices/${id}/actions`, {}, signal).then(({ items }) => items),
  timeline: (id: string, limit: number, signal?: AbortSignal): Promise<TimelineItem[]> =>
    api.get<{ items: TimelineItem[] }>(path`/devices/${id}/timeline`, { limit }, signal).then(({ items }) => items),

  register: (body: { id: string; name?: string; group?: string; tags?: string[]; metadata?: Record<string, string>; issueToken?: boolean }): Call =>
    ({ method: 'POST', path: '/devices', body: compact(body) }),
  registerMany: (lines: Record<string, unknown>[]): Call => ({ method: 'POST', path: '/devices:bulk', lines }),
  change: (id: string, etag: string, body: { name?: string; group?: string; tags?: string[]; metadata?: Record<string, string | null> }): Call =>
    ({ method: 'PATCH', path: path`/devices/${id}`, ifMatch: etag, body }),
  remove: (id: string, etag: string): Call => ({ method: 'DELETE', path: path`/devices/${id}`, ifMatch: etag }),
  issueToken: (id: string): Call => ({ method: 'PUT', path: path`/devices/${id}/token`, body: {} }),
  withdrawToken: (id: string): Call => ({ method: 'DELETE', path: path`/devices/${id}/token` }),
  why: (id: string, signal?: AbortSignal): Promise<Why> => api.get(path`/devices/${id}/why`, {}, signal),
  hold: (id: string, reason: string): Call => ({ method: 'POST', path: path`/devices/${id}/hold`, body: { reason } }),
  letGo: (id: string): Call => ({ method: 'DELETE', path: path`/devices/${id}/hold` }),
  requestAttributes: (id: string): Call => ({ method: 'POST', path: path`/devices/${id}/attributes/request` }),
  assign: (id: string, body: AssignBody): Call => ({ method: 'POST', path: path`/devices/${id}/actions`, body: compact({ ...body }) }),
  cancel: (id: string, action: number, force: boolean): Call =>
    ({ method: 'POST', path: path`/devices/${id}/actions/${action}/cancel`, body: force ? { force: true } : {} }),
};

export interface AssignBody {
  releaseId: string;
  type?: ActionType;
  forcedAt?: string;
  weight?: number;
  confirm?: boolean;
  timeout?: string;
  window?: { schedule: string; duration: string; zone: string };
}

export const releases = {
  list: (q?: string, signal?: AbortSignal): Promise<Release[]> => api.get<{ items: Release[] }>('/releases', { q }, signal).then(({ items }) => items),
  one: (id: string, signal?: AbortSignal): Promise<Release> => api.get(path`/releases/${id}`, {}, signal),
};

/** Answers of this kind come as a list, or as a list under a name. */
function fieldsOf(answer: unknown): FleetField[] {
  const list = Array.isArray(answer) ? answer : Object.values((answer ?? {}) as Record<string, unknown>).find(Array.isArray);
  return ((list ?? []) as unknown[]).map((each) => (typeof each === 'string' ? { name: each } : (each as FleetField)));
}
