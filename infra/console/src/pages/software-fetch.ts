import { html } from 'lit';
import { api } from '../api/http.ts';
import { software } from '../api/rollouts.ts';
import type { Release } from '../api/types.ts';
import { fromFileName } from '../model/release-draft.ts';
import { releaseLink } from '../routes.ts';
import { Base, Work } from '../ui/element.ts';
import { go } from '../ui/navigation.ts';
import { dialog, field, note, problemNote, valueOf } from '../ui/pieces.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';

/** The last part of an address' path. */
function fileOf(url: string): string {
  try {
    return decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? '');
  } catch {
    return '';
  }
}

/** A release whose file stays on another host: the server reads it once, devices get it from there. */
class Fetch extends Base {
  static override properties = { url: { state: true }, name: { state: true }, version: { state: true }, type: { state: true } };
  declare url: string;
  declare name: string;
  declare version: string;
  declare type: string;
  onClose: () => void = () => {};
  #work = new Work(this);

  constructor() {
    super();
    this.url = this.name = this.version = '';
    this.type = 'os';
  }

  protected override render() {
    const url = this.url.trim();
    const ready = /^https?:\/\/[^\s/]+/i.test(url);
    const call = software.fetch({ url, name: this.name.trim(), version: this.version.trim(), type: this.type });
    const guess = fromFileName(fileOf(url));
    const problem = this.#work.problem;
    return dialog({
      heading: 'A bundle from a URL',
      close: this.onClose,
      submit: () => { if (ready) void this.#fetch(); },
      body: html`${note('info', 'The server reads it once, to know its digests and what it says of itself. It is not stored here: devices get it from its address, so it must stay there unchanged.')}
        ${field({ label: 'Address', id: 'f-url', note: html`<code>https://user:password@host/bundle.swu</code> is possible; the password is kept, and never shown again.`, fault: problem?.at('/url') }, html`<input class="input mono" id="f-url" type="url" inputmode="url" autocomplete="off" spellcheck="false" autofocus .value=${this.url} @input=${(event: Event) => { this.url = valueOf(event); }}>`)}
        <div class="form-grid">
          ${field({ label: 'Name', id: 'f-name', optional: true, note: 'Empty: as the bundle says.', fault: problem?.at('/name') }, html`<input class="input" id="f-name" autocomplete="off" spellcheck="false" placeholder=${guess.name} .value=${this.name} @input=${(event: Event) => { this.name = valueOf(event); }}>`)}
          ${field({ label: 'Version', id: 'f-version', optional: true, note: 'Empty: as the bundle says.', fault: problem?.at('/version') }, html`<input class="input" id="f-version" autocomplete="off" spellcheck="false" placeholder=${guess.version} .value=${this.version} @input=${(event: Event) => { this.version = valueOf(event); }}>`)}
          ${field({ label: 'Kind', id: 'f-type' }, html`<select class="input" id="f-type" @change=${(event: Event) => { this.type = valueOf(event); }}>
            ${[['os', 'Operating system'], ['application', 'Application'], ['runtime', 'Runtime or firmware']].map(([type, label]) => html`<option value=${type!} ?selected=${type === this.type}>${label}</option>`)}</select>`)}
        </div>
        <p class="muted small" role="status">${this.#work.busy ? 'The server is reading it; a large bundle takes a while.' : ''}</p>${problemNote(problem)}`,
      foot: html`<m-curl class="start" .call=${ready ? call : undefined}></m-curl><button type="button" class="button" @click=${this.onClose}>Cancel</button>
        <button class="button primary" ?disabled=${!ready || this.#work.busy}>Read it</button>`,
    });
  }

  async #fetch(): Promise<void> {
    await this.#work.run(async () => {
      const { data } = await api.send<Release>(software.fetch({ url: this.url.trim(), name: this.name.trim(), version: this.version.trim(), type: this.type }));
      toast(`${data.name} ${data.version} is on the shelf`);
      this.onClose();
      go(releaseLink(data.id));
    });
  }
}
customElements.define('m-fetch', Fetch);
