import { type DocumentKind, isKind } from './model/documents.ts';
import { layerAt, layerPath } from './model/layers.ts';

/** The addresses of the console. The server answers each of them with the same page. */
export type Route =
  | { page: 'setup' | 'sign-in' | 'fleet' | 'software' | 'rollouts' | 'rollout-new' | 'rollout-compare' | 'standing' | 'events' | 'settings' | 'users' | 'audit' | 'account' | 'lab' | 'lab-queue' | 'lab-usage' | 'lab-configuration' | 'registries' | 'registry-new' | 'apps' | 'app-new' | 'projects' | 'app-rollout-new' }
  | { page: 'registry'; id: string; tab: RegistryTab }
  | { page: 'app'; id: string; tab: AppTab }
  | { page: 'device-app' | 'device-terminal'; id: string; app: string }
  | { page: 'device' | 'release' | 'rollout' | 'observe' | 'document' | 'board' | 'board-console' | 'databag' | 'config-rollout-new' | 'config-rollout' | 'project' | 'app-rollout'; id: string }
  | { page: 'unknown' };

export type RegistryTab = 'views' | 'values' | 'drift' | 'rollouts' | 'schema';
export type AppTab = 'releases' | 'installations' | 'places' | 'rollouts' | 'definition';
const APP_TABS: AppTab[] = ['releases', 'installations', 'places', 'rollouts', 'definition'];
const TABS: RegistryTab[] = ['views', 'values', 'drift', 'rollouts', 'schema'];

const PLAIN: Record<string, Extract<Route, { page: string; id?: never }>['page']> = {
  '/': 'fleet',
  '/fleet': 'fleet',
  '/setup': 'setup',
  '/sign-in': 'sign-in',
  '/software': 'software',
  '/rollouts': 'rollouts',
  '/rollouts/new': 'rollout-new',
  '/rollouts/compare': 'rollout-compare',
  '/rollouts/standing': 'standing',
  '/events': 'events',
  '/settings': 'settings',
  '/users': 'users',
  '/audit': 'audit',
  '/account': 'account',
  '/lab': 'lab',
  // No board's name begins with a dash, so these never hide one.
  '/lab/-/queue': 'lab-queue',
  '/lab/-/usage': 'lab-usage',
  '/lab/-/configuration': 'lab-configuration',
  // Below /registries the server speaks to devices, so the pages about them are here.
  '/config': 'registries',
  '/config/new': 'registry-new',
  '/apps': 'apps',
  // No app's name begins with a dash.
  '/apps/-/new': 'app-new',
  '/apps/-/projects': 'projects',
  '/apps/-/rollouts/new': 'app-rollout-new',
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

/** `/lab/<name>` is a board, `/lab/<name>/console` its serial console. */
function labRoute(path: string): Route | undefined {
  const match = /^\/lab\/([^/]+)(\/console)?$/.exec(path);
  return match ? { page: match[2] ? 'board-console' : 'board', id: decodeURIComponent(match[1]!) } : undefined;
}

/**
 * `/config/<account>/<name>` is a registry, `…/values` and the like a tab of it; `…/fleet`, `…/groups/<group>`,
 * `…/devices/<id>` and `…/actual/<id>` are layers of its values, as paths of the API have them.
 */
function configRoute(path: string): Route | undefined {
  const match = /^\/config\/([^/]+)\/([^/]+)(?:\/(.+))?$/.exec(path);
  if (!match) return undefined;
  const id = `${decodeURIComponent(match[1]!)}/${decodeURIComponent(match[2]!)}`;
  const rest = (match[3] ?? 'views').split('/').map(decodeURIComponent);
  const tab = TABS.find((each) => each === rest[0]);
  if (rest.length === 1 && tab) return { page: 'registry', id, tab };
  if (rest.length === 2 && tab === 'rollouts') return rest[1] === 'new' ? { page: 'config-rollout-new', id } : { page: 'config-rollout', id: `${id}/${rest[1]}` };
  return rest.length <= 2 && layerAt(rest.join('/')) !== undefined ? { page: 'databag', id: `${id}/${rest.join('/')}` } : { page: 'unknown' };
}

/** `/apps/<name>` is an app, `…/installations` and the like a tab of it; below `/apps/-/` is what is of no single app. */
function appRoute(path: string): Route | undefined {
  const own = /^\/apps\/-\/(projects|rollouts)\/([^/]+)$/.exec(path);
  if (own) return { page: own[1] === 'projects' ? 'project' : 'app-rollout', id: decodeURIComponent(own[2]!) };
  const match = /^\/apps\/([^/-][^/]*)(?:\/([^/]+))?$/.exec(path);
  if (!match) return undefined;
  const tab = APP_TABS.find((each) => each === (match[2] ?? 'releases'));
  return tab ? { page: 'app', id: decodeURIComponent(match[1]!), tab } : { page: 'unknown' };
}

/** `/fleet/<id>/apps/<app>` is an app on a device; shells are behind it, and behind the device. An empty app is the device itself. */
function deviceRoute(path: string): Route | undefined {
  const match = /^\/fleet\/([^/]+)(?:\/apps\/([^/]+))?(\/terminal)?$/.exec(path);
  if (!match || (match[2] === undefined && !match[3])) return undefined;
  return { page: match[3] ? 'device-terminal' : 'device-app', id: decodeURIComponent(match[1]!), app: decodeURIComponent(match[2] ?? '') };
}

export function routeOf(pathname: string): Route {
  const path = pathname.length > 1 ? pathname.replace(/\/+$/, '') || '/' : pathname;
  const plain = PLAIN[path];
  if (plain) return { page: plain } as Route;
  try {
    const nested = observeRoute(path) ?? labRoute(path) ?? configRoute(path) ?? appRoute(path) ?? deviceRoute(path);
    if (nested) return nested;
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
export const compareLink = (a: string, b?: string): string => `/rollouts/compare?a=${encodeURIComponent(a)}${b ? `&b=${encodeURIComponent(b)}` : ''}`;
export const documentLink = (kind: DocumentKind, uid: string): string => `/observe/${kind}/${encodeURIComponent(uid)}`;
export const boardLink = (name: string): string => `/lab/${encodeURIComponent(name)}`;
export const consoleLink = (name: string): string => `/lab/${encodeURIComponent(name)}/console`;
export const registryLink = ({ account, name }: { account: string; name: string }, tab?: RegistryTab): string =>
  `/config/${encodeURIComponent(account)}/${encodeURIComponent(name)}${tab && tab !== 'views' ? `/${tab}` : ''}`;
/** A layer of a registry's values. */
export const databagLink = (id: { account: string; name: string }, layer: string): string => `${registryLink(id)}/${layerPath(layer).split('/').map(encodeURIComponent).join('/')}`;
export const configRolloutLink = (id: { account: string; name: string }, rollout: string): string => `${registryLink(id)}/rollouts/${encodeURIComponent(rollout)}`;
export const appLink = (name: string, tab?: AppTab): string => `/apps/${encodeURIComponent(name)}${tab && tab !== 'releases' ? `/${tab}` : ''}`;
export const projectLink = (key: number | string): string => `/apps/-/projects/${encodeURIComponent(key)}`;
export const appRolloutLink = (id: string): string => `/apps/-/rollouts/${encodeURIComponent(id)}`;
export const deviceAppLink = (device: string, app: string): string => `${deviceLink(device)}/apps/${encodeURIComponent(app)}`;
/** Of the device's own shell, without an app. */
export const terminalLink = (device: string, app?: string): string => `${app === undefined ? deviceLink(device) : deviceAppLink(device, app)}/terminal`;
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
    case 'boards': return boardLink(id);
    case 'lab-requests': return '/lab/-/queue';
    case 'apps': return appLink(id);
    case 'projects': return projectLink(id);
    case 'app-rollouts': return appRolloutLink(id);
    case 'registries': {
      const [account, name] = subject.slice(slash + 1).split('/');
      return account && name ? registryLink({ account, name }) : undefined;
    }
    case 'documents': {
      const uid = subject.slice(`documents/${id}/`.length);
      return isKind(id) && uid !== '' ? documentLink(id, uid) : undefined;
    }
    default: return undefined;
  }
}
