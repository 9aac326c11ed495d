import { html, nothing, type TemplateResult } from 'lit';
import { apps, type AppLine, type Project, type Wish } from '../api/apps.ts';
import { api } from '../api/http.ts';
import { Throttle } from '../live/frames.ts';
import { hub } from '../live/hub.ts';
import { plural } from '../model/format.ts';
import { appLink } from '../routes.ts';
import { Base, Resource, Work } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { go } from '../ui/navigation.ts';
import { bones, dialog, empty, field, problemNote, valueOf } from '../ui/pieces.ts';
import { state, TARGET } from '../ui/states.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import { isOfApps, mayWriteApps } from './app-parts.ts';
import './app-wish.ts';

/** The project that is there without anybody having made it. */
const MAIN = '1';

/** One project: whose it is, and what it says about apps. */
class ProjectPage extends Base {
  static override properties = { key: {}, open: { state: true }, name: { state: true }, owner: { state: true }, choice: { state: true } };
  declare key: string;
  /** `wish/<app>` edits what is said about an app. */
  declare open: string | undefined;
  declare name: string;
  declare owner: string;
  declare choice: string;
  #project = new Resource<{ project: Project; wishes: Wish[]; list: AppLine[] }>(this, async (signal) => {
    const [project, wishes, list] = await Promise.all([apps.project(this.key, signal), apps.said(`project/${this.key}`, signal), apps.list(signal)]);
    return { project, wishes, list };
  });
  #work = new Work(this);
  #refresh = new Throttle(() => this.#project.load(), 700);

  constructor() {
    super();
    this.name = this.owner = this.choice = '';
  }

  protected override entered(): void {
    void this.#project.load();
    this.until(hub.onEvents((batch) => { if (batch.some((event) => event.subject === `projects/${this.key}` || (isOfApps(event) && /\.(agent-(enrolled|moved)|enrolment-ended)\./.test(event.type)))) this.#refresh.ask(); }));
    this.until(hub.onGap(() => this.#refresh.ask()));
    this.until(() => this.#refresh.stop());
  }

  protected override render() {
    const loaded = this.#project.value;
    return html`<div class="page narrow">
      <div class="page-head"><div><div class="crumb"><a href="/apps">Apps</a> / <a href="/apps/-/projects">Projects</a></div><h1>${loaded?.project.name ?? `Project ${this.key}`}</h1></div>
        ${loaded ? html`<span class="sub">${plural(loaded.project.agents, 'device')}, belongs to ${loaded.project.owner}</span>` : nothing}
        <div class="actions">${loaded && mayWriteApps() ? html`<button class="button" @click=${() => { this.#work.clear(); this.name = loaded.project.name; this.owner = loaded.project.owner; this.open = 'edit'; }}>${icon('edit')}Edit</button>
          ${this.key === MAIN ? nothing : html`<button class="button danger" @click=${() => { this.#work.clear(); this.open = 'remove'; }}>${icon('trash')}End</button>`}` : nothing}</div></div>
      ${problemNote(this.#project.problem, () => void this.#project.load())}
      ${loaded ? this.#body(loaded.wishes, loaded.list) : this.#project.problem ? nothing : html`<div class="card"><div class="card-body">${bones(6)}</div></div>`}
      ${loaded ? this.#dialogs(loaded.project) : nothing}
    </div>`;
  }

  #body(wishes: Wish[], list: AppLine[]): TemplateResult {
    const others = list.filter((each) => !wishes.some((wish) => wish.app === each.name));
    const choice = others.some((each) => each.name === this.choice) ? this.choice : (others[0]?.name ?? '');
    return html`<section class="card"><div class="card-head"><h2>Apps on all of its devices</h2><div class="actions"><m-curl .call=${{ method: 'GET', path: `/projects/${encodeURIComponent(this.key)}/apps` }}></m-curl></div></div>
      ${wishes.length === 0 ? empty('apps', 'It says nothing about apps', 'What it says holds for all of its devices, unless a group or the device itself says otherwise.')
        : html`<div class="scroll" tabindex="0" role="region" aria-label="Apps of the project"><table class="list"><thead><tr><th>App</th><th>It should be</th><th>Release</th><th><span class="sr">Deeds</span></th></tr></thead><tbody>${wishes.map((each) => html`<tr>
          <td><a href=${appLink(each.app)}>${each.app}</a></td><td>${each.target ? state(TARGET, each.target) : html`<span class="muted">left to others</span>`}</td><td>${each.version ? html`<code>${each.version}</code>` : html`<span class="muted">the newest</span>`}</td>
          <td class="end">${mayWriteApps() ? html`<button class="button small" aria-label="Change what it says about ${each.app}" @click=${() => { this.open = `wish/${each.app}`; }}>${icon('edit', 14)}Change</button>` : nothing}</td></tr>`)}</tbody></table></div>`}
      ${mayWriteApps() && others.length > 0 ? html`<form class="card-body go-to" @submit=${(event: Event) => { event.preventDefault(); this.open = `wish/${choice}`; }}>
        ${field({ label: 'Another app', id: 'p-app' }, html`<select class="input" id="p-app" @change=${(event: Event) => { this.choice = valueOf(event); }}>${others.map((each) => html`<option value=${each.name} ?selected=${each.name === choice}>${each.name}</option>`)}</select>`)}
        <button class="button">Say something about it</button></form>` : nothing}</section>`;
  }

  #dialogs(project: Project): TemplateResult | typeof nothing {
    const close = (): void => { this.open = undefined; };
    if (this.open?.startsWith('wish/')) {
      const app = this.open.slice('wish/'.length);
      return dialog({ heading: `${app} in ${project.name}`, wide: true, close, body: html`<m-app-wish .place=${`project/${project.key}`} .app=${app} .onClose=${close} .onDone=${() => { close(); void this.#project.load(); }}></m-app-wish>` });
    }
    if (this.open === 'edit') {
      const call = this.name.trim() && this.owner.trim() ? apps.changeProject(project, this.name.trim(), this.owner.trim()) : undefined;
      return dialog({
        heading: `Edit ${project.name}`, close,
        submit: () => { if (call) void this.#do(call, 'Project changed', close); },
        body: html`${field({ label: 'Name', id: 'p-name', note: 'Devices hear of it when they come back.' }, html`<input class="input" id="p-name" autofocus autocomplete="off" .value=${this.name} @input=${(event: Event) => { this.name = valueOf(event); }}>`)}
          ${field({ label: 'Belongs to', id: 'p-owner' }, html`<input class="input" id="p-owner" autocomplete="off" .value=${this.owner} @input=${(event: Event) => { this.owner = valueOf(event); }}>`)}${problemNote(this.#work.problem)}`,
        foot: html`<m-curl class="start" .call=${call}></m-curl><button type="button" class="button" @click=${close}>Cancel</button><button class="button primary" ?disabled=${!call || this.#work.busy}>Save</button>`,
      });
    }
    if (this.open !== 'remove') return nothing;
    const call = apps.removeProject(project);
    return dialog({
      heading: `End ${project.name}?`, close,
      body: html`<p>As long as devices are in it, it is refused: move them to another project first, on their pages.</p>${problemNote(this.#work.problem)}`,
      foot: html`<m-curl class="start" .call=${call}></m-curl><button class="button" autofocus @click=${close}>Cancel</button><button class="button solid-danger" ?disabled=${this.#work.busy} @click=${() => void this.#do(call, 'Project ended', () => go('/apps/-/projects'))}>End it</button>`,
    });
  }

  async #do(call: Parameters<typeof api.send>[0], said: string, then: () => void): Promise<void> {
    await this.#work.run(async () => {
      await api.send(call);
      toast(said);
      then();
      void this.#project.load();
    });
  }
}
customElements.define('page-project', ProjectPage);
