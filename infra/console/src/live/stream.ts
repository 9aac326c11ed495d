import type { CloudEvent } from '../api/types.ts';
import { SseParser } from './sse-parser.ts';

/** What the page says about its own freshness. */
export type Freshness =
  | { state: 'connecting' }
  | { state: 'live' }
  | { state: 'catching-up' }
  | { state: 'stale'; since: number };

export interface StreamPorts {
  /** Opens the stream after a position, or from now on. */
  open(after: string | undefined, signal: AbortSignal): Promise<Response>;
  now(): number;
  later(run: () => void, ms: number): unknown;
  cancel(timer: unknown): void;
  random(): number;
}

/** Silence after which the connection counts as dead, ms; the server comments every 15 s. */
const SILENCE_MAX = 40_000;
/** Quiet time after which a resumed stream has caught up, ms. */
const CAUGHT_UP = 800;
/** An event that is at most this much older than events used to be when they came counts as news, ms. */
const NEWS = 2000;
const RETRY_MIN = 500;
const RETRY_MAX = 20_000;

/** The tab's one stream of events: resumes where it was cut, and always knows how fresh it is. */
export class LiveStream {
  freshness: Freshness = { state: 'connecting' };
  #lastId: string | undefined;
  #heard: number;

  /** Place in the log that the stream has reached, or undefined before its first word. */
  get position(): number | undefined {
    const position = Number(this.#lastId);
    return this.#lastId !== undefined && Number.isSafeInteger(position) ? position : undefined;
  }

  #abort: AbortController | undefined;
  #failures = 0;
  #usualAge: number | undefined;
  #watchdog: unknown;
  #settle: unknown;
  #retry: unknown;
  #running = false;

  /**
   * @param onEvent each event, in order
   * @param onFreshness when the freshness changed
   * @param onGap when events may be missing and views must be read again
   * @param onRefused when the server no longer knows us
   * @param onPosition when the place in the log became known
   */
  constructor(
    private readonly ports: StreamPorts,
    private readonly onEvent: (event: CloudEvent) => void,
    private readonly onFreshness: (freshness: Freshness) => void,
    private readonly onGap: () => void,
    private readonly onRefused: () => void,
    private readonly onPosition: () => void = () => {},
  ) {
    this.#heard = ports.now();
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    void this.#connect();
  }

  stop(): void {
    this.#running = false;
    this.#abort?.abort();
    for (const timer of [this.#watchdog, this.#settle, this.#retry]) this.ports.cancel(timer);
  }

  async #connect(): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    const resumed = this.#lastId !== undefined;
    try {
      this.#watch(abort);
      const response = await this.ports.open(this.#lastId, abort.signal);
      if (response.status === 401 || response.status === 403) {
        this.stop();
        return this.onRefused();
      }
      if (response.status === 400 || response.status === 410) this.#lastId = undefined;
      if (!response.ok || !response.body) throw new Error(`the stream was answered with ${response.status}`);
      this.#failures = 0;
      this.#heard = this.ports.now();
      if (!resumed) this.onGap();
      this.#become(resumed ? { state: 'catching-up' } : { state: 'live' });
      this.#settleSoon();
      await this.#read(response.body, abort);
    } catch {
      // A cut is ordinary weather: what follows is the same for every kind.
    }
    this.#again(abort);
  }

  async #read(body: ReadableStream<Uint8Array>, abort: AbortController): Promise<void> {
    const parser = new SseParser((message) => {
      const first = this.#lastId === undefined;
      if (message.id !== undefined) this.#lastId = message.id;
      if (first && message.id !== undefined) this.onPosition();
      const event = parse(message.data);
      if (event) {
        this.onEvent(event);
        if (this.#isNews(event)) return this.#settled();
      }
      this.#settleSoon();
    }, () => this.#settled());
    const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      this.#heard = this.ports.now();
      this.#watch(abort);
      parser.push(value);
    }
  }

  #again(abort: AbortController): void {
    if (!this.#running || abort !== this.#abort) return;
    abort.abort();
    this.ports.cancel(this.#settle);
    this.ports.cancel(this.#watchdog);
    this.#failures++;
    this.#become({ state: 'stale', since: this.#heard });
    const wait = Math.min(RETRY_MAX, RETRY_MIN * 2 ** Math.min(this.#failures - 1, 6));
    this.#retry = this.ports.later(() => void this.#connect(), wait * (0.75 + this.ports.random() / 2));
  }

  /** Ends a connection that has gone quiet, also one that never opened. */
  #watch(abort: AbortController): void {
    this.ports.cancel(this.#watchdog);
    this.#watchdog = this.ports.later(() => {
      abort.abort();
      this.#again(abort);
    }, SILENCE_MAX);
  }

  /** Compares with how old events were when they came while live, because clocks differ between here and there. */
  #isNews(event: CloudEvent): boolean {
    const age = this.ports.now() - Date.parse(event.time);
    if (Number.isNaN(age)) return false;
    if (this.freshness.state === 'live') this.#usualAge = Math.min(this.#usualAge ?? age, age);
    return age <= (this.#usualAge ?? 0) + NEWS;
  }

  #settleSoon(): void {
    if (this.freshness.state !== 'catching-up') return;
    this.ports.cancel(this.#settle);
    this.#settle = this.ports.later(() => this.#settled(), CAUGHT_UP);
  }

  #settled(): void {
    if (this.freshness.state === 'catching-up') this.#become({ state: 'live' });
  }

  #become(freshness: Freshness): void {
    this.freshness = freshness;
    this.onFreshness(freshness);
  }
}

function parse(data: string): CloudEvent | undefined {
  try {
    const event = JSON.parse(data) as CloudEvent;
    return typeof event?.type === 'string' && typeof event.subject === 'string' ? { ...event, data: event.data ?? {} } : undefined;
  } catch {
    return undefined;
  }
}
