import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { lab, type Board, type PowerAction } from '../api/lab.ts';
import type { Problem } from '../api/problem.ts';
import { ConsoleSocket } from '../live/console-socket.ts';
import { Throttle } from '../live/frames.ts';
import { hub } from '../live/hub.ts';
import type { LineState, Notice } from '../model/console-line.ts';
import { saveAs } from '../model/export.ts';
import { deedsOf } from '../model/lab.ts';
import { boardLink } from '../routes.ts';
import { Base, Resource } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { onNames } from '../ui/names.ts';
import { dialog, note, problemNote } from '../ui/pieces.ts';
import { session } from '../ui/session.ts';
import { BOARD, type Look, state } from '../ui/states.ts';
import type { TerminalHandle } from '../ui/terminal.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/menu.ts';
import { POWERS } from './board-deeds.ts';
import { holderName, myself, powerState, rights } from './lab-parts.ts';

const LINE: Record<LineState, Look> = {
  connecting: { tone: 'info', icon: 'arrows', label: 'Connecting…' },
  open: { tone: 'ok', icon: 'dot', label: 'Connected' },
  lost: { tone: 'warn', icon: 'unplugged', label: 'Coming back…' },
  ended: { tone: 'idle', icon: 'cross', label: 'Closed' },
};

/** A board's serial console: one has the pen, any number look on. */
class BoardConsole extends Base {
  static override properties = { name: {}, line: { state: true }, why: { state: true }, problem: { state: true }, writer: { state: true }, pen: { state: true }, serialLost: { state: true }, asking: { state: true } };
  declare name: string;
  declare line: LineState;
  declare why: string | undefined;
  declare problem: Problem | undefined;
  /** Who has the pen, when it is somebody else. */
  declare writer: string | undefined;
  /** Whether what is typed here reaches the board. */
  declare pen: boolean;
  /** The server itself has lost the serial line. */
  declare serialLost: boolean;
  declare asking: PowerAction | undefined;
  #board = new Resource<Board>(this, (signal) => lab.board(this.name, signal));
  #refresh = new Throttle(() => this.#board.load(), 250);
  #socket: ConsoleSocket | undefined;
  #terminal: TerminalHandle | undefined;

  constructor() {
    super();
    this.line = 'connecting';
    this.pen = true;
    this.serialLost = false;
  }

  protected override entered(): void {
    this.until(onNames(() => this.requestUpdate()));
    this.until(hub.onEvents((batch) => { if (batch.some((event) => event.subject === `boards/${this.name}`)) this.#refresh.ask(); }));
    this.until(hub.onGap(() => this.#refresh.ask()));
    this.until(() => {
      this.#refresh.stop();
      this.#socket?.stop();
      this.#terminal?.dispose();
    });
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    void this.#open();
  }

  async #open(): Promise<void> {
    const [{ openTerminal }] = await Promise.all([import('../ui/terminal.ts'), this.#board.load()]);
    if (!this.isConnected) return;
    this.#terminal = openTerminal(this.querySelector<HTMLElement>('.terminal-host')!, `Console of ${this.name}`, (text) => this.#typed(text));
    this.#connect();
    this.#terminal.focus();
  }

  #connect = (): void => {
    this.#socket?.stop();
    this.#socket = new ConsoleSocket(this.name, this.#mayWrite ? 'rw' : 'ro', {
      heard: (bytes, first) => {
        // What was before is told again on each connection; without this it would stand there twice.
        if (first) this.#terminal?.reset();
        this.#terminal?.write(bytes);
      },
      noticed: (notice) => this.#noticed(notice),
      became: (line, why) => {
        this.line = line;
        this.why = why?.text;
        this.problem = why?.problem;
        if (line === 'open') {
          this.serialLost = false;
          this.#pen(this.#mayWrite, undefined);
        }
      },
    });
    void this.#socket.start();
  };

  /** Whether the person may type at all, with or without the pen. */
  get #mayWrite(): boolean {
    const board = this.#board.value;
    if (!board) return true;
    const me = myself();
    return board.mine || rights() === 'admin' || (me !== undefined && board.reservation?.shares?.[me] === 'rw');
  }

  #pen(pen: boolean, writer: string | undefined): void {
    this.pen = pen;
    this.writer = writer;
    if (this.#terminal) this.#terminal.readOnly = !pen;
  }

  #noticed(notice: Notice): void {
    switch (notice.kind) {
      case 'writer': {
        const mine = notice.mine ?? (notice.writer === session.me?.name || notice.writer === myself());
        this.#pen(mine && this.#mayWrite, mine ? undefined : notice.writer);
        break;
      }
      case 'power': this.#refresh.ask(); break;
      case 'lost': this.serialLost = true; break;
      case 'back': this.serialLost = false; break;
      case 'error': toast(notice.message, 'bad');
    }
  }

  #typed(text: string): void {
    if (this.pen) this.#socket?.type(text);
  }

  #order(order: Parameters<ConsoleSocket['order']>[0], said: string): void {
    if (this.#socket?.order(order)) toast(said);
    else toast('The console is not connected', 'bad');
    this.#terminal?.focus();
  }

  protected override render() {
    const board = this.#board.value;
    return html`<div class="page console-page">
      <div class="page-head"><div><div class="crumb"><a href="/lab">Lab</a> / <a href=${boardLink(this.name)}>${this.name}</a></div><h1>Console of ${this.name}</h1></div>
        <span class="row wrap">${board ? state(BOARD, board.state, true) : nothing}${state(LINE, this.line, true)}</span></div>
      ${problemNote(this.#board.problem, () => void this.#board.load())}
      ${this.#standing()}
      <section class="card terminal-card" aria-label="Serial console">
        <div class="terminal-bar">${this.#penState()}<span class="grow"></span>${board ? this.#tools(board) : nothing}</div>
        <div class="terminal-host"></div>
      </section>
      ${this.asking ? this.#ask(this.asking) : nothing}
    </div>`;
  }

  /** What is in the way of the console, above it. */
  #standing(): TemplateResult | typeof nothing {
    if (this.line === 'ended') {
      return html`${this.problem ? problemNote(this.problem, this.#connect) : html`<div class="notice info">${icon('info')}<div class="grow">${this.why}</div><button class="button small" @click=${this.#connect}>${icon('refresh', 14)}Connect again</button></div>`}`;
    }
    if (this.line === 'lost') return note('warn', html`${this.why} It comes back by itself.`);
    return this.serialLost ? note('warn', 'The serial line itself is lost; the server tries to open it again.') : nothing;
  }

  #penState(): TemplateResult {
    if (this.line !== 'open') return html`<span class="muted">${this.line === 'connecting' ? 'Connecting…' : 'Not connected'}</span>`;
    if (this.pen) return html`<span class="state ok">${icon('pen', 15)}You have the pen</span>`;
    return html`<span class="state warn">${icon('lock', 15)}${this.writer ? `${holderName({ holder: this.writer, holderName: this.writer }, false)} has the pen` : 'You look on'}</span>
      ${this.#mayWrite ? html`<button class="button small" @click=${() => this.#order({ cmd: 'take' }, 'Asked for the pen')}>${icon('pen', 14)}Take the pen</button>` : nothing}`;
  }

  #tools(board: Board): TemplateResult {
    const open = this.line === 'open';
    const power = deedsOf(board, rights(), myself()).has('power');
    return html`${powerState(board)}
      ${power ? html`<m-menu look="button small" .label=${'Power'} .button=${html`${icon('power', 14)}Power`} .items=${() => html`${POWERS.map(([action, label]) => html`<button ?disabled=${!open || board.powering} @click=${() => { this.asking = action; }}>${icon(action === 'cycle' ? 'refresh' : 'power')}${label}</button>`)}`}></m-menu>` : nothing}
      <button class="button small" ?disabled=${!open || !this.pen} title="Holds the line low for a moment, as a boot loader or SysRq wants it" @click=${() => this.#order({ cmd: 'break' }, 'Break sent')}>Break</button>
      <button class="button small" @click=${() => saveAs(`${this.name}-console.txt`, 'text/plain', this.#terminal?.text() ?? '')}>${icon('down', 14)}Save<span class="sr"> what is shown</span></button>`;
  }

  #ask(action: PowerAction): TemplateResult {
    const close = (): void => { this.asking = undefined; };
    const [, label, said] = POWERS.find(([each]) => each === action)!;
    return dialog({
      heading: `${label} ${this.name}?`, close,
      body: html`<p>${action === 'on' ? 'It starts.' : 'What runs on it is cut off without warning.'} You stay on the console.</p>`,
      foot: html`<button class="button" @click=${close}>Cancel</button><button class="button ${action === 'on' ? 'primary' : 'solid-danger'}" autofocus @click=${() => { close(); this.#order({ cmd: 'power', value: action }, `${said}; the switch is being asked`); }}>${label}</button>`,
    });
  }
}
customElements.define('page-board-console', BoardConsole);
