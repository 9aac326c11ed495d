import { html, type PropertyValues } from 'lit';
import { api } from '../api/http.ts';
import { observe } from '../api/observe.ts';
import { type DocumentKind, KINDS, proposedUid, uidFault } from '../model/documents.ts';
import { Base, Work } from '../ui/element.ts';
import { dialog, field, note, problemNote, valueOf } from '../ui/pieces.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import './document-editor.ts';
import type { Verdict } from './document-editor.ts';

/** Publishes dashboards or rule files: from files, one after the other, or from what is pasted. */
class DocumentNew extends Base {
  static override properties = { kind: {}, files: { attribute: false }, pasted: {}, current: { state: true }, uid: { state: true }, text: { state: true }, verdict: { state: true }, unreadable: { state: true } };
  declare kind: DocumentKind;
  declare files: File[];
  declare pasted: string;
  declare current: number;
  declare uid: string;
  declare text: string;
  declare verdict: Verdict | undefined;
  declare unreadable: string | undefined;
  onClose: () => void = () => {};
  onDone: (uid: string) => void = () => {};
  #work = new Work(this);
  #named = false;

  constructor() {
    super();
    this.current = 0;
    this.uid = '';
    this.text = '';
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    if (this.pasted) this.#take('', this.pasted);
    else void this.#read();
  }

  /** Reads the file whose turn it is. */
  async #read(): Promise<void> {
    const file = this.files[this.current];
    if (!file) return;
    try {
      this.#named = false;
      this.#take(file.name, await file.text());
    } catch {
      this.unreadable = `${file.name} cannot be read.`;
    }
  }

  #take(fileName: string, text: string): void {
    this.text = text;
    if (!this.#named) this.uid = proposedUid(fileName, text);
    this.#work.clear();
  }

  protected override render() {
    const words = KINDS[this.kind];
    const fault = this.uid === '' ? undefined : uidFault(this.uid);
    const ready = this.uid !== '' && fault === undefined && this.verdict?.storable === true;
    const call = ready ? observe.publish(this.kind, this.uid, this.text) : undefined;
    return dialog({
      heading: this.files.length > 1 ? `New ${words.one}, ${this.current + 1} of ${this.files.length}` : `New ${words.one}`,
      wide: true,
      close: this.onClose,
      submit: () => {
        if (call) void this.#work.run(async () => {
          await api.send(call);
          toast(`${this.uid} published`);
          this.onDone(this.uid);
          await this.#next();
        });
      },
      body: html`
        ${field({ label: 'Uid', id: 'd-uid', fault, note: 'The name that devices and programs know it by. It stays.' }, html`<input class="input mono" id="d-uid" autocomplete="off" spellcheck="false" required aria-describedby="d-uid-note" .value=${this.uid} @input=${(event: Event) => { this.uid = valueOf(event); this.#named = true; }}>`)}
        ${this.unreadable ? note('bad', this.unreadable) : ''}
        <m-document-editor fresh .kind=${this.kind} .text=${this.text} .onText=${(text: string) => (this.text === '' ? this.#take('', text) : (this.text = text))} .onVerdict=${(verdict: Verdict | undefined) => { this.verdict = verdict; }}></m-document-editor>
        ${problemNote(this.#work.problem)}`,
      foot: html`<m-curl class="start" .call=${call}></m-curl><button type="button" class="button" @click=${this.onClose}>Cancel</button>
        <button class="button primary" ?disabled=${!ready || this.#work.busy}>Publish</button>`,
    });
  }

  async #next(): Promise<void> {
    if (this.current + 1 >= this.files.length) {
      this.onClose();
      return;
    }
    this.current++;
    await this.#read();
  }
}
customElements.define('m-document-new', DocumentNew);
