import { apps, type Stage, type TerminalTicket } from '../api/apps.ts';
import { api } from '../api/http.ts';
import { Problem } from '../api/problem.ts';
import { resizeOrder, shellAddress, shellCloseWords, shellNotice, type ShellState } from '../model/terminal-line.ts';

export interface ShellEars {
  heard(bytes: Uint8Array): void;
  noticed(message: string): void;
  became(state: ShellState, why: { text: string; problem?: Problem } | undefined): void;
}

/** The way to a shell on a device, or in an app's container there. It is opened once: each opening is on record. */
export class TerminalSocket {
  #socket: WebSocket | undefined;
  #stopped = false;
  #size: { rows: number; columns: number } | undefined;
  readonly #bytes = new TextEncoder();

  constructor(private readonly device: string, private readonly app: string | undefined, private readonly stage: Stage, private readonly ears: ShellEars) {}

  async start(): Promise<void> {
    this.ears.became('connecting', undefined);
    try {
      const { data } = await api.send<TerminalTicket>(apps.ticket(this.device, this.app, this.stage));
      if (!this.#stopped) this.#connect(data);
    } catch (thrown) {
      const problem = Problem.of(thrown);
      if (!this.#stopped) this.ears.became('ended', { text: problem.message, problem });
    }
  }

  #connect({ path, ticket }: TerminalTicket): void {
    const socket = new WebSocket(shellAddress(location.origin, path, ticket));
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    socket.onopen = () => {
      this.ears.became('open', undefined);
      if (this.#size) this.resize(this.#size.rows, this.#size.columns);
    };
    socket.onmessage = ({ data }: MessageEvent<ArrayBuffer | string>) => {
      if (typeof data !== 'string') return this.ears.heard(new Uint8Array(data));
      const notice = shellNotice(data);
      if (notice) this.ears.noticed(notice);
      return undefined;
    };
    socket.onclose = ({ code, reason }) => {
      if (!this.#stopped) this.ears.became('ended', { text: shellCloseWords(code, reason) });
    };
  }

  type(text: string): void {
    this.#send(this.#bytes.encode(text));
  }

  /** Kept until there is somebody to tell. */
  resize(rows: number, columns: number): void {
    this.#size = { rows, columns };
    this.#send(resizeOrder(rows, columns));
  }

  #send(data: string | Uint8Array<ArrayBuffer>): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(data);
  }

  stop(): void {
    this.#stopped = true;
    this.#socket?.close(1000);
  }
}
