import { html, nothing, type TemplateResult } from 'lit';
import { apps, type Project } from '../api/apps.ts';
import { api } from '../api/http.ts';
import { Throttle } from '../live/frames.ts';
import { hub } from '../live/hub.ts';
import { count, plural } from '../model/format.ts';
import { projectLink } from '../routes.ts';
import { Base, Resource, Work } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { bones, dialog, field, problemNote, valueOf } from '../ui/pieces.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import { mayWriteApps } from './app-parts.ts';

/** Projects: sets of devices with an agent that belong together. */
class Projects extends Base {
  static override properties = { making: { state: true }, name: { state: true }, owner: { state: true } };
  declare making: boolean;
  declare name: string;
  declare owner: string;
  #list = new Resource<Project[]>(this, (signal) => apps.projects(signal));
  #work = new Work(this);
  #refresh = new Throttle(() => this.#list.load(), 700);

  constructor() {
    super();
    this.name = this.owner = '';
  }

  protected override entered(): void {
    void this.#list.load();
    this.until(hub.onEvents((batch) => { if (batch.some((event) => event.subject.startsWith('projects/') || /\.apps\.(agent-(enrolled|moved)|enrolment-ended)\./.test(event.type))) this.#refresh.ask(); }));
    this.until(hub.onGap(() => this.#refresh.ask()));
    this.until(() => this.#refresh.stop());
  }

  protected override render() {
    const list = this.#list.value;
    return html`<div class="page narrow">
      <div class="page-head"><div><div class="crumb"><a href="/apps">Apps</a></div><h1>Projects</h1></div><span class="sub">${list ? plural(list.length, 'project') : ''}</span>
        <div class="actions"><m-curl .call=${{ method: 'GET', path: '/projects' }}></m-curl>${mayWriteApps() ? html`<button class="button primary" @click=${() => { this.#work.clear(); this.name = this.owner = ''; this.making = true; }}>${icon('plus')}New project</button>` : nothing}</div></div>
      <p class="muted">Each device with an agent is in one project. What a project says about apps holds for all of its devices, unless a group or the device itself says otherwise.</p>
      ${problemNote(this.#list.problem, () => void this.#list.load())}
      ${list === undefined ? (this.#list.problem ? nothing : html`<div class="card"><div class="card-body">${bones(4)}</div></div>`)
        : html`<div class="card scroll" tabindex="0" role="region" aria-label="Projects"><table class="list"><thead><tr><th>Project</th><th>Belongs to</th><th class="num">Devices</th><th class="num">Key</th></tr></thead>
          <tbody>${list.map((each) => html`<tr><td class="break"><a href=${projectLink(each.key)}><b>${each.name}</b></a></td><td class="break">${each.owner}</td><td class="num">${count(each.agents)}</td><td class="num">${each.key}</td></tr>`)}</tbody></table></div>`}
      ${this.making ? this.#dialog() : nothing}
    </div>`;
  }

  #dialog(): TemplateResult {
    const close = (): void => { this.making = false; };
    const call = this.name.trim() ? apps.createProject(this.name.trim(), this.owner.trim()) : undefined;
    return dialog({
      heading: 'New project', close,
      submit: () => {
        if (call) void this.#work.run(async () => {
          await api.send(call);
          toast(`${this.name.trim()} is there`);
          close();
          await this.#list.load();
        });
      },
      body: html`${field({ label: 'Name', id: 'p-name' }, html`<input class="input" id="p-name" autofocus autocomplete="off" .value=${this.name} @input=${(event: Event) => { this.name = valueOf(event); }}>`)}
        ${field({ label: 'Belongs to', id: 'p-owner', optional: true, note: 'What apps on its devices are told of the owner.' }, html`<input class="input" id="p-owner" autocomplete="off" .value=${this.owner} @input=${(event: Event) => { this.owner = valueOf(event); }}>`)}${problemNote(this.#work.problem)}`,
      foot: html`<m-curl class="start" .call=${call}></m-curl><button type="button" class="button" @click=${close}>Cancel</button><button class="button primary" ?disabled=${!call || this.#work.busy}>Make it</button>`,
    });
  }
}
customElements.define('page-projects', Projects);
