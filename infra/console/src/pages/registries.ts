import { html, nothing, type TemplateResult } from 'lit';
import { config, type RegistryLine } from '../api/config.ts';
import { Throttle } from '../live/frames.ts';
import { hub } from '../live/hub.ts';
import { count, plural } from '../model/format.ts';
import { registryLink } from '../routes.ts';
import { Base, Resource } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { actorName, onNames } from '../ui/names.ts';
import { query, setQuery } from '../ui/navigation.ts';
import { bones, empty, problemNote, valueOf } from '../ui/pieces.ts';
import { session } from '../ui/session.ts';
import '../ui/curl.ts';
import '../ui/time.ts';
import { isOfConfig } from './config-parts.ts';

/** All registries: what can be configured, and who said so. */
class Registries extends Base {
  static override properties = { words: { state: true } };
  declare words: string;
  #list = new Resource<RegistryLine[]>(this, (signal) => config.list(signal));
  #refresh = new Throttle(() => this.#list.load(), 700);

  constructor() {
    super();
    this.words = query('q');
  }

  protected override entered(): void {
    void this.#list.load();
    this.until(onNames(() => this.requestUpdate()));
    this.until(hub.onEvents((batch) => { if (batch.some(isOfConfig)) this.#refresh.ask(); }));
    this.until(hub.onGap(() => this.#refresh.ask()));
    this.until(() => this.#refresh.stop());
  }

  protected override render() {
    const list = this.#list.value;
    const asked = this.words.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = list?.filter((each) => asked.every((word) => [each.account, each.name, each.summary, ...each.views].join(' ').toLowerCase().includes(word))) ?? [];
    return html`<div class="page">
      <div class="page-head"><h1>Registries</h1><span class="sub">${list ? plural(list.length, 'registry', 'registries') : ''}</span>
        <div class="actions">${session.may('config-admin') ? html`<a class="button primary" href="/config/new">${icon('plus')}New registry</a>` : nothing}</div></div>
      <div class="toolbar"><div class="combo grow">${icon('search')}<input class="input" type="search" aria-label="Search registries" placeholder="Search: an account, a name, a view" .value=${this.words} @input=${(event: Event) => { this.words = valueOf(event); setQuery({ q: this.words }); }}></div>
        <m-curl .call=${{ method: 'GET', path: '/registries' }}></m-curl></div>
      ${problemNote(this.#list.problem, () => void this.#list.load())}
      ${list === undefined ? (this.#list.problem ? nothing : html`<div class="card"><div class="card-body">${bones(5)}</div></div>`)
        : list.length === 0 ? html`<div class="card">${empty('registry', 'No registries yet', session.may('config-admin') ? html`A registry says what can be configured on devices and who may see which part of it. <a href="/config/new">Define one</a>, or post an assertion.` : 'An administrator defines what can be configured on devices.')}</div>`
        : shown.length === 0 ? html`<div class="card">${empty('search', 'Nothing fits', 'Try another word.')}</div>` : this.#table(shown)}
    </div>`;
  }

  #table(list: RegistryLine[]): TemplateResult {
    return html`<div class="card scroll" tabindex="0" role="region" aria-label="Registries"><table class="list"><thead><tr><th>Registry</th><th>Views</th><th>Generation</th><th class="num">Databags</th><th class="num">Revision</th><th class="num">Changed</th></tr></thead>
      <tbody>${list.map((each) => html`<tr>
        <td class="break"><a href=${registryLink(each)}><b>${each.name}</b></a><br><span class="muted small">${each.summary || each.account}</span></td>
        <td class="break">${each.views.length === 0 ? html`<span class="muted">none</span>` : html`<span class="tags">${each.views.slice(0, 8).map((view) => html`<span class="tag">${view}</span>`)}${each.views.length > 8 ? html`<span class="muted small">and ${each.views.length - 8} more</span>` : nothing}</span>`}</td>
        <td class="nowrap">${each.profile}</td><td class="num nowrap">${count(each.databags)}</td><td class="num nowrap">${each.revision}</td>
        <td class="num"><m-time .at=${each.changedAt}></m-time>${each.changedBy ? html`<br><span class="muted small nowrap">${actorName(each.changedBy)}</span>` : nothing}</td></tr>`)}</tbody></table></div>`;
  }
}
customElements.define('page-registries', Registries);
