import { html, nothing, type TemplateResult } from 'lit';
import { apps, type AppView, type Project, type Wish } from '../api/apps.ts';
import { Throttle } from '../live/frames.ts';
import { hub } from '../live/hub.ts';
import { placeOf, type PlaceKind, type PlaceText, placeWords } from '../model/places.ts';
import { deviceAppLink } from '../routes.ts';
import { Base, Resource } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { bones, dialog, empty, field, problemNote, valueOf } from '../ui/pieces.ts';
import { state, TARGET } from '../ui/states.ts';
import '../ui/curl.ts';
import { isOfApps, mayWriteApps, sourceLink } from './app-parts.ts';
import './app-wish.ts';

/** Where an app is wanted, place by place, and the form that says it somewhere else. */
class AppPlaces extends Base {
  static override properties = { app: { attribute: false }, editing: { state: true }, where: { state: true }, which: { state: true } };
  declare app: AppView;
  declare editing: PlaceText | undefined;
  declare where: PlaceKind;
  declare which: string;
  #list = new Resource<{ wishes: Wish[]; projects: Project[] }>(this, async (signal) => {
    const [wishes, projects] = await Promise.all([apps.places(this.app.name, signal), apps.projects(signal)]);
    return { wishes, projects };
  });
  #refresh = new Throttle(() => this.#list.load(), 700);

  constructor() {
    super();
    this.where = 'project';
    this.which = '';
  }

  protected override entered(): void {
    this.until(hub.onEvents((batch) => { if (batch.some((event) => isOfApps(event) && /\.app-(wanted|inherited)\./.test(event.type))) this.#refresh.ask(); }));
    this.until(hub.onGap(() => this.#refresh.ask()));
    this.until(() => this.#refresh.stop());
  }

  protected override firstUpdated(): void {
    void this.#list.load();
  }

  protected override render(): TemplateResult {
    const loaded = this.#list.value;
    const names = new Map(loaded?.projects.map((each): [string, string] => [String(each.key), each.name]));
    return html`<div class="stack">
      <div class="toolbar"><span class="muted grow">What is said nearer to a device beats what is said farther from it: the device, its groups, its project.</span><m-curl .call=${{ method: 'GET', path: `/apps/${encodeURIComponent(this.app.name)}/places` }}></m-curl></div>
      ${problemNote(this.#list.problem, () => void this.#list.load())}
      ${loaded === undefined ? (this.#list.problem ? nothing : html`<div class="card"><div class="card-body">${bones(5)}</div></div>`) : html`
        ${loaded.wishes.length === 0 ? html`<div class="card">${empty('layers', 'It is wanted nowhere', 'Say below where it should run.')}</div>` : this.#table(loaded.wishes, names)}
        ${mayWriteApps() ? this.#say(loaded.projects) : nothing}`}
      ${this.editing ? dialog({ heading: `${this.app.name} in ${placeWords(this.editing, names)}`, wide: true, close: () => { this.editing = undefined; }, body: html`<m-app-wish .place=${this.editing} .app=${this.app.name} .onClose=${() => { this.editing = undefined; }} .onDone=${() => { this.editing = undefined; void this.#list.load(); }}></m-app-wish>` }) : nothing}
    </div>`;
  }

  #table(wishes: Wish[], names: ReadonlyMap<string, string>): TemplateResult {
    return html`<div class="card scroll" tabindex="0" role="region" aria-label="Where it is wanted"><table class="list"><thead><tr><th>Place</th><th>It should be</th><th>Release</th><th>Parameters</th><th>Ports</th><th><span class="sr">Deeds</span></th></tr></thead>
      <tbody>${wishes.map((each) => {
        const place = placeOf(each.place);
        const parameters = each.environment.kind === 'object' ? [...each.environment.members.keys()] : [];
        return html`<tr><td class="break">${place?.kind === 'device' ? html`<a href=${deviceAppLink(place.name, each.app)}>${place.name}</a>` : sourceLink(each.place, names)}</td>
          <td>${each.target ? state(TARGET, each.target) : html`<span class="muted">left to wider places</span>`}</td>
          <td>${each.version ? html`<code>${each.version}</code>` : html`<span class="muted">${each.target ? 'the newest' : '–'}</span>`}</td>
          <td class="break">${[...parameters.map((name) => html`<code>${name}</code> `), ...each.secrets.map((name) => html`<span class="nowrap">${icon('lock', 12)}<code>${name}</code></span> `)]}</td>
          <td>${each.ports.map((port) => html`<code>${port.port}</code> `)}</td>
          <td class="end">${mayWriteApps() ? html`<button class="button small" aria-label="Change what ${placeWords(each.place, names)} says" @click=${() => { this.editing = each.place; }}>${icon('edit', 14)}Change</button>` : nothing}</td></tr>`;
      })}</tbody></table></div>`;
  }

  #say(projects: Project[]): TemplateResult {
    const which = this.where === 'project' && this.which === '' ? String(projects[0]?.key ?? '') : this.which.trim();
    const kinds: [PlaceKind, string][] = [['project', 'a project'], ['group', 'a group of devices'], ['device', 'one device']];
    return html`<section class="card"><div class="card-head"><h2>Say it somewhere else</h2></div><form class="card-body go-to" @submit=${(event: Event) => { event.preventDefault(); if (which !== '') this.editing = `${this.where}/${which}`; }}>
      ${field({ label: 'In', id: 'a-where' }, html`<select class="input" id="a-where" @change=${(event: Event) => { this.where = valueOf(event) as PlaceKind; this.which = ''; }}>${kinds.map(([kind, label]) => html`<option value=${kind} ?selected=${kind === this.where}>${label}</option>`)}</select>`)}
      ${this.where === 'project' ? field({ label: 'Project', id: 'a-which' }, html`<select class="input" id="a-which" @change=${(event: Event) => { this.which = valueOf(event); }}>${projects.map((each) => html`<option value=${each.key} ?selected=${String(each.key) === which}>${each.name}</option>`)}</select>`)
        : field({ label: this.where === 'group' ? 'Group' : 'Device', id: 'a-which' }, html`<input class="input" id="a-which" autocomplete="off" spellcheck="false" placeholder=${this.where === 'group' ? 'site/line' : 'its id'} .value=${this.which} @input=${(event: Event) => { this.which = valueOf(event); }}>`)}
      <button class="button" ?disabled=${which === ''}>Go on</button></form></section>`;
  }
}
customElements.define('m-app-places', AppPlaces);
