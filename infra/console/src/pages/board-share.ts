import { html, nothing, type TemplateResult } from 'lit';
import type { Call } from '../api/call.ts';
import { api } from '../api/http.ts';
import { lab, type Board, type ShareMode } from '../api/lab.ts';
import { duration } from '../model/format.ts';
import { spanFault } from '../model/lab.ts';
import { Base, Work } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { actorName } from '../ui/names.ts';
import { dialog, field, problemNote, valueOf } from '../ui/pieces.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import '../ui/time.ts';

const MODES: [ShareMode, string][] = [['ro', 'Look'], ['rw', 'Use']];

/** What a holder may change of their reservation: how long it lasts, who else may use the board. */
class BoardShare extends Base {
  static override properties = { board: { attribute: false }, what: {}, time: { state: true }, user: { state: true }, mode: { state: true } };
  declare board: Board;
  declare what: 'extend' | 'share';
  declare time: string;
  declare user: string;
  declare mode: ShareMode;
  onClose: () => void = () => {};
  onDone: () => void = () => {};
  #work = new Work(this);

  constructor() {
    super();
    this.time = '1h';
    this.user = '';
    this.mode = 'rw';
  }

  protected override render() {
    return this.what === 'extend' ? this.#extend() : this.#share();
  }

  #extend(): TemplateResult {
    const fault = spanFault(this.time, this.board.maxSeconds);
    const call = fault ? undefined : lab.extend(this.board.name, /^\d+$/.test(this.time.trim()) ? `${this.time.trim()}m` : this.time.trim().replaceAll(' ', ''));
    return dialog({
      heading: `Keep ${this.board.name} longer`, close: this.onClose,
      submit: () => { if (call) void this.#send(call, 'Extended', true); },
      body: html`<p>It ends <m-time .at=${this.board.reservation?.expiresAt}></m-time>.</p>
        ${field({ label: 'Longer by', id: 'e-time', fault, note: `A reservation lasts at most ${duration(this.board.maxSeconds * 1000)}, extensions included.` }, html`<input class="input" id="e-time" autocomplete="off" aria-describedby="e-time-note" .value=${this.time} @input=${(event: Event) => { this.time = valueOf(event); }}>`)}
        ${problemNote(this.#work.problem)}`,
      foot: html`<m-curl class="start" .call=${call}></m-curl><button type="button" class="button" @click=${this.onClose}>Cancel</button><button class="button primary" ?disabled=${!call || this.#work.busy}>Extend</button>`,
    });
  }

  #share(): TemplateResult {
    const shares = Object.entries(this.board.reservation?.shares ?? {});
    const call = this.user.trim() === '' ? undefined : lab.share(this.board.name, this.user.trim(), this.mode);
    return dialog({
      heading: `Share ${this.board.name}`, close: this.onClose,
      submit: () => { if (call) void this.#with(this.user.trim()); },
      body: html`
        ${shares.length === 0 ? nothing : html`<ul class="stack tight">${shares.map(([actor, mode]) => html`<li class="row between"><span class="break">${actorName(actor)} <span class="tag">${mode === 'rw' ? 'may use it' : 'may look'}</span></span>
          <button type="button" class="button small" ?disabled=${this.#work.busy} @click=${() => void this.#send(lab.share(this.board.name, actor, null), 'Shared no longer', false)}>${icon('cross', 14)}End<span class="sr"> sharing with ${actorName(actor)}</span></button></li>`)}</ul>`}
        ${field({ label: 'With', id: 'h-user', note: 'The user name, or user:<id>.' }, html`<input class="input" id="h-user" autocomplete="off" spellcheck="false" aria-describedby="h-user-note" .value=${this.user} @input=${(event: Event) => { this.user = valueOf(event); }}>`)}
        <fieldset class="stack tight"><legend class="label">They may</legend><div class="segments">${MODES.map(([mode, label]) => html`<label><input type="radio" name="mode" .checked=${this.mode === mode} @change=${() => { this.mode = mode; }}>${label}</label>`)}</div></fieldset>
        ${problemNote(this.#work.problem)}`,
      foot: html`<m-curl class="start" .call=${call}></m-curl><button type="button" class="button" @click=${this.onClose}>Close</button><button class="button primary" ?disabled=${!call || this.#work.busy}>Share</button>`,
    });
  }

  async #with(name: string): Promise<void> {
    await this.#work.run(async () => {
      await api.send(lab.share(this.board.name, name, this.mode));
      toast(`Shared with ${name}`);
      this.user = '';
      this.onDone();
    });
  }

  async #send(call: Call, said: string, last: boolean): Promise<void> {
    await this.#work.run(async () => {
      await api.send(call);
      toast(said);
      this.onDone();
      if (last) this.onClose();
    });
  }
}
customElements.define('m-board-share', BoardShare);
