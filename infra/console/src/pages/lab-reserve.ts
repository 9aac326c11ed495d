import { html, nothing, type TemplateResult } from 'lit';
import type { Call } from '../api/call.ts';
import { lab, type Board, type BoardClass, type ReserveBody } from '../api/lab.ts';
import { duration } from '../model/format.ts';
import { keyLines, spanFault, spanSeconds, spanText, sshKeysFault } from '../model/lab.ts';
import { boardLink } from '../routes.ts';
import { Base, Work } from '../ui/element.ts';
import { go } from '../ui/navigation.ts';
import { dialog, field, note, problemNote, valueOf } from '../ui/pieces.ts';
import { memory } from '../ui/session.ts';
import { BOARD } from '../ui/states.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';

const KEYS = 'lab.ssh-keys';
const POWERS = [['keep', 'As it is'], ['on', 'On'], ['off', 'Off']] as const;

/** Asks for a board: this one or any of a class, now or in the queue. */
class LabReserve extends Base {
  static override properties = { boards: { attribute: false }, classes: { attribute: false }, board: { attribute: false }, chosen: {}, what: { state: true }, time: { state: true }, purpose: { state: true }, keys: { state: true }, power: { state: true }, queue: { state: true }, wait: { state: true } };
  /** To choose from; left out when `board` says which. */
  declare boards: Board[] | undefined;
  declare classes: BoardClass[] | undefined;
  declare board: Board | undefined;
  /** The class that is chosen at first. */
  declare chosen: string | undefined;
  /** `class:…` or `board:…`. */
  declare what: string;
  declare time: string | undefined;
  declare purpose: string;
  declare keys: string;
  declare power: 'on' | 'off' | 'keep';
  declare queue: boolean;
  declare wait: string;
  onClose: () => void = () => {};
  onDone: () => void = () => {};
  #work = new Work(this);

  constructor() {
    super();
    this.what = this.purpose = this.wait = '';
    this.keys = memory.read(KEYS) ?? '';
    this.power = 'keep';
    this.queue = false;
  }

  protected override entered(): void {
    if (this.board) {
      this.what = `board:${this.board.name}`;
      this.queue = this.board.state !== 'free';
      return;
    }
    const first = this.classes?.find((each) => each.name === this.chosen) ?? this.classes?.find((each) => each.free > 0) ?? this.classes?.[0];
    this.what = first ? `class:${first.name}` : '';
  }

  /** The boards that would do. */
  get #candidates(): Board[] {
    if (this.board) return [this.board];
    const name = this.what.slice(6);
    return (this.boards ?? []).filter((each) => (this.what.startsWith('board:') ? each.name === name : each.brdclass === name));
  }

  get #most(): number | undefined {
    const candidates = this.#candidates;
    return candidates.length > 0 ? Math.max(...candidates.map((each) => each.maxSeconds)) : undefined;
  }

  /** What is typed, or as long as the board lends itself. */
  get #time(): string {
    return this.time ?? spanText(this.#candidates[0]?.defaultSeconds ?? 3600);
  }

  get #call(): Call | undefined {
    if (this.what === '' || spanFault(this.#time, this.#most) || sshKeysFault(this.keys) || (this.queue && this.wait.trim() !== '' && spanFault(this.wait))) return undefined;
    const name = this.what.slice(6);
    const body: ReserveBody = { duration: this.#plain(this.#time), purpose: this.purpose.trim(), sshpubkey: keyLines(this.keys), power: this.power };
    const board = this.what.startsWith('board:');
    if (board && !this.queue) return lab.reserve(name, body);
    return lab.queue({ [board ? 'board' : 'class']: name, ...body, ...(this.queue && this.wait.trim() !== '' && { until: this.#until }) });
  }

  /** When waiting ends, to the minute, so that the call that is shown does not change all the time. */
  get #until(): string {
    return new Date(Math.ceil((Date.now() + spanSeconds(this.wait)! * 1000) / 60_000) * 60_000).toISOString();
  }

  /** As the server reads it; a bare number is minutes for people. */
  #plain(text: string): string {
    const plain = text.trim().replaceAll(' ', '');
    return /^\d+$/.test(plain) ? `${plain}m` : plain;
  }

  protected override render() {
    const call = this.#call;
    return dialog({
      heading: this.board ? `${this.board.state === 'free' ? 'Reserve' : 'Queue for'} ${this.board.name}` : 'Reserve a board',
      close: this.onClose,
      submit: () => { if (call) void this.#send(call); },
      body: html`
        ${this.board ? nothing : this.#what()}
        ${field({ label: 'For', id: 'l-time', fault: spanFault(this.#time, this.#most), note: this.#most === undefined ? 'As 30m, 2h or 1h30m.' : `As 30m, 2h or 1h30m; at most ${duration(this.#most * 1000)}.` },
          html`<input class="input" id="l-time" autocomplete="off" aria-describedby="l-time-note" .value=${this.#time} @input=${(event: Event) => { this.time = valueOf(event); }}>`)}
        ${field({ label: 'Purpose', id: 'l-purpose', optional: true, note: 'Others see it on the wall.' }, html`<input class="input" id="l-purpose" maxlength="200" autocomplete="off" aria-describedby="l-purpose-note" .value=${this.purpose} @input=${(event: Event) => { this.purpose = valueOf(event); }}>`)}
        <fieldset class="stack tight"><legend class="label">If ${this.what.startsWith('class:') ? 'none is' : 'it is not'} free</legend><div class="segments">
          ${[[false, 'Say so'], [true, 'Queue me']].map(([queue, label]) => html`<label><input type="radio" name="queue" .checked=${this.queue === queue} @change=${() => { this.queue = queue as boolean; }}>${label}</label>`)}</div></fieldset>
        ${this.queue ? field({ label: 'Wait at most', id: 'l-wait', optional: true, fault: this.wait.trim() === '' ? undefined : spanFault(this.wait), note: 'Without it the request waits until you cancel it.' },
          html`<input class="input" id="l-wait" autocomplete="off" placeholder="10m" aria-describedby="l-wait-note" .value=${this.wait} @input=${(event: Event) => { this.wait = valueOf(event); }}>`) : nothing}
        <fieldset class="stack tight"><legend class="label">Power when you get it</legend><div class="segments">${POWERS.map(([power, label]) => html`<label><input type="radio" name="power" .checked=${this.power === power} @change=${() => { this.power = power; }}>${label}</label>`)}</div></fieldset>
        ${field({ label: 'SSH public keys', id: 'l-keys', optional: true, fault: sshKeysFault(this.keys), note: 'Who is let into the board’s environment, one key a line. This browser remembers them.' },
          html`<textarea class="input mono" id="l-keys" rows="3" wrap="off" spellcheck="false" placeholder="ssh-ed25519 AAAA… you@host" aria-describedby="l-keys-note" .value=${this.keys} @input=${(event: Event) => { this.keys = valueOf(event); }}></textarea>`)}
        ${this.#work.busy && !this.queue ? note('info', 'It is being made ready; this may take a minute or two. You may close this, it goes on.') : nothing}
        ${problemNote(this.#work.problem)}`,
      foot: html`<m-curl class="start" .call=${call}></m-curl><button type="button" class="button" @click=${this.onClose}>Close</button>
        <button class="button primary" ?disabled=${!call || this.#work.busy}>${this.queue ? 'Queue' : this.#work.busy ? 'Getting it ready…' : 'Reserve'}</button>`,
    });
  }

  #what(): TemplateResult {
    const option = (value: string, label: string): TemplateResult => html`<option value=${value} ?selected=${this.what === value}>${label}</option>`;
    return field({ label: 'What', id: 'l-what' }, html`<select class="input" id="l-what" @change=${(event: Event) => { this.what = valueOf(event); }}>
      <optgroup label="Any of a class">${this.classes?.map((each) => option(`class:${each.name}`, `${each.name}, ${each.free} of ${each.total} free`))}</optgroup>
      <optgroup label="This very board">${this.boards?.map((each) => option(`board:${each.name}`, `${each.name}, ${BOARD[each.state].label.toLowerCase()}`))}</optgroup></select>`);
  }

  async #send(call: Call): Promise<void> {
    await this.#work.run(async () => {
      memory.keep(KEYS, keyLines(this.keys) || undefined);
      const taken = await lab.take(call, this.queue);
      const closed = !this.isConnected;
      this.onDone();
      if ('place' in taken) {
        toast(taken.place > 0 ? `Queued; you are number ${taken.place} in line` : 'It is being made ready');
        if (!closed) go('/lab/-/queue');
      } else {
        toast(`${taken.name} is yours`);
        if (!closed) go(boardLink(taken.name));
      }
      this.onClose();
    });
  }
}
customElements.define('m-lab-reserve', LabReserve);
