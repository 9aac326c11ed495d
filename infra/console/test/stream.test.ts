import { describe, expect, it } from 'vitest';
import type { CloudEvent } from '../src/api/types.ts';
import { type Freshness, LiveStream } from '../src/live/stream.ts';

/** A server that is told what to do, and a clock that only moves when asked. */
class Stage {
  now = 1_000_000;
  events: string[] = [];
  freshness: Freshness[] = [];
  gaps = 0;
  refused = 0;
  opened: { after: string | undefined; signal: AbortSignal; send: (text: string) => Promise<void>; end: () => Promise<void> }[] = [];
  refusals: number[] = [];
  #timers: { at: number; run: () => void }[] = [];
  stream = new LiveStream({
    open: async (after, signal) => {
      const status = this.refusals.shift();
      if (status === 0) throw new TypeError('network');
      if (status !== undefined) return new Response(null, { status });
      const pipe = new TransformStream<Uint8Array, Uint8Array>();
      const writer = pipe.writable.getWriter();
      writer.closed.catch(() => {});
      signal.addEventListener('abort', () => void writer.abort().catch(() => {}));
      this.opened.push({ after, signal, send: (text) => writer.write(new TextEncoder().encode(text)), end: () => writer.close() });
      return new Response(pipe.readable, { status: 200 });
    },
    now: () => this.now,
    later: (run, ms) => { const timer = { at: this.now + ms, run }; this.#timers.push(timer); return timer; },
    cancel: (timer) => { this.#timers = this.#timers.filter((each) => each !== timer); },
    random: () => 0.5,
  }, (event: CloudEvent) => this.events.push(event.id), (freshness) => this.freshness.push(freshness), () => { this.gaps++; }, () => { this.refused++; });

  async settle(): Promise<void> {
    for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
  }

  async wait(ms: number): Promise<void> {
    const end = this.now + ms;
    for (;;) {
      const next = this.#timers.filter((each) => each.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.now = next.at;
      this.#timers = this.#timers.filter((each) => each !== next);
      next.run();
      await this.settle();
    }
    this.now = end;
  }

  get state(): string {
    return this.stream.freshness.state;
  }
}
const message = (id: number, at?: number): string => `id: ${id}\nevent: muster.x.y.v1\ndata: ${JSON.stringify({ id: `e${id}`, type: 'muster.x.y.v1', subject: 'devices/a', time: at === undefined ? '' : new Date(at).toISOString(), data: {} })}\n\n`;

describe('the live stream', () => {
  it('is live at once on a fresh connection, and views are read again', async () => {
    const stage = new Stage();
    stage.stream.start();
    await stage.settle();
    expect(stage.state).toBe('live');
    expect(stage.opened[0]!.after).toBeUndefined();
    expect(stage.gaps).toBe(1);
  });

  it('resumes after the last event it saw, and says that it is catching up', async () => {
    const stage = new Stage();
    stage.stream.start();
    await stage.settle();
    await stage.opened[0]!.send(message(5));
    await stage.settle();
    await stage.opened[0]!.end();
    await stage.settle();
    expect(stage.state).toBe('stale');
    await stage.wait(2000);
    expect(stage.opened[1]!.after).toBe('5');
    expect(stage.freshness.map((each) => each.state)).toContain('catching-up');
    await stage.opened[1]!.send(message(6) + message(7));
    await stage.settle();
    await stage.wait(1000);
    expect(stage.state).toBe('live');
    expect(stage.events).toEqual(['e5', 'e6', 'e7']);
    expect(stage.gaps).toBe(1);
  });

  it('has caught up at the first news, also on a busy stream and with a clock that goes wrong', async () => {
    const stage = new Stage();
    const skew = 3_600_000;
    stage.stream.start();
    await stage.settle();
    await stage.opened[0]!.send(message(1, stage.now - skew));
    await stage.settle();
    await stage.opened[0]!.end();
    await stage.settle();
    await stage.wait(30_000);
    stage.freshness.length = 0;
    await stage.opened[0]!.end().catch(() => {});
    const again = stage.opened.at(-1)!;
    await again.end();
    await stage.settle();
    await stage.wait(600);
    expect(stage.state).toBe('catching-up');
    for (const [id, late] of [[2, 30_000], [3, 20_000], [4, 10_000]] as const) {
      await stage.opened.at(-1)!.send(message(id, stage.now - skew - late));
      await stage.settle();
      expect(stage.state).toBe('catching-up');
      await stage.wait(300);
    }
    await stage.opened.at(-1)!.send(message(5, stage.now - skew - 100));
    await stage.settle();
    expect(stage.state).toBe('live');
  });

  it('names the moment it was last heard as the start of its staleness', async () => {
    const stage = new Stage();
    stage.stream.start();
    await stage.settle();
    stage.now += 5000;
    await stage.opened[0]!.send(': alive\n\n');
    await stage.settle();
    const heard = stage.now;
    stage.now += 3000;
    await stage.opened[0]!.end();
    await stage.settle();
    expect(stage.stream.freshness).toEqual({ state: 'stale', since: heard });
  });

  it('gives up a connection that has gone quiet, comments being a sign of life', async () => {
    const stage = new Stage();
    stage.stream.start();
    await stage.settle();
    for (let i = 0; i < 4; i++) {
      await stage.wait(15_000);
      await stage.opened[0]!.send(': alive\n\n');
      await stage.settle();
    }
    expect(stage.state).toBe('live');
    expect(stage.opened).toHaveLength(1);
    await stage.wait(41_000);
    expect(stage.opened.length).toBeGreaterThan(1);
    expect(stage.opened[0]!.signal.aborted).toBe(true);
  });

  it('tries again ever more slowly while the server is away', async () => {
    const stage = new Stage();
    stage.refusals = [0, 503, 0, 0, 0];
    stage.stream.start();
    await stage.settle();
    expect(stage.state).toBe('stale');
    await stage.wait(600);
    expect(stage.refusals).toHaveLength(3);
    await stage.wait(800);
    expect(stage.refusals).toHaveLength(3);
    await stage.wait(30_000);
    expect(stage.state).toBe('live');
  });

  it('stops and tells when the session has ended', async () => {
    const stage = new Stage();
    stage.refusals = [401];
    stage.stream.start();
    await stage.settle();
    await stage.wait(60_000);
    expect(stage.refused).toBe(1);
    expect(stage.opened).toHaveLength(0);
  });

  it('starts anew, with a gap, when its position is too old', async () => {
    const stage = new Stage();
    stage.stream.start();
    await stage.settle();
    await stage.opened[0]!.send(message(5));
    await stage.settle();
    stage.refusals = [410];
    await stage.opened[0]!.end();
    await stage.settle();
    await stage.wait(5000);
    expect(stage.opened[1]!.after).toBeUndefined();
    expect(stage.gaps).toBe(2);
  });

  it('passes over what is no event', async () => {
    const stage = new Stage();
    stage.stream.start();
    await stage.settle();
    await stage.opened[0]!.send('data: not json\n\ndata: {"type":5}\n\n');
    await stage.opened[0]!.send(message(1));
    await stage.settle();
    expect(stage.events).toEqual(['e1']);
  });
});
