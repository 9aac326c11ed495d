import { type Call, compact, path } from './call.ts';
import { api } from './http.ts';
import type { Artifact, AutoAssignment, GroupPlan, Page, Release, Rollout, RolloutDevice } from './types.ts';

/** The calls around software and rollouts. */
export const software = {
  uploadArtifact: (file: string): Call => ({ method: 'POST', path: '/artifacts', query: { filename: file }, file }),
  create: (body: NewRelease): Call => ({ method: 'POST', path: '/releases', body: compact({ ...body }) }),
  invalidate: (id: string): Call => ({ method: 'POST', path: path`/releases/${id}/invalidate` }),
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

export type RolloutDeed = 'start' | 'pause' | 'resume' | 'abort';

export const rollouts = {
  list: (state: string | undefined, signal?: AbortSignal): Promise<Rollout[]> => api.get<{ items: Rollout[] }>('/rollouts', { state }, signal).then(({ items }) => items),
  one: (id: string, signal?: AbortSignal): Promise<Rollout> => api.get(path`/rollouts/${id}`, {}, signal),
  devices: (id: string, query: { group?: string; status?: string; limit?: number; after?: string }, signal?: AbortSignal): Promise<Page<RolloutDevice>> =>
    api.get(path`/rollouts/${id}/devices`, query, signal),
  preview: (body: Record<string, unknown>): Call => ({ method: 'POST', path: '/rollouts/preview', body }),
  create: (body: Record<string, unknown>): Call => ({ method: 'POST', path: '/rollouts', body }),
  deed: (id: string, deed: RolloutDeed): Call => ({ method: 'POST', path: path`/rollouts/${id}/${deed}` }),
};

export type NewGroup = Partial<GroupPlan> & { percent: number };

export const standing = {
  list: (signal?: AbortSignal): Promise<AutoAssignment[]> => api.get<{ items: AutoAssignment[] }>('/auto-assignments', {}, signal).then(({ items }) => items),
  create: (body: Record<string, unknown>): Call => ({ method: 'POST', path: '/auto-assignments', body: compact(body) }),
  remove: (id: string): Call => ({ method: 'DELETE', path: path`/auto-assignments/${id}` }),
};
