import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { apps, type Stage } from '../api/apps.ts';
import type { Problem } from '../api/problem.ts';
import { AppLog, type LogState } from '../live/app-log.ts';
import { filtered, type LogLine, LogLines } from '../model/app-log.ts';
import { saveAs } from '../model/export.ts';
import { count, plural } from '../model/format.ts';
import { Base } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { problemNote, valueOf } from '../ui/pieces.ts';
import { type Look, state } from '../ui/states.ts';
import '../ui/curl.ts';

const LOG: Record<LogState, Look> = {
  connecting: { tone: 'info', icon: 'arrows', label: 'Connecting…' },
  live: { tone: 'ok', icon: 'dot', label: 'Live' },
  lost: { tone: 'warn', icon: 'unplugged', label: 'Coming back…' },
  ended: { tone: 'idle', icon: 'cross', label: 'Closed' },
};
/** Lines that are drawn; more of them can be saved. */
const DRAWN_MAX = 1000;
/** That near its end the log follows it, px. */
const AT_END = 30;

/** `<m-app-log .deviceId .app .stage>`: what an app on a device says, as it says it, with a filter. */
class AppLogView extends Base {
  static override properties = { deviceId: {}, app: {}, stage: {}, line: { state: true }, problem: { state: true }, words: { state: true }, paused: { state: true }, shown: { state: true } };
  declare deviceId: string;
  declare app: string;
  declare stage: Stage;
  declare line: LogState;
  declare problem: Problem | undefined;
  declare words: string;
  declare paused: boolean;
  /** As they were when somebody stopped the view. */
  declare shown: LogLine[];
  #lines = new LogLines();
  #log: AppLog | undefined;
  #atEnd = true;

  constructor() {
    super();
    this.stage = 'prod';
    this.line = 'connecting';
    this.words = '';
    this.paused = false;
    this.shown = [];
  }

  protected override entered(): void {
    this.until(() => this.#log?.stop());
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    this.#listen();
  }

  protected override willUpdate(_changed: PropertyValues): void {
    const view = this.querySelector<HTMLElement>('.applog');
    if (view) this.#atEnd = view.scrollHeight - view.scrollTop - view.clientHeight < AT_END;
  }

  /** The log follows its end unless somebody scrolled up to read. */
  protected override updated(_changed: PropertyValues): void {
    const view = this.querySelector<HTMLElement>('.applog');
    if (view && this.#atEnd) view.scrollTop = view.scrollHeight;
  }

  #listen = (): void => {
    this.#log?.stop();
    this.#log = new AppLog(this.deviceId, this.app, this.stage, {
      began: (window) => {
        if (window) this.#lines.begin(window.lines, window.truncated);
        this.#show();
      },
      heard: (items) => {
        this.#lines.add(items);
        this.#show();
      },
      became: (line, problem) => {
        if (line === 'lost' && this.line === 'live') this.#lines.gap('The connection broke off here.');
        this.line = line;
        this.problem = problem;
        this.#show();
      },
    });
    void this.#log.start();
  };

  #show(): void {
    if (!this.paused) this.shown = [...this.#lines.lines];
  }

  protected override render(): TemplateResult {
    const all = filtered(this.shown, this.words);
    const drawn = all.slice(-DRAWN_MAX);
    return html`<section class="card"><div class="card-head"><h2>Log</h2>${state(LOG, this.line, true)}<div class="actions">
        <button class="button small" aria-pressed=${this.paused ? 'true' : 'false'} @click=${() => { this.paused = !this.paused; this.#show(); }}>${icon(this.paused ? 'play' : 'pause', 14)}${this.paused ? 'Go on' : 'Hold'}</button>
        <button class="button small" @click=${() => { this.#lines.clear(); this.shown = []; }}>${icon('cross', 14)}Clear</button>
        <button class="button small" ?disabled=${all.length === 0} @click=${() => saveAs(`${this.deviceId}-${this.app}.log`, 'text/plain', `${all.map((each) => each.text).join('\n')}\n`)}>${icon('down', 14)}Save</button>
        <m-curl .call=${apps.readLog(this.deviceId, this.app, this.stage, 200)}></m-curl></div></div>
      <div class="card-body stack tight">
        <div class="combo">${icon('search')}<input class="input" type="search" aria-label="Filter the log" placeholder="Only lines with these words" .value=${this.words} @input=${(event: Event) => { this.words = valueOf(event); }}></div>
        ${problemNote(this.problem, this.#listen)}
        <div class="log applog" tabindex="0" role="log" aria-label="Log of ${this.app}">${drawn.length === 0 ? html`<p class="muted">${this.words && this.shown.length > 0 ? 'No line has these words.' : this.line === 'connecting' ? '' : 'Nothing was said yet.'}</p>`
          : html`<ol>${repeat(drawn, (each) => each.key, (each) => html`<li class=${each.kind}>${each.kind === 'agent' ? html`<span class="sr">The agent: </span>` : nothing}${each.text}</li>`)}</ol>`}</div>
        <p class="muted small">${this.words ? `${count(all.length)} of ${plural(this.shown.length, 'line')}` : plural(this.shown.length, 'line')}${all.length > drawn.length ? `, the newest ${count(drawn.length)} are shown` : ''}${this.paused ? '; the view is held, and goes on where it is' : ''}</p>
      </div></section>`;
  }
}
customElements.define('m-app-log', AppLogView);
