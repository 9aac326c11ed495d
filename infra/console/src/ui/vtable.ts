import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { type CursorTable, visibleRange } from '../model/cursor-table.ts';
import { styled } from './directives.ts';
import { Base } from './element.ts';
import { icon } from './icons.ts';

export interface Column<T> {
  key: string;
  label: string;
  /** A grid track, e.g. `minmax(160px, 2fr)`. */
  width: string;
  render: (row: T) => unknown;
  /** Field to sort by, if it can be sorted. */
  sort?: string;
  num?: boolean;
}

/** Height of a row in CSS pixels; must be what `--row` says. */
const ROW = 36;
const HEAD = 34;

/** A table that draws only the rows that are seen, so ten thousand cost as much as fifty. */
export class VTable<T> extends Base {
  static override properties = {
    columns: { attribute: false }, table: { attribute: false }, keyOf: { attribute: false }, sort: {}, label: {},
    picked: { attribute: false }, tick: { attribute: false }, active: { state: true }, overlay: { attribute: false },
  };
  declare columns: Column<T>[];
  declare table: CursorTable<T>;
  declare keyOf: (row: T) => string;
  declare sort: string;
  declare label: string;
  /** Keys of the chosen rows; undefined when rows cannot be chosen. */
  declare picked: ReadonlySet<string> | undefined;
  /** Changes whenever the table has changed. */
  declare tick: number;
  declare active: number;
  declare overlay: unknown;
  onSort: (sort: string) => void = () => {};
  onPick: (keys: string[], picked: boolean) => void = () => {};
  onOpen: (row: T) => void = () => {};
  #top = 0;
  #height = 600;
  #lastPicked: number | undefined;

  constructor() {
    super();
    this.active = -1;
  }

  protected override firstUpdated(): void {
    const scroller = this.querySelector('.vtable')!;
    const observer = new ResizeObserver(() => {
      this.#height = scroller.clientHeight;
      this.requestUpdate();
    });
    observer.observe(scroller);
    this.until(() => observer.disconnect());
  }

  /** Keys of the rows on screen. */
  visibleKeys(): string[] {
    const { from, to } = this.#range();
    return this.table.rows.slice(from, to).map(this.keyOf);
  }

  scrollToTop(): void {
    this.querySelector('.vtable')?.scrollTo(0, 0);
    this.active = -1;
  }

  #range(): { from: number; to: number } {
    return visibleRange(this.#top, this.#height, ROW, this.table.total ?? this.table.rows.length);
  }

  protected override updated(_changed: PropertyValues): void {
    // Half a window ahead, so that scrolling at reading speed never meets a skeleton.
    this.table.want(this.#range().to + 50);
  }

  protected override render(): TemplateResult {
    const { from, to } = this.#range();
    const total = this.table.total ?? 0;
    const tracks = [...(this.picked ? ['38px'] : []), ...this.columns.map((each) => each.width)].join(' ');
    const first = total === 0 && this.table.loading;
    const places = first ? Array.from({ length: 12 }, (_, i) => i) : Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
    return html`<div class="vtable" role="region" aria-label=${this.label} tabindex="0" @scroll=${this.#scrolled} @keydown=${this.#key}>
        <div class="vtable-inner" role="table" aria-label=${this.label} aria-rowcount=${total + 1} aria-busy=${this.table.loading} ${styled({ '--columns': tracks })}>
          <div role="rowgroup" class="vhead-group">${this.#head()}</div>
          <div role="rowgroup" class="vbody" ${styled({ height: `${(first ? 12 : total) * ROW}px` })}>
            ${repeat(places, (place) => {
              const row = this.table.rows[place];
              return row === undefined ? `#${place}` : this.keyOf(row);
            }, (place) => this.#row(place))}
          </div>
        </div>
      </div>${this.overlay ?? nothing}`;
  }

  #head(): TemplateResult {
    const sorted = this.sort.replace(/^-/, '');
    const direction = this.sort.startsWith('-') ? 'descending' : 'ascending';
    const loaded = this.table.rows;
    const all = loaded.length > 0 && loaded.every((row) => this.picked?.has(this.keyOf(row)));
    return html`<div class="vrow vhead" role="row" aria-rowindex="1">
      ${this.picked ? html`<div class="pick" role="columnheader"><label><span class="sr">Choose all loaded rows</span><input class="box" type="checkbox" .checked=${all}
        .indeterminate=${!all && this.picked.size > 0} @change=${(event: Event) => this.onPick(loaded.map(this.keyOf), (event.target as HTMLInputElement).checked)}></label></div>` : nothing}
      ${this.columns.map((column) => html`<div role="columnheader" class=${column.num ? 'num' : ''}
        aria-sort=${column.sort === undefined ? nothing : column.sort === sorted ? direction : 'none'}>
        ${column.sort === undefined ? column.label : html`<button @click=${() => this.onSort(column.sort === sorted && direction === 'ascending' ? `-${column.sort}` : column.sort!)}>
          ${column.label}${column.sort === sorted ? icon(direction, 12) : nothing}</button>`}</div>`)}
    </div>`;
  }

  #row(place: number): TemplateResult {
    const row = this.table.rows[place];
    const at = styled({ transform: `translateY(${place * ROW}px)` });
    if (row === undefined) {
      return html`<div class="vrow" role="row" aria-rowindex=${place + 2} ${at}>${this.picked ? html`<div role="cell"></div>` : nothing}
        ${this.columns.map(() => html`<div role="cell"><div class="bone"></div></div>`)}</div>`;
    }
    const key = this.keyOf(row);
    const picked = this.picked?.has(key) ?? false;
    return html`<div class="vrow ${place === this.active ? 'active' : ''}" role="row" aria-rowindex=${place + 2} aria-selected=${this.picked ? String(picked) : nothing} ${at}>
      ${this.picked ? html`<div class="pick" role="cell"><label><span class="sr">Choose ${key}</span><input class="box" type="checkbox" tabindex="-1" .checked=${picked}
        @click=${(event: MouseEvent) => this.#pick(place, (event.target as HTMLInputElement).checked, event.shiftKey)}></label></div>` : nothing}
      ${this.columns.map((column) => html`<div role="cell" class=${column.num ? 'num' : ''}>${column.render(row)}</div>`)}
    </div>`;
  }

  #pick(place: number, picked: boolean, range: boolean): void {
    const from = range && this.#lastPicked !== undefined ? this.#lastPicked : place;
    this.#lastPicked = place;
    this.onPick(this.table.rows.slice(Math.min(from, place), Math.max(from, place) + 1).map(this.keyOf), picked);
  }

  #scrolled = (event: Event): void => {
    const scroller = event.currentTarget as HTMLElement;
    this.#top = Math.max(0, scroller.scrollTop);
    this.requestUpdate();
  };

  #key = (event: KeyboardEvent): void => {
    const scroller = event.currentTarget as HTMLElement;
    if (event.target !== scroller) return;
    const page = Math.max(1, Math.floor((this.#height - HEAD) / ROW) - 1);
    const last = (this.table.total ?? 0) - 1;
    const moves: Record<string, number> = { ArrowDown: this.active + 1, ArrowUp: this.active - 1, PageDown: this.active + page, PageUp: this.active - page, Home: 0, End: last };
    const row = this.table.rows[this.active];
    if (event.key in moves) {
      event.preventDefault();
      this.active = Math.max(0, Math.min(last, moves[event.key]!));
      const top = this.active * ROW;
      if (top < scroller.scrollTop) scroller.scrollTop = top;
      else if (top + ROW + HEAD > scroller.scrollTop + this.#height) scroller.scrollTop = top + ROW + HEAD - this.#height;
    } else if (event.key === 'Enter' && row) {
      this.onOpen(row);
    } else if (event.key === ' ' && row && this.picked) {
      event.preventDefault();
      this.#pick(this.active, !this.picked.has(this.keyOf(row)), event.shiftKey);
    }
  };
}
customElements.define('m-vtable', VTable);
