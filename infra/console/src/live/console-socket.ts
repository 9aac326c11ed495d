import { api } from '../api/http.ts';
import { lab, type ConsoleTicket } from '../api/lab.ts';
import { Problem } from '../api/problem.ts';
import { backOff, closeWords, consoleAddress, type LineState, type Notice, noticeOf, type Order, REPLAY_BYTES } from '../model/console-line.ts';

export interface ConsoleEars {
  /** What the board says; `first` is the beginning of a connection, when what was before is told again. */
  heard(bytes: Uint8Array, first: boolean): void;
  noticed(notice: Notice): void;
  became(state: LineState, why: { text: string; problem?: Problem } | undefined): void;
}

/** The way to a board's serial console. Gets a fresh ticket for each connection and comes back when it broke off. */
export class ConsoleSocket {
  #socket: WebSocket | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempt = 0;
  #stopped = false;
  #first = true;
  readonly #bytes = new TextEncoder();

  constructor(private readonly board: string, private readonly mode: 'rw' | 'ro', private readonly ears: ConsoleEars) {}

  async start(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#stopped) return;
    this.ears.became('connecting', undefined);
    try {
      const { data } = await api.send<ConsoleTicket>(lab.ticket(this.board));
      if (!this.#stopped) this.#connect(data);
    } catch (thrown) {
      const problem = Problem.of(thrown);
      if (problem.status === 0 || problem.retryable) this.#later(problem.message);
      else this.ears.became('ended', { text: problem.message, problem });
    }
  }

  #connect({ path, ticket }: ConsoleTicket): void {
    const socket = new WebSocket(consoleAddress(location.origin, path, ticket, this.mode, REPLAY_BYTES));
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    this.#first = true;
    socket.onopen = () => {
      this.#attempt = 0;
      this.ears.became('open', undefined);
    };
    socket.onmessage = ({ data }: MessageEvent<ArrayBuffer | string>) => {
      if (typeof data === 'string') {
        const notice = noticeOf(data);
        if (notice) this.ears.noticed(notice);
        return;
      }
      this.ears.heard(new Uint8Array(data), this.#first);
      this.#first = false;
    };
    socket.onclose = ({ code, reason }) => {
      if (this.#stopped || this.#socket !== socket) return;
      const { text, again } = closeWords(code, reason);
      if (again) this.#later(text);
      else this.ears.became('ended', { text });
    };
  }

  #later(text: string): void {
    if (this.#stopped) return;
    this.ears.became('lost', { text });
    this.#timer = setTimeout(() => void this.start(), backOff(this.#attempt++));
  }

  /** Answers whether it could be sent. */
  type(text: string): boolean {
    return this.#send(this.#bytes.encode(text));
  }

  order(order: Order): boolean {
    return this.#send(JSON.stringify(order));
  }

  #send(data: string | Uint8Array<ArrayBuffer>): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(data);
    return true;
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#socket?.close(1000);
  }
}
