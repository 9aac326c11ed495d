import type { Page } from '../api/types.ts';

export interface CursorQuery { filter?: string; q?: string; sort?: string }
export type FetchPage<T> = (query: CursorQuery, after: string | undefined, limit: number, signal: AbortSignal) => Promise<Page<T>>;

/** Small first page for a quick look, large ones after. */
const FIRST = 100;
const NEXT = 1000;

/**
 * A list that is as long as the fleet but only holds what has been read. Cursors can only be followed in order, so the
 * table reads on, page after page, until it reaches what is looked at; rows beyond are drawn as skeletons.
 */
export class CursorTable<T> {
  rows: T[] = [];
  /** How many rows there are in all, once known. */
  total: number | undefined;
  loading = false;
  failure: unknown;
  #next: string | undefined;
  #wanted = 0;
  #abort = new AbortController();
  #places = new Map<string, number>();
  #query: CursorQuery = {};

  constructor(
    private readonly fetchPage: FetchPage<T>,
    private readonly keyOf: (row: T) => string,
    private readonly changed: () => void,
  ) {}

  get complete(): boolean {
    return this.total !== undefined && this.#next === undefined && !this.loading;
  }

  /** Starts over with another question. What is on screen stays until the first page is there. */
  async ask(query: CursorQuery): Promise<void> {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#query = query;
    this.#next = undefined;
    this.#wanted = FIRST;
    this.loading = false;
    await this.#read(true, this.#abort.signal);
  }

  /** Someone looks at this row: read on until it is there. */
  want(index: number): void {
    this.#wanted = Math.max(this.#wanted, index + 1);
    if (!this.loading && this.#next !== undefined && this.rows.length < this.#wanted) void this.#read(false, this.#abort.signal);
  }

  place(key: string): number | undefined {
    return this.#places.get(key);
  }

  /** Puts newer versions of known rows in their place; nothing moves. Answers how many were known. */
  replace(rows: T[]): number {
    let known = 0;
    for (const row of rows) {
      const place = this.#places.get(this.keyOf(row));
      if (place === undefined) continue;
      this.rows[place] = row;
      known++;
    }
    if (known > 0) this.changed();
    return known;
  }

  stop(): void {
    this.#abort.abort();
  }

  async #read(first: boolean, signal: AbortSignal): Promise<void> {
    this.loading = true;
    this.failure = undefined;
    this.changed();
    try {
      do {
        const page = await this.fetchPage(this.#query, first ? undefined : this.#next, first ? FIRST : NEXT, signal);
        if (signal.aborted) return;
        if (first) {
          this.rows = [];
          this.#places.clear();
        }
        for (const row of page.items) {
          const key = this.keyOf(row);
          if (this.#places.has(key)) continue;
          this.#places.set(key, this.rows.length);
          this.rows.push(row);
        }
        this.#next = page.next ?? undefined;
        if (first) this.total = page.count ?? undefined;
        // The count is a snapshot: rows may have come or gone since.
        if (this.#next === undefined || this.total === undefined || this.total < this.rows.length) this.total = this.rows.length;
        first = false;
        this.changed();
      } while (this.#next !== undefined && this.rows.length < this.#wanted);
    } catch (thrown) {
      if (signal.aborted) return;
      this.failure = thrown;
    } finally {
      if (!signal.aborted) {
        this.loading = false;
        this.changed();
      }
    }
  }
}

/** The rows a window of the table shows, with some more on each side. */
export function visibleRange(scrollTop: number, height: number, rowHeight: number, total: number, around = 8): { from: number; to: number } {
  const from = Math.max(0, Math.floor(scrollTop / rowHeight) - around);
  const to = Math.min(total, Math.ceil((scrollTop + height) / rowHeight) + around);
  return { from: Math.min(from, to), to };
}
