import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { api } from '../api/http.ts';
import { Problem } from '../api/problem.ts';
import type { CloudEvent } from '../api/types.ts';
import { Throttle } from '../live/frames.ts';
import { hub } from '../live/hub.ts';
import { EVENT_KEYS, eventKey, eventWords } from '../model/event-words.ts';
import { visibleRange } from '../model/cursor-table.ts';
import { clock, count, dateTime, utc } from '../model/format.ts';
import { subjectLink } from '../routes.ts';
import { styled } from '../ui/directives.ts';
import { Base } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { query, setQuery } from '../ui/navigation.ts';
import { actorName, onNames } from '../ui/names.ts';
import { copy, dialog, empty, problemNote, valueOf } from '../ui/pieces.ts';
import '../ui/curl.ts';

/** Lines that are kept on the page. */
const KEPT_MAX = 2000;
/** Heights of a line in CSS pixels, as the style sheet has them. */
const ROW = 33;
const ROW_NARROW = 54;
const EARLIER_HEIGHT = 52;
const NARROW = matchMedia('(max-width: 720px)');
/** Shortest time between two drawings, ms: lines that run faster cannot be read, only cost. */
const DRAW_EVERY = 200;
const EARLIER = 200;
const CAPABILITIES = [...new Set(EVENT_KEYS.map((key) => key.slice(0, key.indexOf('.'))))];

/** What happens, as it happens. */
class Events extends Base {
  static override properties = { type: { state: true }, words: { state: true }, paused: { state: true }, held: { state: true }, waiting: { state: true }, shown: { state: true }, opened: { state: true }, problem: { state: true }, reading: { state: true }, atStart: { state: true } };
  declare type: string;
  declare words: string;
  declare paused: boolean;
  /** Somebody points at a line or has the focus on it: nothing moves under them. */
  declare held: boolean;
  /** Events that came while nothing moved. */
  declare waiting: number;
  declare shown: CloudEvent[];
  declare opened: CloudEvent | undefined;
  declare problem: Problem | undefined;
  declare reading: boolean;
  declare atStart: boolean;

  #came: CloudEvent[] = [];
  #draw = new Throttle(() => this.#catchUp(), DRAW_EVERY);
  #filled = false;
  #top = 0;
  #height = 600;

  constructor() {
    super();
    this.type = query('type');
    this.words = query('q');
    this.waiting = 0;
    this.shown = [...hub.kept];
  }

  protected override entered(): void {
    this.until(onNames(() => this.requestUpdate()));
    this.until(hub.onEvents((batch) => {
      this.#came.push(...batch);
      if (this.paused || this.held) this.waiting += batch.filter((each) => this.#fits(each)).length;
      else this.#draw.ask();
    }));
    this.until(() => this.#draw.stop());
    // A page that was just opened shows what has just been, not an empty list.
    const fill = (): void => {
      if (hub.position === undefined || this.#filled) return;
      this.#filled = true;
      if (this.shown.length < EARLIER / 4) void this.#earlier();
    };
    this.until(hub.onPosition(fill));
    fill();
  }

  #fits(event: CloudEvent): boolean {
    const key = eventKey(event.type);
    if (this.type && key !== this.type && !key.startsWith(`${this.type}.`)) return false;
    const words = this.words.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return true;
    const text = `${key} ${event.subject} ${event.actor ?? ''} ${JSON.stringify(event.data)}`.toLowerCase();
    return words.every((word) => text.includes(word));
  }

  protected override firstUpdated(): void {
    const scroller = this.querySelector('.events-live')!;
    const observer = new ResizeObserver(() => {
      this.#height = scroller.clientHeight;
      this.requestUpdate();
    });
    observer.observe(scroller);
    this.until(() => observer.disconnect());
  }

  protected override render() {
    const fitting = this.shown.filter((each) => this.#fits(each)).reverse();
    return html`<div class="page events-page">
      <div class="page-head"><h1>Events</h1><span class="sub">${count(fitting.length)}${this.held && !this.paused && this.waiting > 0 ? `, held while you point at them: ${count(this.waiting)} new` : ''}</span></div>
      <div class="toolbar">
        <select class="input choice" aria-label="Type" @change=${(event: Event) => { this.type = valueOf(event); setQuery({ type: this.type }); }}>
          <option value="" ?selected=${this.type === ''}>All types</option>
          ${CAPABILITIES.map((capability) => html`<optgroup label=${capability}><option value=${capability} ?selected=${this.type === capability}>All of ${capability}</option>
            ${EVENT_KEYS.filter((key) => key.startsWith(`${capability}.`)).map((key) => html`<option value=${key} ?selected=${this.type === key}>${eventWords(key, {}).title}</option>`)}</optgroup>`)}
        </select>
        <div class="combo grow">${icon('search')}<input class="input" type="search" aria-label="Words in the event" placeholder="Words: a device, an actor, a message" .value=${this.words} @input=${(event: Event) => { this.words = valueOf(event); setQuery({ q: this.words }); }}></div>
        <button class="button" aria-pressed=${this.paused ? 'true' : 'false'} @click=${this.#pause}>${icon(this.paused ? 'play' : 'pause')}${this.paused ? `Go on${this.waiting > 0 ? ` (${count(this.waiting)} new)` : ''}` : 'Pause'}</button>
        <m-curl .label=${'as curl -N'} .call=${{ method: 'GET', path: '/events', query: { type: this.type ? `muster.${this.type}.*` : undefined } }}></m-curl>
      </div>
      ${problemNote(this.problem)}
      <div class="card events-live" tabindex="0" role="region" aria-label="Events, newest first" @scroll=${this.#scrolled}
        @pointerenter=${() => { this.held = true; }} @pointerleave=${this.#release} @focusin=${(event: FocusEvent) => { if (event.target !== event.currentTarget) this.held = true; }} @focusout=${this.#release}>
        ${fitting.length === 0 ? empty('events', 'Waiting for the next event', this.type || this.words ? 'Nothing that has come so far fits the filter.' : 'Everything that happens appears here by itself.') : this.#lines(fitting)}
        ${fitting.length === 0 && !this.atStart ? this.#earlierButton() : nothing}
      </div>
      ${this.opened ? this.#details(this.opened) : nothing}
    </div>`;
  }

  /**
   * Only the lines that are seen. A line's own place counts from the oldest and never changes; what moves when events
   * come is the sheet as a whole, which costs no painting and shifts no layout.
   */
  #lines(fitting: CloudEvent[]): TemplateResult {
    const height = NARROW.matches ? ROW_NARROW : ROW;
    const { from, to } = visibleRange(this.#top, this.#height, height, fitting.length);
    const places = Array.from({ length: to - from }, (_, i) => from + i);
    return html`<div class="event-lines" ${styled({ height: `${fitting.length * height + (this.atStart ? 0 : EARLIER_HEIGHT)}px` })}><div class="event-sheet" ${styled({ transform: `translateY(${fitting.length * height}px)` })}>
      ${repeat(places, (place) => fitting[place]!.id, (place) => this.#row(fitting[place]!, (place - fitting.length) * height))}${this.atStart ? nothing : this.#earlierButton()}</div></div>`;
  }

  #earlierButton(): TemplateResult {
    return html`<div class="earlier"><button class="button small" ?disabled=${this.reading} @click=${() => void this.#earlier()}>${this.reading ? 'Reading…' : 'Read earlier events'}</button></div>`;
  }

  #row(event: CloudEvent, top: number): TemplateResult {
    const words = eventWords(event.type, event.data);
    return html`<button class="event-row" ${styled({ transform: `translateY(${top}px)` })} @click=${() => { this.opened = event; }}><time class="muted" datetime=${event.time}>${clock(event.time)}</time><span class="state ${words.tone}">${icon(words.icon, 15)}</span>
      <span>${words.title} <span class="muted">${words.detail}</span></span><span class="mono small">${event.subject}</span><span class="muted small">${actorName(event.actor)}</span><span class="muted small num">${event.sequence ?? ''}</span></button>`;
  }

  #scrolled = (event: Event): void => {
    this.#top = Math.max(0, (event.currentTarget as HTMLElement).scrollTop);
    this.requestUpdate();
  };

  #release = (event: PointerEvent | FocusEvent): void => {
    const list = event.currentTarget as HTMLElement;
    if (event.type === 'focusout' && list.matches(':hover')) return;
    if (event.type === 'pointerleave' && list.contains(document.activeElement) && document.activeElement !== list) return;
    this.held = false;
    if (!this.paused) this.#catchUp();
  };

  #catchUp(): void {
    if (this.paused || this.held) return;
    this.waiting = 0;
    const shown = [...this.shown, ...this.#came.splice(0)];
    // Cut rarely, for each cut changes the place of every line.
    if (shown.length > KEPT_MAX * 1.5) this.atStart = false;
    this.shown = shown.length > KEPT_MAX * 1.5 ? shown.slice(-KEPT_MAX) : shown;
  }

  #details(event: CloudEvent): TemplateResult {
    const words = eventWords(event.type, event.data);
    const link = subjectLink(event.subject);
    const text = JSON.stringify(event, null, 2);
    const close = (): void => { this.opened = undefined; };
    return dialog({
      heading: words.title, wide: true, close,
      body: html`<dl class="facts"><dt>When</dt><dd>${dateTime(event.time)}${utc(event.time).startsWith(dateTime(event.time)) ? ' UTC' : html` <span class="muted">${utc(event.time)}</span>`}</dd><dt>About</dt><dd>${link ? html`<a href=${link} @click=${close}>${event.subject}</a>` : event.subject}</dd>
        <dt>By</dt><dd>${actorName(event.actor)}</dd><dt>Type</dt><dd><code>${event.type}</code></dd><dt>Position</dt><dd>${event.sequence ?? '–'}</dd></dl>
        <pre class="code" tabindex="0">${text}</pre>`,
      foot: html`<button class="button" @click=${() => { this.type = eventKey(event.type); setQuery({ type: this.type }); close(); }}>Only this type</button><button class="button" @click=${() => copy(text, 'Event copied')}>${icon('copy')}Copy</button><button class="button primary" autofocus @click=${close}>Close</button>`,
    });
  }

  #pause = (): void => {
    this.paused = !this.paused;
    this.#catchUp();
  };

  /** Reads back from the oldest event on screen. */
  async #earlier(): Promise<void> {
    const oldest = Number(this.shown[0]?.sequence ?? (hub.position ?? 0) + 1);
    if (!Number.isSafeInteger(oldest) || oldest <= 0) return;
    this.reading = true;
    try {
      const from = Math.max(0, oldest - EARLIER - 1);
      const { items } = await api.get<{ items: CloudEvent[] }>('/events/feed', { after: from, limit: EARLIER });
      const known = new Set(this.shown.map((each) => each.id));
      const older = items.filter((each) => !known.has(each.id) && Number(each.sequence) < oldest);
      this.atStart = from === 0;
      this.shown = [...older, ...this.shown];
      this.problem = undefined;
    } catch (thrown) {
      this.problem = Problem.of(thrown);
    } finally {
      this.reading = false;
    }
  }
}
customElements.define('page-events', Events);
