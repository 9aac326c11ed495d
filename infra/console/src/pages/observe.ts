import { html, nothing, type TemplateResult } from 'lit';
import { observe, type Doc } from '../api/observe.ts';
import type { Page } from '../api/types.ts';
import { Throttle } from '../live/frames.ts';
import { hub } from '../live/hub.ts';
import { type DocumentKind, isRules, KIND_NAMES, KINDS } from '../model/documents.ts';
import { bytes, count, plural } from '../model/format.ts';
import { documentLink } from '../routes.ts';
import { Base, Resource } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { query, setQuery } from '../ui/navigation.ts';
import { bones, empty, problemNote, valueOf } from '../ui/pieces.ts';
import { session } from '../ui/session.ts';
import '../ui/curl.ts';
import '../ui/time.ts';
import './document-new.ts';

const STEP = 100;

/** The tabs over all kinds of documents. */
export function kindTabs(current: DocumentKind): TemplateResult {
  return html`<nav class="tabs" aria-label="Kinds of dashboards and alerts">${KIND_NAMES.map((kind) => html`<a href="/observe/${kind}" aria-current=${kind === current ? 'page' : nothing}>${KINDS[kind].many}</a>`)}</nav>`;
}

/** The dashboards or rule files of one kind, and the door where new ones come in. */
class Observe extends Base {
  static override properties = { kind: {}, q: { state: true }, size: { state: true }, adding: { state: true }, over: { state: true } };
  declare kind: DocumentKind;
  declare q: string;
  declare size: number;
  declare adding: { files: File[]; pasted: string } | undefined;
  declare over: boolean;
  #list = new Resource<Page<Doc>>(this, (signal) => this.#read(signal));
  #refresh = new Throttle(() => this.#list.load(), 800);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.q = query('q');
    this.size = STEP;
  }

  protected override entered(): void {
    void this.#list.load();
    this.until(hub.onEvents((batch) => {
      if (batch.some((event) => event.subject.startsWith(`documents/${this.kind}/`) || /\.observe\.(device-enrolled|used-documents|enrolment-ended)/.test(event.type))) this.#refresh.ask();
    }));
    this.until(hub.onGap(() => this.#refresh.ask()));
    this.until(() => { this.#refresh.stop(); clearTimeout(this.#timer); });
    document.addEventListener('paste', this.#pasted);
    this.until(() => document.removeEventListener('paste', this.#pasted));
  }

  /** As many as are shown, page after page. */
  async #read(signal: AbortSignal): Promise<Page<Doc>> {
    let page = await observe.list(this.kind, { q: this.q, limit: STEP }, signal);
    const whole = page;
    while (whole.items.length < this.size && page.next) {
      page = await observe.list(this.kind, { q: this.q, limit: STEP, after: page.next }, signal);
      whole.items.push(...page.items);
    }
    return { ...whole, next: page.next ?? null };
  }

  protected override render() {
    const page = this.#list.value;
    const words = KINDS[this.kind];
    const writer = session.may('observe-write');
    return html`<div class="page" @dragover=${(event: DragEvent) => { if (writer) { event.preventDefault(); this.over = true; } }} @dragleave=${(event: DragEvent) => { if (event.relatedTarget === null || !this.contains(event.relatedTarget as Node)) this.over = false; }} @drop=${this.#dropped}>
      <div class="page-head"><h1>Dashboards & Alerts</h1><span class="sub">${page ? plural(page.count ?? page.items.length, words.one) : ''}</span>
        <div class="actions">${writer ? html`<label class="button">${icon('up')}Upload<input class="sr" type="file" multiple accept=${words.ending === 'json' ? '.json,application/json' : '.yaml,.yml,.rule,.rules'} @change=${(event: Event) => this.#chosen(event.target as HTMLInputElement)}></label>
          <button class="button primary" @click=${() => { this.adding = { files: [], pasted: '' }; }}>${icon('plus')}New</button>` : nothing}</div></div>
      ${kindTabs(this.kind)}
      ${this.over ? html`<div class="drop over">${icon('up', 26)}<b>Drop it here</b>You see what it says before anything is saved.</div>` : nothing}
      <div class="toolbar"><div class="combo grow">${icon('search')}<input class="input" type="search" aria-label="Search ${words.many}" placeholder="Search by uid" .value=${this.q} @input=${this.#typed}></div>
        <m-curl .call=${{ method: 'GET', path: `/documents/${this.kind}`, query: { q: this.q } }}></m-curl></div>
      ${problemNote(this.#list.problem, () => void this.#list.load())}
      ${page === undefined ? (this.#list.problem ? nothing : html`<div class="card"><div class="card-body">${bones(6)}</div></div>`)
        : page.items.length === 0 ? html`<div class="card">${this.q ? empty('search', 'Nothing fits', 'Try another uid.') : empty('gauge', `No ${words.many} yet`, writer ? 'Drop a file anywhere on this page, paste its text, or let agents on the devices bring theirs along.' : 'Somebody with the role operator can publish some.')}</div>`
        : this.#table(page)}
      ${this.adding ? html`<m-document-new .kind=${this.kind} .files=${this.adding.files} .pasted=${this.adding.pasted} .onClose=${() => { this.adding = undefined; }} .onDone=${() => void this.#list.load()}></m-document-new>` : nothing}
    </div>`;
  }

  #table(page: Page<Doc>): TemplateResult {
    return html`<div class="card scroll" tabindex="0" role="region" aria-label=${KINDS[this.kind].many}><table class="list"><thead><tr><th>Uid</th>${isRules(this.kind) ? html`<th>Reads</th>` : nothing}<th class="num">Used by</th><th class="num">Size</th><th class="num">Changed</th></tr></thead>
      <tbody>${page.items.map((each) => html`<tr><td><a class="break" href=${documentLink(this.kind, each.uid)}>${each.uid}</a></td>
        ${isRules(this.kind) ? html`<td>${each.template ? html`<span class="tag">${icon('copy', 12)}template</span>` : html`<span class="muted">the same for all</span>`}</td>` : nothing}
        <td class="num nowrap">${each.devices === 0 ? html`<span class="muted">nobody</span>` : count(each.devices)}</td><td class="num nowrap">${bytes(each.size)}</td>
        <td class="num"><m-time .at=${each.updatedAt}></m-time></td></tr>`)}</tbody></table>
      ${page.next ? html`<div class="earlier"><button class="button" ?disabled=${this.#list.loading} @click=${() => { this.size += STEP; void this.#list.load(); }}>Show more</button></div>` : nothing}</div>`;
  }

  #typed = (event: Event): void => {
    this.q = valueOf(event);
    this.size = STEP;
    setQuery({ q: this.q });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#list.load(), 200);
  };

  #chosen(input: HTMLInputElement): void {
    const files = [...(input.files ?? [])];
    input.value = '';
    if (files.length > 0) this.adding = { files, pasted: '' };
  }

  #dropped = (event: DragEvent): void => {
    event.preventDefault();
    this.over = false;
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0 && !this.adding && session.may('observe-write')) this.adding = { files, pasted: '' };
  };

  /** A text that is pasted while nothing else wants it becomes a new document. */
  #pasted = (event: ClipboardEvent): void => {
    if (this.adding || !session.may('observe-write') || (event.target as Element | null)?.closest?.('input, textarea, dialog')) return;
    const files = [...(event.clipboardData?.files ?? [])];
    const pasted = event.clipboardData?.getData('text/plain') ?? '';
    if (files.length > 0 || pasted.trim() !== '') this.adding = { files, pasted };
  };
}
customElements.define('page-observe', Observe);
