import { html, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Me } from './api/types.ts';
import type { Route } from './routes.ts';
import { bones, empty, note } from './ui/pieces.ts';

interface Page { load: () => Promise<unknown>; draw: (route: Route, signedIn: (me: Me) => void) => TemplateResult; title: string }

/** Each page is its own chunk, read when it is first opened. */
const PAGES: Record<Exclude<Route['page'], 'unknown'>, Page> = {
  setup: { title: 'Set-up', load: () => import('./pages/setup.ts'), draw: (_, signedIn) => html`<page-setup .signedIn=${signedIn}></page-setup>` },
  'sign-in': { title: 'Sign in', load: () => import('./pages/sign-in.ts'), draw: (_, signedIn) => html`<page-sign-in .signedIn=${signedIn}></page-sign-in>` },
  fleet: { title: 'Fleet', load: () => import('./pages/fleet.ts'), draw: () => html`<page-fleet></page-fleet>` },
  device: { title: 'Device', load: () => import('./pages/device.ts'), draw: (route) => html`<page-device .deviceId=${idOf(route)}></page-device>` },
  software: { title: 'Software', load: () => import('./pages/software.ts'), draw: () => html`<page-software></page-software>` },
  release: { title: 'Release', load: () => import('./pages/release.ts'), draw: (route) => html`<page-release .releaseId=${idOf(route)}></page-release>` },
  rollouts: { title: 'Rollouts', load: () => import('./pages/rollouts.ts'), draw: () => html`<page-rollouts></page-rollouts>` },
  'rollout-new': { title: 'New rollout', load: () => import('./pages/rollout-new.ts'), draw: () => html`<page-rollout-new></page-rollout-new>` },
  'rollout-compare': { title: 'Two rollouts', load: () => import('./pages/rollout-compare.ts'), draw: () => html`<page-rollout-compare></page-rollout-compare>` },
  rollout: { title: 'Rollout', load: () => import('./pages/rollout.ts'), draw: (route) => html`<page-rollout .rolloutId=${idOf(route)}></page-rollout>` },
  standing: { title: 'Standing assignments', load: () => import('./pages/standing.ts'), draw: () => html`<page-standing></page-standing>` },
  observe: { title: 'Dashboards & Alerts', load: () => import('./pages/observe.ts'), draw: (route) => html`<page-observe .kind=${idOf(route)}></page-observe>` },
  document: { title: 'Dashboards & Alerts', load: () => import('./pages/document.ts'), draw: (route) => html`<page-document .path=${idOf(route)}></page-document>` },
  lab: { title: 'Lab', load: () => import('./pages/lab.ts'), draw: () => html`<page-lab></page-lab>` },
  'lab-queue': { title: 'Lab queue', load: () => import('./pages/lab-queue.ts'), draw: () => html`<page-lab-queue></page-lab-queue>` },
  'lab-usage': { title: 'Lab usage', load: () => import('./pages/lab-usage.ts'), draw: () => html`<page-lab-usage></page-lab-usage>` },
  'lab-configuration': { title: 'Lab configuration', load: () => import('./pages/lab-configuration.ts'), draw: () => html`<page-lab-configuration></page-lab-configuration>` },
  board: { title: 'Lab', load: () => import('./pages/board.ts'), draw: (route) => html`<page-board .name=${idOf(route)}></page-board>` },
  'board-console': { title: 'Console', load: () => import('./pages/board-console.ts'), draw: (route) => html`<page-board-console .name=${idOf(route)}></page-board-console>` },
  registries: { title: 'Registries', load: () => import('./pages/registries.ts'), draw: () => html`<page-registries></page-registries>` },
  'registry-new': { title: 'New registry', load: () => import('./pages/registry-new.ts'), draw: () => html`<page-registry-new></page-registry-new>` },
  registry: { title: 'Registries', load: () => import('./pages/registry.ts'), draw: (route) => html`<page-registry .path=${idOf(route)} .tab=${'tab' in route ? route.tab : 'views'}></page-registry>` },
  databag: { title: 'Registries', load: () => import('./pages/databag.ts'), draw: (route) => html`<page-databag .path=${idOf(route)}></page-databag>` },
  'config-rollout-new': { title: 'New rollout', load: () => import('./pages/config-rollout-new.ts'), draw: (route) => html`<page-config-rollout-new .path=${idOf(route)}></page-config-rollout-new>` },
  'config-rollout': { title: 'Rollout', load: () => import('./pages/config-rollout.ts'), draw: (route) => html`<page-config-rollout .path=${idOf(route)}></page-config-rollout>` },
  apps: { title: 'Apps', load: () => import('./pages/apps.ts'), draw: () => html`<page-apps></page-apps>` },
  'app-new': { title: 'New app', load: () => import('./pages/app-new.ts'), draw: () => html`<page-app-new></page-app-new>` },
  app: { title: 'Apps', load: () => import('./pages/app.ts'), draw: (route) => html`<page-app .appName=${idOf(route)} .tab=${'tab' in route ? route.tab : 'releases'}></page-app>` },
  'app-rollout-new': { title: 'New rollout', load: () => import('./pages/app-rollout-new.ts'), draw: () => html`<page-app-rollout-new></page-app-rollout-new>` },
  'app-rollout': { title: 'Rollout', load: () => import('./pages/app-rollout.ts'), draw: (route) => html`<page-app-rollout .rolloutId=${idOf(route)}></page-app-rollout>` },
  projects: { title: 'Projects', load: () => import('./pages/projects.ts'), draw: () => html`<page-projects></page-projects>` },
  project: { title: 'Project', load: () => import('./pages/project.ts'), draw: (route) => html`<page-project .key=${idOf(route)}></page-project>` },
  'device-app': { title: 'App', load: () => import('./pages/device-app.ts'), draw: (route) => html`<page-device-app .deviceId=${idOf(route)} .app=${appIn(route)}></page-device-app>` },
  'device-terminal': { title: 'Terminal', load: () => import('./pages/device-terminal.ts'), draw: (route) => html`<page-device-terminal .deviceId=${idOf(route)} .app=${appIn(route)}></page-device-terminal>` },
  events: { title: 'Events', load: () => import('./pages/events.ts'), draw: () => html`<page-events></page-events>` },
  settings: { title: 'Settings', load: () => import('./pages/settings.ts'), draw: () => html`<page-settings></page-settings>` },
  users: { title: 'Users', load: () => import('./pages/users.ts'), draw: () => html`<page-users></page-users>` },
  audit: { title: 'Audit', load: () => import('./pages/audit.ts'), draw: () => html`<page-audit></page-audit>` },
  account: { title: 'Account', load: () => import('./pages/account.ts'), draw: () => html`<page-account></page-account>` },
};

/** Their id says nothing to people. */
const NUMBERED = new Set<Route['page']>(['observe', 'release', 'rollout', 'config-rollout', 'app-rollout', 'project']);

function idOf(route: Route): string {
  return 'id' in route ? route.id : '';
}

function appIn(route: Route): string {
  return 'app' in route ? route.app : '';
}

const waiting = html`<div class="page">${bones(6)}</div>`;
const failed = html`<div class="page">${note('bad', html`<b>This page could not be loaded.</b> The server may have been updated: <a href="" data-reload>load it anew</a>.`)}</div>`;
const loads = new Map<string, 'loading' | 'loaded' | 'failed'>();

/** The page of a route, with bones until its code is there; then `redraw` is called. */
export function pageOf(route: Route, signedIn: (me: Me) => void, redraw: () => void): TemplateResult {
  if (route.page === 'unknown') {
    return html`<div class="page"><div class="page-head"><h1>Not found</h1></div>${empty('search', 'There is no such page', html`Perhaps the link is old. The <a href="/fleet">fleet</a> is always there.`)}</div>`;
  }
  const { page: name } = route;
  const page = PAGES[name];
  document.title = `${'id' in route && !NUMBERED.has(route.page) ? `${idOf(route)} – ` : ''}${page.title} – Muster`;
  const state = loads.get(name);
  if (state === 'loaded') return html`${keyed(`${name}/${idOf(route)}/${appIn(route)}`, page.draw(route, signedIn))}`;
  if (state === undefined) {
    loads.set(name, 'loading');
    page.load().then(() => loads.set(name, 'loaded'), () => loads.set(name, 'failed')).finally(redraw);
  }
  return state === 'failed' ? failed : waiting;
}
