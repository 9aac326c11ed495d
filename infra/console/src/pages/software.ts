import { html, nothing } from 'lit';
import { software } from '../api/rollouts.ts';
import type { Release } from '../api/types.ts';
import { Throttle } from '../live/frames.ts';
import { hub } from '../live/hub.ts';
import { bytes, count, plural } from '../model/format.ts';
import { releaseLink } from '../routes.ts';
import { Base, Resource } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { query, setQuery } from '../ui/navigation.ts';
import { bones, empty, problemNote, valueOf } from '../ui/pieces.ts';
import { session } from '../ui/session.ts';
import '../ui/curl.ts';
import '../ui/time.ts';
import './software-upload.ts';

/** The shelf: every release, and the door where new ones come in. */
class Software extends Base {
  static override properties = { q: { state: true }, fetching: { state: true }, uploading: { state: true }, over: { state: true } };
  declare q: string;
  declare uploading: File[] | undefined;
  declare fetching: boolean;
  declare over: boolean;
  #list = new Resource<Release[]>(this, (signal) => software.list(this.q, signal));
  #refresh = new Throttle(() => this.#list.load(), 800);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.q = query('q');
  }

  protected override entered(): void {
    void this.#list.load();
    this.until(hub.onEvents((batch) => {
      if (batch.some((event) => /\.updates\.(release-|action-finished|action-assigned)/.test(event.type))) this.#refresh.ask();
    }));
    this.until(hub.onGap(() => this.#refresh.ask()));
    this.until(() => this.#refresh.stop());
  }

  protected override render() {
    const list = this.#list.value;
    const writer = session.may('software-write');
    return html`<div class="page" @dragover=${(event: DragEvent) => { if (writer) { event.preventDefault(); this.over = true; } }} @dragleave=${(event: DragEvent) => { if (event.relatedTarget === null || !this.contains(event.relatedTarget as Node)) this.over = false; }} @drop=${this.#dropped}>
      <div class="page-head"><h1>Software</h1><span class="sub">${list ? plural(list.length, 'release') : ''}</span>
        <div class="actions">${writer ? html`<label class="button primary">${icon('up')}Upload<input class="sr" type="file" multiple @change=${(event: Event) => this.#chosen(event.target as HTMLInputElement)}></label>
          <button class="button" @click=${() => void import('./software-fetch.ts').then(() => { this.fetching = true; })}>${icon('outward')}From a URL</button>` : nothing}</div></div>
      ${this.over ? html`<div class="drop over">${icon('up', 26)}<b>Drop it here</b>It is looked into before anything is saved.</div>` : nothing}
      <div class="toolbar"><div class="combo grow">${icon('search')}<input class="input" type="search" aria-label="Search releases" placeholder="Search by name or version" .value=${this.q} @input=${this.#typed}></div>
        <m-curl .call=${{ method: 'GET', path: '/releases', query: { q: this.q } }}></m-curl></div>
      ${problemNote(this.#list.problem, () => void this.#list.load())}
      ${list === undefined ? (this.#list.problem ? nothing : html`<div class="card"><div class="card-body">${bones(6)}</div></div>`)
        : list.length === 0 ? html`<div class="card">${this.q ? empty('search', 'No release fits', 'Try another name or version.') : empty('software', 'The shelf is empty', writer ? 'Drop an update bundle (.swu, .raucb) or any other file anywhere on this page.' : 'Somebody with the role release-manager can upload.')}</div>`
        : html`<div class="card scroll" tabindex="0" role="region" aria-label="Releases"><table class="list"><thead><tr><th>Release</th><th>Modules</th><th class="num">Size</th><th class="num">Confirmed on</th><th class="num">Assigned to</th><th>State</th><th class="num">Created</th></tr></thead>
          <tbody>${list.map((each) => this.#row(each))}</tbody></table></div>`}
      ${this.fetching ? html`<m-fetch .onClose=${() => { this.fetching = false; }}></m-fetch>` : nothing}
      ${this.uploading ? html`<m-upload .files=${this.uploading} .onClose=${() => { this.uploading = undefined; }} .onDone=${() => void this.#list.load()}></m-upload>` : nothing}
    </div>`;
  }

  #row(release: Release) {
    const size = release.modules.flatMap((each) => each.artifacts).reduce((sum, each) => sum + each.size, 0);
    return html`<tr><td class="break"><a href=${releaseLink(release.id)}>${release.name} <b>${release.version}</b></a>${release.notes ? html`<div class="muted small">${release.notes}</div>` : nothing}</td>
      <td class="muted">${[...new Set(release.modules.map((each) => each.type))].join(', ')}</td><td class="num nowrap">${bytes(size)}</td>
      <td class="num">${count(release.devicesInstalled)}</td><td class="num">${count(release.devicesAssigned)}</td>
      <td>${release.valid ? html`<span class="state ok">${icon('check', 15)}Valid</span>` : html`<span class="state warn">${icon('alert', 15)}Invalidated</span>`}</td>
      <td class="num"><m-time .at=${release.createdAt}></m-time></td></tr>`;
  }

  #typed = (event: Event): void => {
    this.q = valueOf(event);
    setQuery({ q: this.q });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#list.load(), 200);
  };

  #chosen(input: HTMLInputElement): void {
    const files = [...(input.files ?? [])];
    input.value = '';
    if (files.length > 0) this.uploading = files;
  }

  #dropped = (event: DragEvent): void => {
    event.preventDefault();
    this.over = false;
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0 && session.may('software-write')) this.uploading = files;
  };
}
customElements.define('page-software', Software);
