import { html, nothing, type PropertyValues } from 'lit';
import { api } from '../api/http.ts';
import { observe, type Doc, type DocumentUser, type Enrolment } from '../api/observe.ts';
import type { Page } from '../api/types.ts';
import { Base, Resource } from '../ui/element.ts';
import { bones, field, problemNote, valueOf } from '../ui/pieces.ts';
import '../ui/curl.ts';

const HINTS = 30;

/** A rule file as it reads for one device; the first that uses it, until another one is chosen. */
class DocumentPreview extends Base {
  static override properties = { doc: { attribute: false }, first: { attribute: false }, typed: { state: true } };
  declare doc: Doc;
  declare first: DocumentUser | undefined;
  declare typed: string;
  #device: string | undefined;
  #hints = new Resource<Page<Enrolment>>(this, (signal) => observe.enrolments(this.typed, HINTS, signal));
  #text = new Resource<string>(this, (signal) => api.text(observe.preview(this.doc.kind, this.doc.uid, this.#device!), signal));
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.typed = '';
  }

  protected override entered(): void {
    void this.#hints.load();
    this.until(() => clearTimeout(this.#timer));
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (this.#device === undefined && this.first) {
      this.#device = this.first.deviceId;
      this.typed = this.first.uid;
      void this.#text.load();
    } else if (changed.has('doc') && this.#device !== undefined && (changed.get('doc') as Doc | undefined)?.version !== this.doc.version) {
      void this.#text.load();
    }
  }

  protected override render() {
    const call = this.#device === undefined ? undefined : observe.preview(this.doc.kind, this.doc.uid, this.#device);
    return html`<section class="card"><div class="card-head"><h2>As it reads for a device</h2><div class="actions"><m-curl .call=${call}></m-curl></div></div><div class="card-body stack">
      ${field({ label: 'Device', id: 'p-device', note: this.doc.template ? undefined : 'It names no device: it reads the same for all.' },
        html`<input class="input" id="p-device" list="p-devices" autocomplete="off" spellcheck="false" placeholder="uid of an enrolled device" .value=${this.typed} @input=${this.#type}>
          <datalist id="p-devices">${this.#hints.value?.items.map((each) => html`<option value=${each.uid}></option>`)}</datalist>`)}
      ${problemNote(this.#text.problem)}
      ${this.#device === undefined ? html`<p class="muted">Choose an enrolled device.</p>` : this.#text.value === undefined ? (this.#text.problem ? nothing : bones(6))
        : html`<pre class="code document" tabindex="0" aria-label="Rendered rules">${this.#text.value}</pre>`}
    </div></section>`;
  }

  #type = (event: Event): void => {
    this.typed = valueOf(event).trim();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#find(), 200);
  };

  /** Looks for what was typed; a uid that is whole is shown at once. */
  async #find(): Promise<void> {
    await this.#hints.load();
    const found = this.#hints.value?.items.find((each) => each.uid === this.typed || each.deviceId === this.typed);
    if (!found || found.deviceId === this.#device) return;
    this.#device = found.deviceId;
    await this.#text.load();
  }
}
customElements.define('m-document-preview', DocumentPreview);
