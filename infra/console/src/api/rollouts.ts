import { type Call, compact, path } from './call.ts';
import { api } from './http.ts';
import type { Artifact, AutoAssignment, GroupPlan, Page, Release, Rollout, RollbackScope, RolloutComparison, RolloutDevice, SeenPause } from './types.ts';

/** The calls around software and rollouts. */
export const software = {
  uploadArtifact: (file: string): Call => ({ method: 'POST', path: '/artifacts', query: { filename: file }, file }),
  create: (body: NewRelease): Call => ({ method: 'POST', path: '/releases', body: compact({ ...body }) }),
  /** A file that stays where it lies: it is read once, and devices get it from there. */
  fetch: (body: { url: string; name?: string; version?: string; type?: string }): Call => ({ method: 'POST', path: '/releases:fetch', json: JSON.stringify(compact({ ...body })), shown: JSON.stringify(compact({ ...body, url: withoutPassword(body.url) })) }),
  invalidate: (id: string, cancel: CancelKind): Call => ({ method: 'POST', path: path`/releases/${id}/invalidate`, body: { cancel } }),
  remove: (id: string): Call => ({ method: 'DELETE', path: path`/releases/${id}` }),
  list: (q: string, signal?: AbortSignal): Promise<Release[]> => api.get<{ items: Release[] }>('/releases', { q }, signal).then(({ items }) => items),
  download: (artifact: Pick<Artifact, 'sha256'>): string => `/api/v1/artifacts/${artifact.sha256}`,
};

export interface NewRelease {
  name: string;
  version: string;
  modules: { type: string; name: string; version: string; encrypted?: boolean; artifacts: { sha256: string; fileName: string }[]; compatibility?: { model: string; revision: string }[] }[];
  migrationStep?: boolean;
  notes?: string;
}

/** What becomes of the updates to a bad release that are under way. */
export type CancelKind = 'none' | 'soft' | 'force';

/** An address as it may be shown: people paste what others made. */
export function withoutPassword(url: string): string {
  return url.replace(/^(https?:\/\/[^/?#@]*?):[^/?#]*@/i, '$1:***@');
}

/** What can be asked of a rollout beside its deletion. */
export type RolloutOrder = 'start' | 'pause' | 'resume' | 'abort' | 'approve' | 'deny' | 'next-group' | 'close-joining' | 'rollback' | 'retry-failed';

interface MemberQuery { group?: string; status?: string; reason?: string; limit?: number; after?: string }

export const rollouts = {
  list: (state: string | undefined, signal?: AbortSignal): Promise<Rollout[]> => api.get<{ items: Rollout[] }>('/rollouts', { state }, signal).then(({ items }) => items),
  one: (id: string, signal?: AbortSignal): Promise<Rollout> => api.get(path`/rollouts/${id}`, {}, signal),
  /** A reason is the key of one of its reasons, or what one of the devices said. */
  devices: (id: string, query: MemberQuery, signal?: AbortSignal): Promise<Page<RolloutDevice>> => api.get(path`/rollouts/${id}/devices`, { ...query }, signal),
  preview: (body: Record<string, unknown>): Call => ({ method: 'POST', path: '/rollouts/preview', body }),
  create: (body: Record<string, unknown>): Call => ({ method: 'POST', path: '/rollouts', body }),
  order: (id: string, order: RolloutOrder, more?: { remark?: string; scope?: RollbackScope } | SeenPause): Call =>
    ({ method: 'POST', path: path`/rollouts/${id}/${order}`, ...(more && { body: compact({ ...more }) }) }),
  remove: (id: string): Call => ({ method: 'DELETE', path: path`/rollouts/${id}` }),
  compare: (a: string, b: string): Call => ({ method: 'GET', path: '/rollouts:compare', query: { a, b } }),
  compared: (a: string, b: string, signal?: AbortSignal): Promise<RolloutComparison> => api.get('/rollouts:compare', { a, b }, signal),
  /** For people and for files; a browser takes it by itself. */
  report: (id: string, kind: 'csv' | 'html'): string => `/api/v1${path`/rollouts/${id}/report`}.${kind}`,
};

export type NewGroup = Partial<GroupPlan> & { percent: number };

export const standing = {
  list: (signal?: AbortSignal): Promise<AutoAssignment[]> => api.get<{ items: AutoAssignment[] }>('/auto-assignments', {}, signal).then(({ items }) => items),
  create: (body: Record<string, unknown>): Call => ({ method: 'POST', path: '/auto-assignments', body: compact(body) }),
  remove: (id: string): Call => ({ method: 'DELETE', path: path`/auto-assignments/${id}` }),
};
