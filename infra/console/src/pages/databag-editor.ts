import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { config, type Registry, type RegistryView, type Values, type Written } from '../api/config.ts';
import { Problem } from '../api/problem.ts';
import { isSecretRequest, writable, writeBody } from '../model/config.ts';
import { EMPTY, type Json } from '../model/json.ts';
import { Base, Work } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { field, note, problemNote, valueOf } from '../ui/pieces.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import { changeList } from './config-parts.ts';
import './config-values.ts';
import type { Typed } from './config-values.ts';

/** How long after the last key the write is rehearsed, ms. */
const PAUSE = 450;

/** Writes values of a layer through a view: rehearsed while it is typed, sent only as it was rehearsed. */
class DatabagEditor extends Base {
  static override properties = { registry: { attribute: false }, layer: {}, values: { attribute: false }, view: { state: true }, current: { state: true }, typed: { state: true }, rehearsed: { state: true }, problem: { state: true } };
  declare registry: Registry;
  declare layer: string;
  declare values: Values;
  declare view: string;
  declare current: Json;
  declare typed: Typed;
  /** What the values as they stand would do. */
  declare rehearsed: Written | undefined;
  declare problem: Problem | undefined;
  onClose: () => void = () => {};
  onDone: () => void = () => {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked: AbortController | undefined;
  #read: AbortController | undefined;
  #work = new Work(this);

  constructor() {
    super();
    this.view = '';
    this.current = EMPTY;
    this.typed = { values: new Map(), whole: false };
  }

  protected override entered(): void {
    this.until(() => { clearTimeout(this.#timer); this.#asked?.abort(); this.#read?.abort(); });
    const leave = (event: BeforeUnloadEvent): void => { if (this.typed.values.size > 0) event.preventDefault(); };
    window.addEventListener('beforeunload', leave);
    this.until(() => window.removeEventListener('beforeunload', leave));
  }

  protected override willUpdate(_changed: PropertyValues): void {
    if (this.view === '') this.view = this.#views[0]?.name ?? '';
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('view') && this.view !== '') void this.#look();
    if (changed.has('typed')) this.#soon();
  }

  get #views(): RegistryView[] {
    return this.registry.views.filter((view) => view.rules.some(writable));
  }

  get #chosen(): RegistryView | undefined {
    return this.registry.views.find((each) => each.name === this.view);
  }

  #call(more: { version?: number; dryRun?: boolean }) {
    const secret = (path: string): boolean => isSecretRequest(this.#chosen, path, [...this.values.secrets, ...this.values.lost, ...(this.rehearsed?.changes.filter((each) => each.secret).map((each) => each.path) ?? [])], this.registry.views);
    return config.write(this.registry, this.layer, this.view, writeBody(this.typed.values, secret), more);
  }

  /** What the view shows now, to begin with. Where it shows nothing, one begins with nothing. */
  async #look(): Promise<void> {
    this.#read?.abort();
    const read = new AbortController();
    this.#read = read;
    this.current = EMPTY;
    try {
      const current = await config.view(this.registry, this.layer, this.view, read.signal);
      if (!read.signal.aborted) this.current = current;
    } catch {
      // Nothing is stored, or nothing of it may be read.
    }
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#asked?.abort();
    this.rehearsed = undefined;
    this.problem = undefined;
    this.#work.problem = undefined;
    if (this.typed.whole) this.#timer = setTimeout(() => void this.#rehearse(), PAUSE);
  }

  async #rehearse(): Promise<void> {
    const asked = new AbortController();
    this.#asked = asked;
    try {
      const rehearsed = await config.written(this.#call({ dryRun: true }), asked.signal);
      if (!asked.signal.aborted) this.rehearsed = rehearsed;
    } catch (thrown) {
      if (!asked.signal.aborted) this.problem = Problem.of(thrown);
    }
  }

  protected override render(): TemplateResult {
    const views = this.#views;
    const { rehearsed } = this;
    const ready = rehearsed !== undefined && rehearsed.changes.length > 0;
    const call = ready ? this.#call({ version: rehearsed.version }) : undefined;
    return html`<section class="card"><div class="card-head"><h2>Write values</h2></div><form class="card-body form" @submit=${(event: Event) => { event.preventDefault(); if (call) void this.#write(call); }}>
      ${views.length === 0 ? note('info', 'No view of this registry lets anybody write.') : html`
        ${field({ label: 'Through the view', id: 'w-view' }, html`<select class="input" id="w-view" @change=${(event: Event) => { this.view = valueOf(event); }}>${views.map((each) => html`<option value=${each.name} ?selected=${each.name === this.view}>${each.name}${each.summary ? ` – ${each.summary}` : ''}</option>`)}</select>`)}
        <m-config-values .view=${this.#chosen} .views=${this.registry.views} .current=${this.current} .secrets=${[...this.values.secrets, ...this.values.lost]} .onTyped=${(typed: Typed) => { this.typed = typed; }}></m-config-values>
        <div class="stack tight" id="w-change" aria-live="polite"><h3>What it would change</h3>${this.#verdict()}</div>`}
      ${problemNote(this.#work.problem)}
      ${this.#work.problem?.status === 412 ? note('info', html`Somebody else wrote meanwhile. <button type="button" class="button small" @click=${() => void this.#again()}>${icon('refresh', 14)}Look again at what it would change</button>`) : nothing}
      <div class="form-foot"><button class="button primary" ?disabled=${!call || this.#work.busy}>Write</button><button type="button" class="button" @click=${this.onClose}>Cancel</button><span class="grow"></span><m-curl .call=${call}></m-curl></div>
    </form></section>`;
  }

  #verdict(): TemplateResult {
    if (this.problem) {
      const at = this.problem.details?.['at'];
      return html`${problemNote(this.problem, this.problem.retryable ? () => void this.#again() : undefined)}${typeof at === 'string' ? html`<p class="muted small">The value at <code>${at}</code> does not fit.</p>` : nothing}`;
    }
    if (this.rehearsed) return changeList(this.rehearsed.changes);
    return this.typed.whole ? html`<span class="state idle">${icon('clock', 15)}Looking at it…</span>` : html`<p class="muted">Nothing yet. Choose a path and give it a value.</p>`;
  }

  async #again(): Promise<void> {
    this.#work.clear();
    this.problem = undefined;
    this.rehearsed = undefined;
    await this.#rehearse();
  }

  async #write(call: ReturnType<typeof config.write>): Promise<void> {
    if (await this.#work.run(() => config.written(call))) {
      toast('Values written');
      this.onDone();
    }
  }
}
customElements.define('m-databag-editor', DatabagEditor);
