import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { config, type HistoryEntry, type Id, type Written } from '../api/config.ts';
import { Problem } from '../api/problem.ts';
import { changesSince } from '../model/config.ts';
import { plural } from '../model/format.ts';
import { EMPTY, type Json } from '../model/json.ts';
import { Base, Work } from '../ui/element.ts';
import { icon, type IconName } from '../ui/icons.ts';
import { actorName, onNames } from '../ui/names.ts';
import { bones, dialog, note, problemNote } from '../ui/pieces.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import '../ui/time.ts';
import { changeList, mayWrite } from './config-parts.ts';

const STEP = 20;
const KINDS: Record<HistoryEntry['kind'], { icon: IconName; tone: string; words: (entry: HistoryEntry) => string }> = {
  written: { icon: 'edit', tone: 'info', words: (entry) => (entry.view ? `through ${entry.view}` : 'written') },
  reverted: { icon: 'refresh', tone: 'warn', words: (entry) => `back to version ${entry.toVersion}` },
  forgotten: { icon: 'lock', tone: 'warn', words: () => 'its key was destroyed' },
};

/** How a layer's values came about, with the way back. */
class DatabagHistory extends Base {
  static override properties = { registry: { attribute: false }, layer: {}, version: {}, entries: { state: true }, next: { state: true }, problem: { state: true }, open: { state: true }, earlier: { state: true }, reverting: { state: true } };
  declare registry: Id;
  declare layer: string;
  /** The newest one; it is read anew when this changes. */
  declare version: number;
  declare entries: HistoryEntry[] | undefined;
  declare next: string | undefined;
  declare problem: Problem | undefined;
  /** The version whose changes are shown. */
  declare open: number | undefined;
  /** Values by version, for what was there before a change. */
  declare earlier: ReadonlyMap<number, Json | Problem>;
  declare reverting: { to: number; rehearsed?: Written } | undefined;
  onChanged: () => void = () => {};
  #abort = new AbortController();
  #work = new Work(this);

  constructor() {
    super();
    this.earlier = new Map();
  }

  protected override entered(): void {
    this.until(onNames(() => this.requestUpdate()));
    this.until(() => this.#abort.abort());
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('version') || changed.has('layer')) void this.#load();
  }

  async #load(cursor?: string): Promise<void> {
    this.#abort.abort();
    const abort = new AbortController();
    this.#abort = abort;
    try {
      const page = await config.history(this.registry, this.layer, { limit: STEP, ...(cursor && { cursor }) }, abort.signal);
      if (abort.signal.aborted) return;
      this.entries = cursor ? [...(this.entries ?? []), ...page.items] : page.items;
      this.next = page.next ?? undefined;
      this.problem = undefined;
    } catch (thrown) {
      if (!abort.signal.aborted) this.problem = Problem.of(thrown);
    }
  }

  protected override render(): TemplateResult {
    const { entries } = this;
    return html`<section class="card"><div class="card-head"><h2>History</h2></div><div class="card-body flush">
      ${this.problem ? html`<div class="card-body">${problemNote(this.problem, () => void this.#load())}</div>` : nothing}
      ${entries === undefined ? (this.problem ? nothing : html`<div class="card-body">${bones(5)}</div>`) : entries.length === 0 ? html`<p class="card-body muted">Nothing was ever written here.</p>`
        : html`<ol class="version-list">${entries.map((each) => this.#entry(each))}</ol>`}
      ${this.next ? html`<div class="card-body"><button class="button small" @click=${() => void this.#load(this.next)}>Show earlier</button></div>` : nothing}
    </div></section>${this.reverting ? this.#ask(this.reverting) : nothing}`;
  }

  #entry(entry: HistoryEntry): TemplateResult {
    const kind = KINDS[entry.kind];
    const open = this.open === entry.version;
    return html`<li><div class="row top">
        <button class="button plain small icon" aria-expanded=${open ? 'true' : 'false'} aria-label="Changes of version ${entry.version}" @click=${() => void this.#toggle(entry.version)}>${icon(open ? 'opened' : 'closed', 14)}</button>
        <span class="grow stack tight"><span><span class="state ${kind.tone}">${icon(kind.icon, 15)}<b>Version ${entry.version}</b></span> <span class="muted">${kind.words(entry)}, ${plural(entry.changes.length, 'change')}</span></span>
          <span class="muted small"><m-time .at=${entry.at}></m-time>${entry.by ? html` by ${actorName(entry.by)}` : nothing}${entry.requests.length > 0 ? html` · <span class="break">${entry.requests.slice(0, 4).map((each, i) => html`${i > 0 ? ', ' : ''}<code>${each}</code>`)}${entry.requests.length > 4 ? ` and ${entry.requests.length - 4} more` : ''}</span>` : nothing}</span></span>
        ${entry.version === this.version || !mayWrite() || this.layer.startsWith('staged/') ? nothing : html`<button class="button small" @click=${() => void this.#begin(entry.version)}>${icon('refresh', 14)}Revert<span class="sr"> to version ${entry.version}</span></button>`}</div>
      ${open ? this.#changes(entry) : nothing}</li>`;
  }

  #changes(entry: HistoryEntry): TemplateResult {
    const before = entry.version <= 1 ? EMPTY : this.earlier.get(entry.version - 1);
    if (before instanceof Problem) return html`${problemNote(before, () => void this.#readBefore(entry.version))}`;
    return before === undefined ? bones(2) : changeList(changesSince(before, entry.changes), true);
  }

  async #toggle(version: number): Promise<void> {
    this.open = this.open === version ? undefined : version;
    if (this.open !== undefined) await this.#readBefore(version);
  }

  async #readBefore(version: number): Promise<void> {
    const wanted = version - 1;
    const known = this.earlier.get(wanted);
    if (wanted < 1 || (known !== undefined && !(known instanceof Problem))) return;
    const found = await config.version(this.registry, this.layer, wanted).then(({ values }) => values, (thrown: unknown) => Problem.of(thrown));
    this.earlier = new Map(this.earlier).set(wanted, found);
  }

  /** Shows what it would change before it is asked for. */
  async #begin(to: number): Promise<void> {
    this.reverting = { to };
    await this.#work.run(async () => {
      const rehearsed = await config.written(config.revert(this.registry, this.layer, to, { dryRun: true }));
      if (this.reverting?.to === to) this.reverting = { to, rehearsed };
    });
  }

  #ask({ to, rehearsed }: { to: number; rehearsed?: Written }): TemplateResult {
    const close = (): void => { this.reverting = undefined; this.#work.clear(); };
    const ready = rehearsed !== undefined && rehearsed.changes.length > 0;
    const call = rehearsed ? config.revert(this.registry, this.layer, to, { version: rehearsed.version }) : undefined;
    return dialog({
      heading: `Back to version ${to}?`, wide: true, close,
      body: html`<p>All values here become what they were then. That is a change of its own; nothing is taken out of the history.</p>
        ${problemNote(this.#work.problem, this.#work.problem?.status === 412 ? () => void this.#begin(to) : undefined)}
        ${rehearsed ? changeList(rehearsed.changes) : this.#work.problem ? nothing : bones(3)}
        ${rehearsed?.changes.some((each) => each.secret) ? note('info', 'A secret whose key was destroyed since does not come back.') : nothing}`,
      foot: html`<m-curl class="start" .call=${call}></m-curl><button class="button" autofocus @click=${close}>Cancel</button>
        <button class="button primary" ?disabled=${!ready || this.#work.busy} @click=${() => void this.#revert(to, call)}>Revert</button>`,
    });
  }

  async #revert(to: number, call: ReturnType<typeof config.revert> | undefined): Promise<void> {
    if (!call) return;
    await this.#work.run(async () => {
      await config.written(call);
      toast(`Values are those of version ${to} again`);
      this.reverting = undefined;
      this.onChanged();
    });
  }
}
customElements.define('m-databag-history', DatabagHistory);
