import { html, nothing, type TemplateResult } from 'lit';
import { apps, type AppLine } from '../api/apps.ts';
import { Throttle } from '../live/frames.ts';
import { hub } from '../live/hub.ts';
import { count, plural } from '../model/format.ts';
import { appLink } from '../routes.ts';
import { Base, Resource } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { query, setQuery } from '../ui/navigation.ts';
import { bones, empty, problemNote, valueOf } from '../ui/pieces.ts';
import '../ui/curl.ts';
import '../ui/time.ts';
import { mayWriteApps } from './app-parts.ts';

/** The catalogue: what can run on devices. */
class Apps extends Base {
  static override properties = { words: { state: true } };
  declare words: string;
  #list = new Resource<AppLine[]>(this, (signal) => apps.list(signal));
  #refresh = new Throttle(() => this.#list.load(), 700);

  constructor() {
    super();
    this.words = query('q');
  }

  protected override entered(): void {
    void this.#list.load();
    this.until(hub.onEvents((batch) => { if (batch.some((event) => event.subject.startsWith('apps/'))) this.#refresh.ask(); }));
    this.until(hub.onGap(() => this.#refresh.ask()));
    this.until(() => this.#refresh.stop());
  }

  protected override render() {
    const list = this.#list.value;
    const asked = this.words.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = list?.filter((each) => asked.every((word) => `${each.name} ${each.description}`.toLowerCase().includes(word))) ?? [];
    return html`<div class="page">
      <div class="page-head"><h1>Apps</h1><span class="sub">${list ? plural(list.length, 'app') : ''}</span>
        <div class="actions"><a class="button" href="/apps/-/projects">${icon('group')}Projects</a>${mayWriteApps() ? html`<a class="button primary" href="/apps/-/new">${icon('plus')}New app</a>` : nothing}</div></div>
      <div class="toolbar"><div class="combo grow">${icon('search')}<input class="input" type="search" aria-label="Search apps" placeholder="Search: a name, a word of the description" .value=${this.words} @input=${(event: Event) => { this.words = valueOf(event); setQuery({ q: this.words }); }}></div>
        <m-curl .call=${{ method: 'GET', path: '/apps' }}></m-curl></div>
      ${problemNote(this.#list.problem, () => void this.#list.load())}
      ${list === undefined ? (this.#list.problem ? nothing : html`<div class="card"><div class="card-body">${bones(5)}</div></div>`)
        : list.length === 0 ? html`<div class="card">${empty('apps', 'No apps yet', mayWriteApps() ? html`An app is one container or several. <a href="/apps/-/new">Make one</a>, give it a release, then say where it should run.` : 'Somebody who may write apps makes the first one.')}</div>`
        : shown.length === 0 ? html`<div class="card">${empty('search', 'Nothing fits', 'Try another word.')}</div>` : this.#table(shown)}
    </div>`;
  }

  #table(list: AppLine[]): TemplateResult {
    return html`<div class="card scroll" tabindex="0" role="region" aria-label="Apps"><table class="list"><thead><tr><th>App</th><th>Newest release</th><th class="num">Releases</th><th class="num">Made</th></tr></thead>
      <tbody>${list.map((each) => html`<tr><td class="break"><a href=${appLink(each.name)}><b>${each.name}</b></a>${each.description ? html`<br><span class="muted small first-line">${each.description.split('\n')[0]}</span>` : nothing}</td>
        <td>${each.newest ? html`<code>${each.newest}</code>` : html`<span class="muted">none</span>`}</td><td class="num">${count(each.releases)}</td><td class="num"><m-time .at=${each.createdAt}></m-time></td></tr>`)}</tbody></table></div>`;
  }
}
customElements.define('page-apps', Apps);
