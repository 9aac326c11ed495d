import { html, nothing } from 'lit';
import { lab } from '../api/lab.ts';
import { Problem } from '../api/problem.ts';
import type { CloudEvent } from '../api/types.ts';
import { hub } from '../live/hub.ts';
import { eventWords } from '../model/event-words.ts';
import { Base } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { actorName, onNames } from '../ui/names.ts';
import { bones, problemNote } from '../ui/pieces.ts';
import { session } from '../ui/session.ts';
import '../ui/time.ts';

/** How far back in the log one look goes, and how many answers it may take. */
const REACH = 5000;
const PAGES_MAX = 20;

/** `<m-board-history .name>`: what happened to a board, newest first, read back from the log piece by piece. */
class BoardHistory extends Base {
  static override properties = { name: {}, events: { state: true }, from: { state: true }, reading: { state: true }, problem: { state: true } };
  declare name: string;
  declare events: CloudEvent[];
  /** The place in the log up to which it was read back; undefined before the first look. */
  declare from: number | undefined;
  declare reading: boolean;
  declare problem: Problem | undefined;

  constructor() {
    super();
    this.events = [];
  }

  protected override entered(): void {
    this.until(onNames(() => this.requestUpdate()));
    this.until(hub.onEvents((batch) => this.#add(batch.filter((event) => event.subject === `boards/${this.name}`))));
    const begin = (): void => {
      if (this.from === undefined && !this.reading && hub.position !== undefined) void this.#back(hub.position + 1);
    };
    this.until(hub.onPosition(begin));
    begin();
  }

  /** Reads what was before a place in the log. */
  async #back(before: number): Promise<void> {
    const from = Math.max(-1, before - REACH);
    this.reading = true;
    try {
      let after = from;
      for (let page = 0; page < PAGES_MAX && after < before - 1; page++) {
        const { items, next } = await lab.events(this.name, after);
        this.#add(items);
        const reached = Number(next ?? Number.NaN);
        if (!(reached > after)) break;
        after = reached;
      }
      this.from = from;
      this.problem = undefined;
    } catch (thrown) {
      this.problem = Problem.of(thrown);
    } finally {
      this.reading = false;
    }
  }

  #add(events: CloudEvent[]): void {
    const known = new Set(this.events.map((each) => each.id));
    const fresh = events.filter((each) => !known.has(each.id));
    if (fresh.length > 0) this.events = [...this.events, ...fresh].sort((a, b) => Number(b.sequence ?? 0) - Number(a.sequence ?? 0));
  }

  protected override render() {
    return html`<section class="card"><div class="card-head"><h2>History</h2></div><div class="card-body stack tight">
      ${problemNote(this.problem, () => void this.#back((this.from ?? hub.position ?? 0) + 1))}
      ${this.from === undefined && this.events.length === 0 ? (this.problem ? nothing : bones(5)) : this.events.length === 0 ? html`<p class="muted">Nothing of late.</p>` : html`<ol class="timeline">${this.events.map((event) => {
        const words = eventWords(event.type, event.data);
        const output = session.may('lab-admin') ? lab.output(event.data) : undefined;
        return html`<li><span class="state ${words.tone}">${icon(words.icon, 15)}</span>
          <span class="break">${words.title}${words.detail ? html` <span class="muted">${words.detail}</span>` : nothing}${output ? html` <a class="small" href=${output} target="_blank" rel="noopener">What it said</a>` : nothing}${event.actor && event.actor !== 'system' ? html`<span class="muted small"> by ${actorName(event.actor)}</span>` : nothing}</span>
          <span class="muted small"><m-time .at=${event.time}></m-time></span></li>`;
      })}</ol>`}
      ${this.from !== undefined && this.from > 0 ? html`<div><button class="button small" ?disabled=${this.reading} @click=${() => void this.#back(this.from! + 1)}>${this.reading ? 'Reading…' : 'Show earlier'}</button></div>` : nothing}
    </div></section>`;
  }
}
customElements.define('m-board-history', BoardHistory);
