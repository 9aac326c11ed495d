import { html, nothing, type TemplateResult } from 'lit';
import { api } from '../api/http.ts';
import { observe, fileOf, type Doc, type DocumentUser } from '../api/observe.ts';
import type { Page } from '../api/types.ts';
import { Throttle } from '../live/frames.ts';
import { hub } from '../live/hub.ts';
import { type DocumentKind, isRules, KINDS } from '../model/documents.ts';
import { bytes, count, plural, short } from '../model/format.ts';
import { deviceLink } from '../routes.ts';
import { Base, Resource, Work } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { go } from '../ui/navigation.ts';
import { bones, copy, dialog, note, problemNote } from '../ui/pieces.ts';
import { session } from '../ui/session.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import '../ui/time.ts';
import { findingList, type Verdict } from './document-editor.ts';
import './document-preview.ts';

/** How much of a large text is shown in the page; the whole of it is a download. */
const SHOWN = 200_000;

/** One dashboard or rule file: what it says, who uses it, how it reads for a device. */
class DocumentPage extends Base {
  static override properties = { path: {}, editing: { state: true }, verdict: { state: true }, removing: { state: true } };
  declare path: string;
  /** The version it is based on goes with what is typed: somebody else's change in between is told, not lost. */
  declare editing: { text: string; version: number } | undefined;
  declare verdict: Verdict | undefined;
  declare removing: boolean;
  #doc = new Resource<Doc>(this, (signal) => observe.one(this.#kind, this.#uid, signal));
  /** With a version that was known before the text was read: an edit of it can be refused for nothing, but never overwrites. */
  #text = new Resource<{ text: string; version: number }>(this, async (signal) => {
    const version = this.#doc.value?.version ?? 0;
    return { text: await observe.content(this.#kind, this.#uid, signal), version };
  });
  #users = new Resource<Page<DocumentUser>>(this, (signal) => observe.users(this.#kind, this.#uid, undefined, signal));
  #work = new Work(this);
  #refresh = new Throttle(() => this.#load(), 500);

  get #kind(): DocumentKind {
    return this.path.slice(0, this.path.indexOf('/')) as DocumentKind;
  }

  get #uid(): string {
    return this.path.slice(this.path.indexOf('/') + 1);
  }

  protected override entered(): void {
    void this.#load();
    this.until(hub.onEvents((batch) => {
      if (batch.some((event) => event.subject.startsWith(`documents/${this.#kind}/`) || /\.observe\.(device-enrolled|used-documents|uid-changed|enrolment-ended)/.test(event.type))) this.#refresh.ask();
    }));
    this.until(hub.onGap(() => this.#refresh.ask()));
    this.until(() => this.#refresh.stop());
  }

  #load = async (): Promise<void> => {
    await this.#doc.load();
    if (this.#doc.value && !this.#doc.problem) await Promise.all([this.#text.load(), this.#users.load()]);
  };

  protected override render() {
    const doc = this.#doc.value;
    const text = this.#text.value;
    const whole = doc && (text !== undefined || this.#text.problem) && (this.#users.value || this.#users.problem);
    return html`<div class="page">
      <div class="page-head"><div><div class="crumb"><a href="/observe/${this.#kind}">${KINDS[this.#kind].many}</a></div><h1>${this.#uid}</h1></div>
        ${doc?.template ? html`<span class="state pill info">${icon('copy', 14)}Template</span>` : nothing}
        <div class="actions">${doc && session.may('observe-write') ? html`
          <button class="button" ?disabled=${text === undefined || this.editing !== undefined} @click=${() => { this.editing = { ...text! }; }}>${icon('edit')}Edit</button>
          <button class="button danger" @click=${() => { this.#work.clear(); this.removing = true; }}>${icon('trash')}Delete</button>` : nothing}</div></div>
      ${problemNote(this.#doc.problem, () => void this.#load())}
      ${whole ? this.#body(doc) : this.#doc.problem ? nothing : html`<div class="columns"><div class="card"><div class="card-body">${bones(10)}</div></div><div class="card"><div class="card-body">${bones(5)}</div></div></div>`}
      ${doc && this.removing ? this.#ask(doc) : nothing}
    </div>`;
  }

  #body(doc: Doc): TemplateResult {
    return html`<div class="columns"><div class="stack">
        ${this.editing ? this.#editor(doc, this.editing) : this.#content(doc)}
        ${isRules(doc.kind) && !this.editing ? html`<m-document-preview .doc=${doc} .first=${this.#users.value?.items[0]}></m-document-preview>` : nothing}
      </div><div class="stack">
        <section class="card"><div class="card-head"><h2>About</h2></div><div class="card-body"><dl class="facts">
          <dt>Kind</dt><dd>${KINDS[doc.kind].one}</dd>
          <dt>Size</dt><dd>${bytes(doc.size)}</dd>
          ${isRules(doc.kind) ? html`<dt>Reads</dt><dd>${doc.template ? 'for each device with its own uid' : 'the same for all devices'}</dd>` : nothing}
          <dt>Changed</dt><dd><m-time .at=${doc.updatedAt}></m-time></dd>
          <dt>Published</dt><dd><m-time .at=${doc.createdAt}></m-time></dd>
          <dt>SHA-256</dt><dd class="row"><code title=${doc.sha256}>${short(doc.sha256)}…</code><button type="button" class="button plain small icon" aria-label="Copy the SHA-256" @click=${() => copy(doc.sha256, 'SHA-256 copied')}>${icon('copy', 14)}</button></dd>
        </dl></div></section>
        ${this.#devices(doc)}
      </div></div>`;
  }

  #content(doc: Doc): TemplateResult {
    const text = this.#text.value?.text;
    return html`<section class="card"><div class="card-head"><h2>What it says</h2><div class="actions">
        ${text === undefined ? nothing : html`<button class="button small" @click=${() => copy(text, 'Text copied')}>${icon('copy', 14)}Copy</button>`}
        <a class="button small" href=${observe.download(doc.kind, doc.uid)} download=${fileOf(doc.kind, doc.uid)}>${icon('down', 14)}Download</a></div></div>
      <div class="card-body stack">${doc.findings && doc.findings.length > 0 ? findingList(doc.findings, false) : nothing}
        ${problemNote(this.#text.problem, () => void this.#text.load())}
        ${text === undefined ? nothing : html`<pre class="code document" tabindex="0" aria-label="Text of ${doc.uid}">${text.slice(0, SHOWN)}</pre>${text.length > SHOWN ? html`<p class="muted small">This is the beginning. Download it to see all of it.</p>` : nothing}`}</div></section>`;
  }

  #editor(doc: Doc, editing: { text: string; version: number }): TemplateResult {
    const changed = editing.text !== this.#text.value?.text;
    const ready = changed && this.verdict?.storable === true;
    const call = ready ? observe.revise(doc.kind, doc.uid, editing.version, editing.text) : undefined;
    const close = (): void => { this.editing = undefined; this.#work.clear(); };
    return html`<section class="card"><div class="card-head"><h2>Edit</h2></div><form class="card-body form" @submit=${(event: Event) => { event.preventDefault(); if (call) void this.#save(call); }}>
      <m-document-editor .kind=${doc.kind} .text=${editing.text} .onText=${(text: string) => { this.editing = { ...editing, text }; }} .onVerdict=${(verdict: Verdict | undefined) => { this.verdict = verdict; }}></m-document-editor>
      ${isRules(doc.kind) ? html`<p class="muted small">Whether it is a template was decided when it was published${doc.template ? '' : '; a placeholder that is put in now stays as it is'}.</p>` : nothing}
      ${problemNote(this.#work.problem)}
      ${this.#work.problem?.status === 412 ? note('info', html`What you typed is kept. <button type="button" class="button small" @click=${() => { close(); void this.#load(); }}>${icon('refresh', 14)}Discard it and see the newest state</button>`) : nothing}
      <div class="form-foot"><button class="button primary" ?disabled=${!ready || this.#work.busy}>Save</button><button type="button" class="button" @click=${close}>Cancel</button><span class="grow"></span><m-curl .call=${call}></m-curl></div>
    </form></section>`;
  }

  async #save(call: ReturnType<typeof observe.revise>): Promise<void> {
    if (await this.#work.run(() => api.send(call))) {
      toast('Saved');
      await this.#load();
      this.editing = undefined;
    }
  }

  #devices(doc: Doc): TemplateResult {
    const users = this.#users.value;
    const more = doc.devices - (users?.items.length ?? 0);
    return html`<section class="card"><div class="card-head"><h2>Used by</h2><span class="muted">${plural(doc.devices, 'device')}</span></div><div class="card-body stack tight">
      ${problemNote(this.#users.problem)}
      ${users?.items.length === 0 ? html`<p class="muted">Nobody yet. A device's page says what it uses.</p>` : html`<ul class="stack tight user-list">${users?.items.map((each) => html`<li class="break"><a href=${deviceLink(each.deviceId)}>${each.uid}</a>${each.uid === each.deviceId ? nothing : html` <span class="muted small">${each.deviceId}</span>`}</li>`)}</ul>`}
      ${users?.next && more > 0 ? html`<p class="muted small">and ${count(more)} more</p>` : nothing}
    </div></section>`;
  }

  #ask(doc: Doc): TemplateResult {
    const close = (): void => { this.removing = false; };
    const call = observe.remove(doc.kind, doc.uid, doc.version);
    return dialog({
      heading: `Delete ${doc.uid}?`, close,
      body: html`${note('warn', doc.devices === 0 ? 'No device uses it. History keeps its name.' : `${plural(doc.devices, 'device')} that use${doc.devices === 1 ? 's' : ''} it lose${doc.devices === 1 ? 's' : ''} it. Another one published under this uid later is not given to them.`)}${problemNote(this.#work.problem)}`,
      foot: html`<m-curl class="start" .call=${call}></m-curl><button class="button" autofocus @click=${close}>Cancel</button>
        <button class="button solid-danger" ?disabled=${this.#work.busy} @click=${() => this.#work.run(async () => {
          await api.send(call);
          toast(`${doc.uid} deleted`);
          go(`/observe/${doc.kind}`);
        })}>Delete</button>`,
    });
  }
}
customElements.define('page-document', DocumentPage);
