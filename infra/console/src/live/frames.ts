/** Where frames come from: the display while the tab is seen, a slow timer while it is not. */
export type FrameSource = (run: () => void) => void;

export const displayFrames: FrameSource = (run) => {
  if (document.hidden) setTimeout(run, 1000);
  else requestAnimationFrame(run);
};

/** Gathers what happens between two frames and hands it over once, so 200 events a second cost one drawing. */
export class FrameMerger<T> {
  #gathered: T[] = [];
  #asked = false;

  constructor(private readonly deliver: (batch: T[]) => void, private readonly frames: FrameSource = displayFrames) {}

  add(item: T): void {
    this.#gathered.push(item);
    if (this.#asked) return;
    this.#asked = true;
    this.frames(() => {
      const batch = this.#gathered;
      this.#gathered = [];
      this.#asked = false;
      this.deliver(batch);
    });
  }
}

/**
 * Runs work soon after it was asked for, but never twice within `interval` ms and never two at a time: a page that
 * hears of a hundred changes reads its view once, and once more at the end.
 */
export class Throttle {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last = -Infinity;
  #busy = false;
  #again = false;

  constructor(private readonly work: () => Promise<unknown> | unknown, private readonly interval: number) {}

  ask(): void {
    if (this.#busy) {
      this.#again = true;
      return;
    }
    if (this.#timer !== undefined) return;
    const wait = Math.max(0, this.#last + this.interval - performance.now());
    this.#timer = setTimeout(() => void this.#run(), wait);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#again = false;
  }

  async #run(): Promise<void> {
    this.#timer = undefined;
    this.#busy = true;
    try {
      await this.work();
    } finally {
      this.#busy = false;
      this.#last = performance.now();
      if (this.#again) {
        this.#again = false;
        this.ask();
      }
    }
  }
}
