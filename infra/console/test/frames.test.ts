import { describe, expect, it, vi } from 'vitest';
import { FrameMerger, Throttle } from '../src/live/frames.ts';
import { pool } from '../src/live/pool.ts';

describe('merging per frame', () => {
  it('hands over everything of one frame once, in order', () => {
    let frame: (() => void) | undefined;
    const batches: number[][] = [];
    const merger = new FrameMerger<number>((batch) => batches.push(batch), (run) => { frame = run; });
    [1, 2, 3].forEach((each) => merger.add(each));
    expect(batches).toEqual([]);
    frame!();
    merger.add(4);
    frame!();
    expect(batches).toEqual([[1, 2, 3], [4]]);
  });

  it('keeps what is added while it hands over', () => {
    const frames: (() => void)[] = [];
    const batches: number[][] = [];
    const merger: FrameMerger<number> = new FrameMerger<number>((batch) => {
      batches.push(batch);
      if (batch[0] === 1) merger.add(2);
    }, (run) => frames.push(run));
    merger.add(1);
    frames.shift()!();
    frames.shift()!();
    expect(batches).toEqual([[1], [2]]);
  });
});

describe('throttled work', () => {
  it('runs at once, then at most once in its interval, and once more at the end', async () => {
    vi.useFakeTimers();
    let runs = 0;
    const throttle = new Throttle(async () => { runs++; }, 400);
    throttle.ask();
    await vi.advanceTimersByTimeAsync(1);
    for (let i = 0; i < 100; i++) throttle.ask();
    await vi.advanceTimersByTimeAsync(300);
    expect(runs).toBe(1);
    await vi.advanceTimersByTimeAsync(2000);
    expect(runs).toBe(2);
    vi.useRealTimers();
  });

  it('never runs twice at a time, and asks again for what came meanwhile', async () => {
    vi.useFakeTimers();
    let running = 0;
    let runs = 0;
    let most = 0;
    const throttle = new Throttle(async () => {
      runs++;
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      running--;
    }, 10);
    throttle.ask();
    await vi.advanceTimersByTimeAsync(500);
    throttle.ask();
    await vi.advanceTimersByTimeAsync(5000);
    expect([runs, most]).toEqual([2, 1]);
    vi.useRealTimers();
  });

  it('looks once more when a view may have followed, and not for ever', async () => {
    vi.useFakeTimers();
    let runs = 0;
    const throttle = new Throttle(async () => { runs++; }, 100, 2000);
    throttle.ask();
    await vi.advanceTimersByTimeAsync(1500);
    throttle.ask();
    await vi.advanceTimersByTimeAsync(1500);
    expect(runs).toBe(2);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(runs).toBe(3);
    throttle.ask();
    await vi.advanceTimersByTimeAsync(500);
    throttle.stop();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(runs).toBe(4);
    vi.useRealTimers();
  });
});

describe('the pool', () => {
  it('does everything, with a bounded number in flight', async () => {
    let flying = 0;
    let most = 0;
    const done: number[] = [];
    await pool([1, 2, 3, 4, 5, 6, 7], 3, async (each) => {
      most = Math.max(most, ++flying);
      await new Promise((resolve) => setTimeout(resolve, 1));
      flying--;
      done.push(each);
    });
    expect(done).toHaveLength(7);
    expect(most).toBe(3);
  });

  it('starts nothing new after it was aborted', async () => {
    const abort = new AbortController();
    const done: number[] = [];
    await pool([1, 2, 3, 4], 1, async (each) => {
      done.push(each);
      if (each === 2) abort.abort();
    }, abort.signal);
    expect(done).toEqual([1, 2]);
  });
});
