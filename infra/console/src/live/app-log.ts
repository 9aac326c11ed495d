import { target } from '../api/call.ts';
import { apps, type LogWindow, type Stage } from '../api/apps.ts';
import { api } from '../api/http.ts';
import { Problem } from '../api/problem.ts';
import { itemOf, type LogItem } from '../model/app-log.ts';
import { backOff } from '../model/console-line.ts';
import { FrameMerger } from './frames.ts';
import { SseParser } from './sse-parser.ts';

export type LogState = 'connecting' | 'live' | 'lost' | 'ended';

export interface LogEars {
  /** What was before; missing when the device could not be asked. */
  began(window: LogWindow | undefined): void;
  /** Once per frame at most. */
  heard(items: LogItem[]): void;
  became(state: LogState, problem: Problem | undefined): void;
}

/** Lines of the past that are asked for to begin with. */
const TAIL = 200;
/** Silence after which the connection counts as dead, ms; the server comments every 15 s. */
const SILENCE_MAX = 40_000;

/** An app's log on a device: a piece of the past, then what comes. Comes back by itself when it broke off. */
export class AppLog {
  #stopped = false;
  #attempt = 0;
  #abort = new AbortController();
  #retry: ReturnType<typeof setTimeout> | undefined;
  #watchdog: ReturnType<typeof setTimeout> | undefined;
  #merger: FrameMerger<LogItem>;

  constructor(private readonly device: string, private readonly app: string, private readonly stage: Stage, private readonly ears: LogEars) {
    this.#merger = new FrameMerger((items) => { if (!this.#stopped) ears.heard(items); });
  }

  async start(): Promise<void> {
    this.ears.became('connecting', undefined);
    await this.#past();
    if (!this.#stopped) void this.#connect();
  }

  /** A device that is away tells nothing of its past, and is listened to all the same. */
  async #past(): Promise<void> {
    try {
      const { data } = await api.send<LogWindow>(apps.readLog(this.device, this.app, this.stage, TAIL), this.#abort.signal);
      if (!this.#stopped) this.ears.began(data);
    } catch {
      if (!this.#stopped) this.ears.began(undefined);
    }
  }

  async #connect(): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    const { path, query } = apps.readLog(this.device, this.app, this.stage, 0);
    try {
      this.#watch(abort);
      const response = await fetch(target({ method: 'GET', path, query: { stage: query?.['stage'] } }), {
        headers: { Accept: 'text/event-stream, application/problem+json' }, credentials: 'same-origin', cache: 'no-store', signal: abort.signal,
      });
      if (!response.ok || !response.body) {
        const problem = await Problem.from(response);
        if (!problem.retryable) return this.#end(problem);
        throw problem;
      }
      this.#attempt = 0;
      this.ears.became('live', undefined);
      await this.#read(response.body, abort);
    } catch {
      // A cut is ordinary weather.
    }
    this.#later(abort);
  }

  async #read(body: ReadableStream<Uint8Array>, abort: AbortController): Promise<void> {
    const parser = new SseParser((message) => {
      const item = itemOf(message);
      if (item) this.#merger.add(item);
    }, () => {});
    const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      this.#watch(abort);
      parser.push(value);
    }
  }

  #watch(abort: AbortController): void {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => abort.abort(), SILENCE_MAX);
  }

  #end(problem: Problem): void {
    clearTimeout(this.#watchdog);
    if (!this.#stopped) this.ears.became('ended', problem);
  }

  #later(abort: AbortController): void {
    clearTimeout(this.#watchdog);
    if (this.#stopped || abort !== this.#abort) return;
    abort.abort();
    this.ears.became('lost', undefined);
    this.#retry = setTimeout(() => void this.#connect(), backOff(this.#attempt++));
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#retry);
    clearTimeout(this.#watchdog);
    this.#abort.abort();
  }
}
