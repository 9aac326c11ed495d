import { type DocumentKind, isKind } from './model/documents.ts';

/** The addresses of the console. The server answers each of them with the same page. */
export type Route =
  | { page: 'setup' | 'sign-in' | 'fleet' | 'software' | 'rollouts' | 'rollout-new' | 'standing' | 'events' | 'settings' | 'users' | 'audit' | 'account' }
  | { page: 'device' | 'release' | 'rollout' | 'observe' | 'document'; id: string }
  | { page: 'unknown' };

const PLAIN: Record<string, Extract<Route, { page: string; id?: never }>['page']> = {
  '/': 'fleet',
  '/fleet': 'fleet',
  '/setup': 'setup',
  '/sign-in': 'sign-in',
  '/software': 'software',
  '/rollouts': 'rollouts',
  '/rollouts/new': 'rollout-new',
  '/rollouts/standing': 'standing',
  '/events': 'events',
  '/settings': 'settings',
  '/users': 'users',
  '/audit': 'audit',
  '/account': 'account',
};

const WITH_ID = { fleet: 'device', software: 'release', rollouts: 'rollout' } as const;

/** `/observe/<kind>` is a list, `/observe/<kind>/<uid>` one of it. */
function observeRoute(path: string): Route | undefined {
  const match = /^\/observe(?:\/([^/]+)(?:\/([^/]+))?)?$/.exec(path);
  if (!match) return undefined;
  const kind = match[1] ?? 'grafana-dashboard';
  if (!isKind(kind)) return { page: 'unknown' };
  return match[2] === undefined ? { page: 'observe', id: kind } : { page: 'document', id: `${kind}/${decodeURIComponent(match[2])}` };
}

export function routeOf(pathname: string): Route {
  const path = pathname.length > 1 ? pathname.replace(/\/+$/, '') || '/' : pathname;
  const plain = PLAIN[path];
  if (plain) return { page: plain } as Route;
  try {
    const observed = observeRoute(path);
    if (observed) return observed;
    const match = /^\/(fleet|software|rollouts)\/([^/]+)$/.exec(path);
    if (!match) return { page: 'unknown' };
    return { page: WITH_ID[match[1] as keyof typeof WITH_ID], id: decodeURIComponent(match[2]!) };
  } catch {
    return { page: 'unknown' };
  }
}

export const deviceLink = (id: string): string => `/fleet/${encodeURIComponent(id)}`;
export const releaseLink = (id: string): string => `/software/${encodeURIComponent(id)}`;
export const rolloutLink = (id: string): string => `/rollouts/${encodeURIComponent(id)}`;
export const documentLink = (kind: DocumentKind, uid: string): string => `/observe/${kind}/${encodeURIComponent(uid)}`;
/** The fleet page with a filter. */
export const fleetLink = (filter: string): string => `/fleet?filter=${encodeURIComponent(filter)}`;

/** Where a subject of an event is shown, if anywhere. */
export function subjectLink(subject: string): string | undefined {
  const slash = subject.indexOf('/');
  const id = subject.slice(slash + 1).split('/')[0] ?? '';
  if (slash < 0 || id === '') return undefined;
  switch (subject.slice(0, slash)) {
    case 'devices': return deviceLink(id);
    case 'releases': return releaseLink(id);
    case 'rollouts': return rolloutLink(id);
    case 'documents': {
      const uid = subject.slice(`documents/${id}/`.length);
      return isKind(id) && uid !== '' ? documentLink(id, uid) : undefined;
    }
    default: return undefined;
  }
}
