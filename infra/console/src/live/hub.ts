import type { CloudEvent } from '../api/types.ts';
import { FrameMerger } from './frames.ts';
import { type Freshness, LiveStream } from './stream.ts';

type Listener = (batch: CloudEvent[]) => void;

/** Events that are kept for the pages that show the past of this tab. */
const KEPT_MAX = 1000;

/** The tab's one connection, shared by all pages. Events reach them merged, once per frame. */
class Hub {
  freshness: Freshness = { state: 'connecting' };
  /** The newest events of this tab, newest last. */
  readonly kept: CloudEvent[] = [];
  #listeners = new Set<Listener>();
  #freshnessListeners = new Set<() => void>();
  #gapListeners = new Set<() => void>();
  #positionListeners = new Set<() => void>();
  #stream: LiveStream | undefined;
  #merger = new FrameMerger<CloudEvent>((batch) => {
    this.kept.push(...batch);
    if (this.kept.length > KEPT_MAX) this.kept.splice(0, this.kept.length - KEPT_MAX);
    for (const listener of [...this.#listeners]) listener(batch);
  });

  start(onRefused: () => void): void {
    this.#stream?.stop();
    this.#stream = new LiveStream({
      open: (after, signal) => fetch('/api/v1/events', {
        headers: { Accept: 'text/event-stream', ...(after !== undefined && { 'Last-Event-ID': after }) },
        credentials: 'same-origin', cache: 'no-store', signal,
      }),
      now: () => Date.now(),
      later: (run, ms) => setTimeout(run, ms),
      cancel: (timer) => clearTimeout(timer as number),
      random: () => Math.random(),
    }, (event) => this.#merger.add(event), (freshness) => {
      this.freshness = freshness;
      this.#freshnessListeners.forEach((listener) => listener());
    }, () => this.#gapListeners.forEach((listener) => listener()), onRefused,
      () => this.#positionListeners.forEach((listener) => listener()));
    this.#stream.start();
  }

  stop(): void {
    this.#stream?.stop();
    this.#stream = undefined;
    this.kept.length = 0;
  }

  /** Place in the log that this tab has reached. */
  get position(): number | undefined {
    return this.#stream?.position;
  }

  /** Called once the place in the log is known. Answers how to stop listening. */
  onPosition(listener: () => void): () => void {
    this.#positionListeners.add(listener);
    return () => this.#positionListeners.delete(listener);
  }

  /** Answers how to stop listening. */
  onEvents(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onFreshness(listener: () => void): () => void {
    this.#freshnessListeners.add(listener);
    return () => this.#freshnessListeners.delete(listener);
  }

  /** Called when events may be missing: what was read before must be read again. */
  onGap(listener: () => void): () => void {
    this.#gapListeners.add(listener);
    return () => this.#gapListeners.delete(listener);
  }
}

export const hub = new Hub();
