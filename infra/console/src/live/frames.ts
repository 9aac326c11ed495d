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

/** For pages that read views: how long one may follow after the event that tells of its change, ms. */
export const VIEW_FOLLOWS = 2000;

/**
 * Runs work soon after it was asked for, but never twice within `interval` ms and never two at a time: a page that
 * hears of a hundred changes reads its view once, and once more at the end. With `settle`, it runs a last time that many
 * ms after the last asking: a view may follow later than the event that tells of its change, and no other event would
 * make the page look again.
 */
export class Throttle {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #settling: ReturnType<typeof setTimeout> | undefined;
  #last = -Infinity;
  #busy = false;
  #again = false;
  #stopped = false;

  constructor(private readonly work: () => Promise<unknown> | unknown, private readonly interval: number, private readonly settle = 0) {}

  ask(): void {
    this.#stopped = false;
    clearTimeout(this.#settling);
    if (this.#busy) {
      this.#again = true;
      return;
    }
    if (this.#timer !== undefined) return;
    const wait = Math.max(0, this.#last + this.interval - performance.now());
    this.#timer = setTimeout(() => void this.#run(true), wait);
  }

  stop(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#settling);
    this.#timer = undefined;
    this.#again = false;
    this.#stopped = true;
  }

  async #run(settles: boolean): Promise<void> {
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
      } else if (settles && this.settle > 0 && !this.#stopped) {
        this.#settling = setTimeout(() => void this.#run(false), this.settle);
      }
    }
  }
}
