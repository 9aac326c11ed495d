import { describe, expect, it } from 'vitest';
import type { Page } from '../src/api/types.ts';
import { CursorTable, visibleRange } from '../src/model/cursor-table.ts';

interface Row { id: string; value?: number }

/** A list of `size` rows behind cursors. */
function list(size: number, log: string[] = []) {
  return async (_query: unknown, after: string | undefined, limit: number): Promise<Page<Row>> => {
    log.push(`${after ?? 'start'}+${limit}`);
    await Promise.resolve();
    const from = Number(after ?? 0);
    const items = Array.from({ length: Math.min(limit, size - from) }, (_, i) => ({ id: `d${from + i}` }));
    return { items, ...(from + limit < size && { next: String(from + limit) }), ...(after === undefined && { count: size }) };
  };
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('the table behind cursors', () => {
  it('knows the whole length after the first small page', async () => {
    const table = new CursorTable(list(10_000), (row: Row) => row.id, () => {});
    await table.ask({});
    expect(table.rows).toHaveLength(100);
    expect(table.total).toBe(10_000);
    expect(table.complete).toBe(false);
  });

  it('reads on, page after page, until the row that is looked at is there', async () => {
    const log: string[] = [];
    const table = new CursorTable(list(10_000, log), (row: Row) => row.id, () => {});
    await table.ask({});
    table.want(4500);
    table.want(20);
    await settled();
    expect(table.rows.length).toBeGreaterThanOrEqual(4501);
    expect(table.rows.length).toBeLessThan(6000);
    expect(log.slice(0, 3)).toEqual(['start+100', '100+1000', '1100+1000']);
    expect(table.rows[4500]).toEqual({ id: 'd4500' });
  });

  it('puts newer rows in their place and moves nothing', async () => {
    let changes = 0;
    const table = new CursorTable(list(50), (row: Row) => row.id, () => { changes++; });
    await table.ask({});
    const before = changes;
    expect(table.replace([{ id: 'd7', value: 1 }, { id: 'unknown', value: 2 }])).toBe(1);
    expect(table.rows[7]).toEqual({ id: 'd7', value: 1 });
    expect(table.rows).toHaveLength(50);
    expect(changes).toBe(before + 1);
    expect(table.place('d49')).toBe(49);
  });

  it('forgets the answer to an older question', async () => {
    const waiting: (() => void)[] = [];
    const table = new CursorTable<Row>(async (query) => {
      await new Promise<void>((resolve) => { waiting.push(resolve); });
      return { items: [{ id: query.q! }], count: 1 };
    }, (row) => row.id, () => {});
    const first = table.ask({ q: 'old' });
    const second = table.ask({ q: 'new' });
    waiting[1]!();
    await second;
    waiting[0]!();
    await first;
    expect(table.rows).toEqual([{ id: 'new' }]);
    expect(table.loading).toBe(false);
  });

  it('shows no row twice when the list shifts between pages', async () => {
    const pages: Page<Row>[] = [{ items: [{ id: 'a' }, { id: 'b' }], next: 'x', count: 4 }, { items: [{ id: 'b' }, { id: 'c' }] }];
    const table = new CursorTable<Row>(async () => pages.shift()!, (row) => row.id, () => {});
    await table.ask({});
    table.want(3);
    await settled();
    expect(table.rows.map((row) => row.id)).toEqual(['a', 'b', 'c']);
    expect(table.total).toBe(3);
  });

  it('tells a failure and can be asked again', async () => {
    let broken = true;
    const table = new CursorTable<Row>(async () => {
      if (broken) throw new Error('away');
      return { items: [{ id: 'a' }], count: 1 };
    }, (row) => row.id, () => {});
    await table.ask({});
    expect(table.failure).toBeInstanceOf(Error);
    broken = false;
    await table.ask({});
    expect(table.failure).toBeUndefined();
    expect(table.rows).toHaveLength(1);
  });
});

describe('the visible range', () => {
  it('holds what is seen and some more', () => {
    expect(visibleRange(3600, 360, 36, 10_000, 8)).toEqual({ from: 92, to: 118 });
  });

  it('never leaves the list', () => {
    expect(visibleRange(0, 1000, 36, 5)).toEqual({ from: 0, to: 5 });
    expect(visibleRange(9_000_000, 360, 36, 10)).toEqual({ from: 10, to: 10 });
    expect(visibleRange(0, 360, 36, 0)).toEqual({ from: 0, to: 0 });
  });
});
