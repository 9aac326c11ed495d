import { html, nothing, type TemplateResult } from 'lit';
import { api } from './api/http.ts';
import { Problem } from './api/problem.ts';
import type { Me } from './api/types.ts';
import { hub } from './live/hub.ts';
import { pageOf } from './pages.ts';
import { type Route, routeOf } from './routes.ts';
import { Base } from './ui/element.ts';
import { icon, type IconName, mark } from './ui/icons.ts';
import { go, onNavigate, startNavigation } from './ui/navigation.ts';
import { bones, problemNote } from './ui/pieces.ts';
import { session } from './ui/session.ts';
import './ui/live-mark.ts';
import './ui/menu.ts';
import './ui/theme.ts';
import './ui/toasts.ts';

interface Entry { href: string; label: string; icon: IconName; pages: Route['page'][]; needs: string }

const ENTRIES: Entry[] = [
  { href: '/fleet', label: 'Fleet', icon: 'fleet', pages: ['fleet', 'device', 'device-app', 'device-terminal'], needs: 'devices-read' },
  { href: '/software', label: 'Software', icon: 'software', pages: ['software', 'release'], needs: 'software-read' },
  { href: '/rollouts', label: 'Rollouts', icon: 'rollouts', pages: ['rollouts', 'rollout', 'rollout-new', 'rollout-compare', 'standing'], needs: 'rollouts-read' },
  { href: '/observe', label: 'Dashboards & Alerts', icon: 'gauge', pages: ['observe', 'document'], needs: 'observe-read' },
  { href: '/config', label: 'Registries', icon: 'registry', pages: ['registries', 'registry-new', 'registry', 'databag', 'config-rollout-new', 'config-rollout'], needs: 'config-read' },
  { href: '/apps', label: 'Apps', icon: 'apps', pages: ['apps', 'app', 'app-new', 'app-rollout', 'app-rollout-new', 'projects', 'project'], needs: 'apps-read' },
  { href: '/lab', label: 'Lab', icon: 'board', pages: ['lab', 'lab-queue', 'lab-usage', 'lab-configuration', 'board', 'board-console'], needs: 'lab-read' },
  { href: '/events', label: 'Events', icon: 'events', pages: ['events'], needs: 'events-read' },
];
const ADMIN: Entry[] = [
  { href: '/settings', label: 'Settings', icon: 'settings', pages: ['settings'], needs: 'settings-read' },
  { href: '/users', label: 'Users', icon: 'users', pages: ['users'], needs: 'users-admin' },
  { href: '/audit', label: 'Audit', icon: 'audit', pages: ['audit'], needs: 'audit-read' },
];

/** The frame around all pages: who is signed in, where one is, how fresh it all is. */
class App extends Base {
  static override properties = { route: { state: true }, me: { state: true }, problem: { state: true }, started: { state: true }, menuOpen: { state: true } };
  declare route: Route;
  declare me: Me | undefined;
  declare problem: Problem | undefined;
  declare started: boolean;
  declare menuOpen: boolean;

  protected override entered(): void {
    startNavigation();
    this.route = routeOf(location.pathname);
    this.until(onNavigate(() => {
      this.menuOpen = false;
      this.route = routeOf(location.pathname);
    }));
    api.onSignedOut = () => this.#signedOut();
    void this.#start();
  }

  async #start(): Promise<void> {
    this.problem = undefined;
    try {
      this.signedIn(await api.get<Me>('/session'));
    } catch (thrown) {
      const problem = Problem.of(thrown);
      if (problem.status !== 401 && problem.status !== 403) this.problem = problem;
    }
    this.started = true;
  }

  /** Called by the doors when somebody came in. */
  signedIn(me: Me): void {
    session.me = me;
    this.me = me;
    if (session.may('events-read')) hub.start(() => this.#signedOut());
    if (this.route.page === 'setup' || this.route.page === 'sign-in') {
      const back = new URLSearchParams(location.search).get('back') ?? '';
      go(/^\/(?!\/)/.test(back) ? back : '/fleet', true);
    }
  }

  #signedOut(): void {
    if (!this.me) return;
    session.me = undefined;
    this.me = undefined;
    hub.stop();
    go(`/sign-in?back=${encodeURIComponent(location.pathname + location.search)}`, true);
  }

  async #signOut(): Promise<void> {
    try {
      await api.send({ method: 'DELETE', path: '/session' });
    } finally {
      session.me = undefined;
      this.me = undefined;
      hub.stop();
      go('/sign-in');
    }
  }

  protected override render() {
    return html`${this.#content()}<m-toasts></m-toasts>`;
  }

  #content(): TemplateResult {
    if (this.problem) return html`<main class="door"><div class="door-card">${problemNote(this.problem, () => void this.#start())}</div></main>`;
    if (!this.started) return html`<main class="door"><div class="door-card">${bones(5)}</div></main>`;
    if (!this.me) return html`<main class="door" id="main">${pageOf(this.route.page === 'setup' ? this.route : { page: 'sign-in' }, (me) => this.signedIn(me), () => this.requestUpdate())}</main>`;
    return this.#shell(this.me);
  }

  #shell(me: Me): TemplateResult {
    return html`<a class="skip" href="#main" @click=${this.#skip}>Skip to the content</a>
      <div class="shell">
        <div class="topbar" role="banner">
          <a class="brand" href="/fleet">${mark}Muster</a>
          <m-live brief></m-live>
          <button class="button plain icon" aria-label="Menu" aria-expanded=${this.menuOpen ? 'true' : 'false'} @click=${() => { this.menuOpen = !this.menuOpen; }}>${icon('menu')}</button>
        </div>
        ${this.menuOpen ? html`<button class="side-scrim" aria-label="Close the menu" @click=${() => { this.menuOpen = false; }}></button>` : nothing}
        <aside class="side ${this.menuOpen ? 'open' : ''}" aria-label="Navigation and account" @keydown=${(event: KeyboardEvent) => { if (event.key === 'Escape') this.menuOpen = false; }}>
          <a class="brand" href="/fleet">${mark}Muster</a>
          <nav aria-label="Main">
            ${ENTRIES.map((each) => this.#entry(each))}
            ${ADMIN.some((each) => session.may(each.needs)) ? html`<div class="nav-head">House</div>` : nothing}
            ${ADMIN.map((each) => this.#entry(each))}
          </nav>
          <div class="side-foot">
            <m-live></m-live>
            <m-theme></m-theme>
            <m-menu look="button plain wide" place="up" .label=${`Account of ${me.name}`} .button=${html`${icon('account')}<span class="cut grow account-name">${me.name}</span>`} .items=${() => html`
              <a href="/account">${icon('key')}Account and tokens</a>
              <a href="/docs/" target="_blank" rel="noopener">${icon('info')}Manual</a>
              <a href="/api/v1/openapi.json" target="_blank" rel="noopener">${icon('file')}API description</a>
              <hr><button @click=${() => void this.#signOut()}>${icon('out')}Sign out</button>`}></m-menu>
          </div>
        </aside>
        <div class="main">
          ${me.demo ? html`<div class="demo" role="region" aria-label="Demo">${icon('info', 15)}This is a demo fleet with simulated devices. Everything in it is gone when it stops.</div>` : nothing}
          <main id="main" tabindex="-1" class="main">${pageOf(this.route, (who) => this.signedIn(who), () => this.requestUpdate())}</main>
        </div>
      </div>`;
  }

  #entry(entry: Entry): TemplateResult | typeof nothing {
    if (!session.may(entry.needs)) return nothing;
    return html`<a class="nav-link" href=${entry.href} aria-current=${entry.pages.includes(this.route.page) ? 'page' : nothing}>${icon(entry.icon)}${entry.label}</a>`;
  }

  #skip = (event: Event): void => {
    event.preventDefault();
    this.querySelector<HTMLElement>('#main')?.focus();
  };
}
customElements.define('muster-app', App);
