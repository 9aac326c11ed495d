import { LitElement, type ReactiveController } from 'lit';
import { Problem } from '../api/problem.ts';

/** Base of all our elements: light DOM, so labels, styles and skip links reach everywhere; clean-ups on leaving. */
export class Base extends LitElement {
  #cleanups: (() => void)[] = [];

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Called once when the element enters the page; what it registers with {@link until} ends with it. */
  protected entered(): void {}

  /** Runs this when the element leaves the page. */
  protected until(cleanup: () => void): void {
    this.#cleanups.push(cleanup);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.entered();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#cleanups.splice(0).forEach((each) => each());
  }
}

/** Something that is read from the server: keeps its last value while it is read again, so nothing flickers. */
export class Resource<T> implements ReactiveController {
  value: T | undefined;
  problem: Problem | undefined;
  loading = false;
  #abort: AbortController | undefined;

  constructor(private readonly host: Base, private readonly read: (signal: AbortSignal) => Promise<T>) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#abort?.abort();
  }

  async load(): Promise<void> {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.loading = true;
    this.host.requestUpdate();
    try {
      const value = await this.read(abort.signal);
      if (abort.signal.aborted) return;
      this.value = value;
      this.problem = undefined;
    } catch (thrown) {
      if (abort.signal.aborted) return;
      this.problem = Problem.of(thrown);
    }
    this.loading = false;
    this.host.requestUpdate();
  }
}

/** A piece of work a button starts: busy while it runs, its problem shown beside it. */
export class Work implements ReactiveController {
  busy = false;
  problem: Problem | undefined;

  constructor(private readonly host: Base) {
    host.addController(this);
  }

  hostConnected(): void {}

  /** Answers whether it went well. Asking again while it runs does nothing. */
  async run(work: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.problem = undefined;
    this.host.requestUpdate();
    try {
      await work();
      return true;
    } catch (thrown) {
      if (!(thrown instanceof DOMException && thrown.name === 'AbortError')) this.problem = Problem.of(thrown);
      return false;
    } finally {
      this.busy = false;
      this.host.requestUpdate();
    }
  }

  clear(): void {
    this.problem = undefined;
    this.host.requestUpdate();
  }
}
