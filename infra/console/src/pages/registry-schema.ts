import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { config, type Registry, type Revision } from '../api/config.ts';
import { api } from '../api/http.ts';
import { laidOut } from '../model/config.ts';
import { Base, Resource, Work } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { actorName } from '../ui/names.ts';
import { bones, copy, dialog, note, problemNote } from '../ui/pieces.ts';
import { session } from '../ui/session.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import '../ui/time.ts';
import './schema-editor.ts';

/** A registry's document: how it reads, another one in its place, and how it came about. */
class RegistrySchema extends Base {
  static override properties = { registry: { attribute: false }, editing: { state: true }, fits: { state: true }, shown: { state: true } };
  declare registry: Registry;
  /** The revision it is based on goes with what is typed: somebody else's change in between is told, not lost. */
  declare editing: { text: string; kept: string; revision: number } | undefined;
  declare fits: boolean;
  declare shown: Revision | undefined;
  onSaved: () => void = () => {};
  #revisions = new Resource<Revision[]>(this, (signal) => config.revisions(this.registry, signal));
  #work = new Work(this);
  #reading = new Work(this);
  #read = 0;

  constructor() {
    super();
    this.fits = false;
  }

  protected override entered(): void {
    const leave = (event: BeforeUnloadEvent): void => { if (this.editing && this.editing.text !== this.editing.kept) event.preventDefault(); };
    window.addEventListener('beforeunload', leave);
    this.until(() => window.removeEventListener('beforeunload', leave));
  }

  protected override updated(_changed: PropertyValues): void {
    if (this.#read === this.registry.revision) return;
    this.#read = this.registry.revision;
    void this.#revisions.load();
  }

  protected override render(): TemplateResult {
    const text = laidOut(this.registry.document);
    return html`<div class="columns"><div class="stack">${this.editing ? this.#editor(this.editing) : html`<section class="card"><div class="card-head"><h2>Document</h2><span class="muted">revision ${this.registry.revision}</span><div class="actions">
        <button class="button small" @click=${() => copy(this.registry.document, 'Document copied')}>${icon('copy', 14)}Copy</button>
        ${session.may('config-admin') ? html`<button class="button small" @click=${() => { this.#work.clear(); this.editing = { text, kept: text, revision: this.registry.revision }; }}>${icon('edit', 14)}Edit</button>` : nothing}</div></div>
      <div class="card-body"><pre class="code document" tabindex="0" aria-label="Document of ${this.registry.name}">${text}</pre></div></section>`}</div>
      ${this.#history()}</div>
      ${this.shown ? this.#old(this.shown) : nothing}`;
  }

  #editor(editing: { text: string; kept: string; revision: number }): TemplateResult {
    const call = this.fits ? config.redefine(this.registry, editing.revision, editing.text) : undefined;
    const close = (): void => { this.editing = undefined; this.fits = false; this.#work.clear(); };
    return html`<section class="card"><div class="card-head"><h2>Edit</h2></div><form class="card-body form" @submit=${(event: Event) => { event.preventDefault(); if (call) void this.#save(call); }}>
      <m-schema-editor .text=${editing.text} .kept=${editing.kept} .onText=${(text: string) => { this.editing = { ...editing, text }; }} .onFits=${(fits: boolean) => { this.fits = fits; }}></m-schema-editor>
      ${problemNote(this.#work.problem)}
      ${this.#work.problem?.status === 412 ? note('info', html`What you typed is kept. <button type="button" class="button small" @click=${() => { close(); this.onSaved(); }}>${icon('refresh', 14)}Discard it and see the newest state</button>`) : nothing}
      ${this.#work.problem?.code === 'config.schema-in-use' ? this.#offenders(this.#work.problem.details?.['offenders']) : nothing}
      <div class="form-foot"><button class="button primary" ?disabled=${!call || this.#work.busy}>Save</button><button type="button" class="button" @click=${close}>Cancel</button><span class="grow"></span><m-curl .call=${call}></m-curl>
        <p class="muted small foot-note">It is taken only if every value that is stored fits it.</p></div>
    </form></section>`;
  }

  #offenders(found: unknown): TemplateResult | typeof nothing {
    if (!Array.isArray(found) || found.length === 0) return nothing;
    return html`<details class="more"><summary>Values that would not fit</summary><ul class="stack tight">${found.map((each) => html`<li class="break"><code>${typeof each === 'string' ? each : JSON.stringify(each)}</code></li>`)}</ul></details>`;
  }

  async #save(call: ReturnType<typeof config.redefine>): Promise<void> {
    if (await this.#work.run(() => api.send(call))) {
      toast('Schema saved');
      this.editing = undefined;
      this.fits = false;
      this.onSaved();
    }
  }

  #history(): TemplateResult {
    const revisions = this.#revisions.value;
    return html`<section class="card"><div class="card-head"><h2>Revisions</h2></div><div class="card-body flush">
      ${this.#revisions.problem ? html`<div class="card-body">${problemNote(this.#revisions.problem, () => void this.#revisions.load())}</div>` : nothing}
      ${this.#reading.problem ? html`<div class="card-body">${problemNote(this.#reading.problem)}</div>` : nothing}
      ${revisions === undefined ? (this.#revisions.problem ? nothing : html`<div class="card-body">${bones(3)}</div>`) : html`<ol class="version-list">${revisions.map((each) => html`<li><div class="row between"><span><b>${each.revision}</b> <span class="muted small"><m-time .at=${each.at}></m-time>${each.by ? html` by ${actorName(each.by)}` : nothing}</span></span>
        ${each.revision === this.registry.revision ? html`<span class="muted small">in force</span>` : html`<button class="button small plain" ?disabled=${this.#reading.busy} @click=${() => void this.#reading.run(async () => { this.shown = await config.revision(this.registry, each.revision); })}>Show<span class="sr"> revision ${each.revision}</span></button>`}</div></li>`)}</ol>`}
    </div></section>`;
  }

  #old(revision: Revision): TemplateResult {
    const close = (): void => { this.shown = undefined; };
    const text = laidOut(revision.document ?? '');
    return dialog({
      heading: `Revision ${revision.revision}`, wide: true, close,
      body: html`<pre class="code document" tabindex="0" aria-label="Document of revision ${revision.revision}">${text}</pre>`,
      foot: html`${session.may('config-admin') ? html`<button class="button start" @click=${() => { close(); this.editing = { text, kept: laidOut(this.registry.document), revision: this.registry.revision }; }}>${icon('edit')}Edit it as the next revision</button>` : nothing}
        <button class="button primary" autofocus @click=${close}>Close</button>`,
    });
  }
}
customElements.define('m-registry-schema', RegistrySchema);
