export interface SseMessage { id: string | undefined; event: string; data: string }

/** Longest message that is kept; a longer one is dropped whole, so a broken sender cannot fill the tab. */
const MESSAGE_MAX = 1_000_000;

/**
 * Reads `text/event-stream` as it comes in, in chunks cut anywhere (HTML standard, §9.2.6). We read the stream
 * ourselves because `EventSource` hides three things the page must know: event names nobody has listed, comments (the
 * sign of life that tells a quiet stream from a dead one) and the status of a refused connection.
 */
export class SseParser {
  #rest = '';
  #data: string[] = [];
  #size = 0;
  #event = '';
  #id: string | undefined;

  constructor(private readonly onMessage: (message: SseMessage) => void, private readonly onComment: () => void) {}

  push(chunk: string): void {
    const lines = (this.#rest + chunk).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? '';
    if (this.#rest.length > MESSAGE_MAX) this.#rest = '';
    lines.forEach((line) => this.#line(line));
  }

  #line(line: string): void {
    if (line === '') return this.#dispatch();
    if (line.startsWith(':')) return this.onComment();
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') this.#event = value;
    if (field === 'id' && !value.includes('\0')) this.#id = value;
    if (field === 'data') {
      this.#size += value.length;
      if (this.#size <= MESSAGE_MAX) this.#data.push(value);
    }
  }

  #dispatch(): void {
    if (this.#data.length > 0 && this.#size <= MESSAGE_MAX) {
      this.onMessage({ id: this.#id, event: this.#event || 'message', data: this.#data.join('\n') });
    }
    this.#data = [];
    this.#size = 0;
    this.#event = '';
  }
}
