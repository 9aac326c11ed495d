import { html, nothing, type TemplateResult } from 'lit';
import { lab, type Board, type Usage } from '../api/lab.ts';
import { Throttle } from '../live/frames.ts';
import { hub } from '../live/hub.ts';
import { duration } from '../model/format.ts';
import { environmentFacts, usageFigure } from '../model/lab.ts';
import { deviceLink } from '../routes.ts';
import { Base, Resource } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { actorName, onNames } from '../ui/names.ts';
import { bones, note, problemNote } from '../ui/pieces.ts';
import { session } from '../ui/session.ts';
import { BOARD, state } from '../ui/states.ts';
import '../ui/time.ts';
import './board-deeds.ts';
import './board-history.ts';
import { holderName, kindOf, powerState } from './lab-parts.ts';
import { figuresOf } from './lab-usage.ts';

/** What the parts of a board are called, where its configuration says `cls`. */
const OPTIONS: Record<string, string> = { etheriface: 'Ethernet', serialconsole: 'Serial console', snmppower: 'Power by SNMP', gpiopower: 'Power by GPIO', commandpower: 'Power by a program' };

/** All that is known of one board, as it is now. */
class BoardPage extends Base {
  static override properties = { name: {} };
  declare name: string;
  #board = new Resource<Board>(this, (signal) => lab.board(this.name, signal));
  #usage = new Resource<Usage[]>(this, (signal) => lab.usage({ board: this.name }, signal));
  #refresh = new Throttle(() => this.#load(), 250);

  protected override entered(): void {
    void this.#load();
    this.until(onNames(() => this.requestUpdate()));
    this.until(hub.onEvents((batch) => { if (batch.some((event) => event.subject === `boards/${this.name}`)) this.#refresh.ask(); }));
    this.until(hub.onGap(() => this.#refresh.ask()));
    this.until(() => this.#refresh.stop());
  }

  #load = async (): Promise<void> => {
    await Promise.all([this.#board.load(), this.#usage.load()]);
  };

  protected override render() {
    const board = this.#board.value;
    const whole = board && (this.#usage.value || this.#usage.problem);
    return html`<div class="page">
      <div class="page-head"><div><div class="crumb"><a href="/lab">Lab</a></div><h1>${this.name}</h1></div>
        ${board ? html`<span class="row wrap">${state(BOARD, board.state, true)}</span>` : nothing}
        <div class="actions">${board ? html`<m-board-deeds .board=${board} .onChanged=${() => this.#refresh.ask()}></m-board-deeds>` : nothing}</div></div>
      ${problemNote(this.#board.problem, () => void this.#load())}
      ${whole ? this.#body(board) : this.#board.problem ? nothing : html`<div class="columns"><div class="card"><div class="card-body">${bones(8)}</div></div><div class="card"><div class="card-body">${bones(6)}</div></div></div>`}
    </div>`;
  }

  #body(board: Board): TemplateResult {
    return html`
      ${board.fault ? note('bad', html`<b>It is faulty.</b> ${board.fault}`) : nothing}
      ${board.degraded ? note('warn', html`<b>It is degraded.</b> ${board.degraded}`) : nothing}
      ${board.note ? note('warn', html`<b>${board.state === 'maintenance' ? 'It is in maintenance.' : 'It goes into maintenance when nobody has it.'}</b> ${board.note}`) : nothing}
      <div class="columns"><div class="stack">
        ${this.#reservation(board)}${this.#environment(board)}
        ${session.may('events-read') ? html`<m-board-history .name=${board.name}></m-board-history>` : nothing}
      </div><div class="stack">${this.#facts(board)}${this.#options(board)}${this.#use()}</div></div>`;
  }

  #reservation(board: Board): TemplateResult {
    const { reservation } = board;
    const shares = Object.entries(reservation?.shares ?? {});
    return html`<section class="card"><div class="card-head"><h2>Reservation</h2></div><div class="card-body">${reservation ? html`<dl class="facts">
      <dt>Holder</dt><dd>${holderName(reservation, board.mine)}</dd>
      ${reservation.purpose ? html`<dt>Purpose</dt><dd>${reservation.purpose}</dd>` : nothing}
      <dt>Since</dt><dd><m-time .at=${reservation.since}></m-time></dd>
      <dt>Ends</dt><dd><m-time .at=${reservation.expiresAt}></m-time> <span class="muted">(<m-time full .at=${reservation.expiresAt}></m-time>)</span></dd>
      ${shares.length === 0 ? nothing : html`<dt>Shared with</dt><dd><ul>${shares.map(([actor, mode]) => html`<li>${actorName(actor)} <span class="tag">${mode === 'rw' ? 'may use it' : 'may look'}</span></li>`)}</ul></dd>`}
    </dl>` : html`<p class="muted">Nobody has it.</p>`}</div></section>`;
  }

  #environment(board: Board): TemplateResult | typeof nothing {
    const attrs = environmentFacts(board);
    if (board.state !== 'reserved' || attrs.length === 0) return nothing;
    return html`<section class="card"><div class="card-head"><h2>Environment</h2></div><div class="card-body"><dl class="facts">
      ${attrs.map(([key, value]) => html`<dt class="break">${key}</dt><dd><code>${typeof value === 'object' ? JSON.stringify(value) : String(value)}</code></dd>`)}</dl>
      ${board.mine ? html`<p class="muted small board-hint">${icon('terminal', 14)} <code>muster lab ssh ${board.name}</code></p>` : nothing}</div></section>`;
  }

  #facts(board: Board): TemplateResult {
    const attributes = Object.entries(board.attributes).sort(([a], [b]) => a.localeCompare(b));
    return html`<section class="card"><div class="card-head"><h2>About</h2></div><div class="card-body"><dl class="facts">
      <dt>Class</dt><dd>${kindOf(board)}</dd>
      ${attributes.map(([key, value]) => html`<dt class="break">${key}</dt><dd>${value}</dd>`)}
      <dt>Power</dt><dd>${powerState(board)}</dd>
      <dt>Lent for</dt><dd>${duration(board.defaultSeconds * 1000)}, at most ${duration(board.maxSeconds * 1000)}</dd>
      ${board.deviceId ? html`<dt>Device</dt><dd>${session.may('devices-read') ? html`<a href=${deviceLink(board.deviceId)}>${board.deviceId}</a>` : board.deviceId}</dd>` : nothing}
      ${board.flashBack ? html`<dt>Flashed back to</dt><dd>${board.flashBack.release} ${board.flashBack.version}, within ${duration(board.flashBack.withinSeconds * 1000)}</dd>` : nothing}
      <dt>Changed</dt><dd><m-time .at=${board.changedAt}></m-time></dd>
    </dl></div></section>`;
  }

  #options(board: Board): TemplateResult {
    return html`<section class="card"><div class="card-head"><h2>Wired as</h2></div><div class="card-body stack">
      ${board.options.length === 0 ? html`<p class="muted">It has neither power, console nor network.</p>` : board.options.map(({ cls, ...parameters }) => html`<div class="stack tight"><h3>${OPTIONS[cls] ?? cls}</h3>
        <dl class="facts">${Object.entries(parameters).map(([key, value]) => html`<dt class="break">${key.replaceAll('_', ' ')}</dt><dd><code>${typeof value === 'object' ? JSON.stringify(value) : String(value)}</code></dd>`)}</dl></div>`)}</div></section>`;
  }

  #use(): TemplateResult {
    const row = this.#usage.value?.find((each) => each.board === this.name);
    return html`<section class="card"><div class="card-head"><h2>Use</h2></div><div class="card-body">${problemNote(this.#usage.problem)}
      ${row ? html`<dl class="facts">${figuresOf(row).map(([name, value]) => {
        const [label, figure] = usageFigure(name, value);
        return html`<dt>${label}</dt><dd>${figure}</dd>`;
      })}</dl>` : this.#usage.problem ? nothing : html`<p class="muted">Nothing to count yet.</p>`}</div></section>`;
  }
}
customElements.define('page-board', BoardPage);
