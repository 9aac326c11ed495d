import { terminalPath, type Stage } from '../api/apps.ts';
import { shellAddress, shellCloseWords, sizeMessage, type ShellState } from '../model/terminal-line.ts';

export interface ShellEars {
  heard(bytes: Uint8Array): void;
  became(state: ShellState, why: string | undefined): void;
}

/** The way to a shell on a device, or in an app's container there. It is opened once: each opening is on record. */
export class TerminalSocket {
  #socket: WebSocket | undefined;
  #stopped = false;
  #size: { rows: number; columns: number } | undefined;
  readonly #bytes = new TextEncoder();

  constructor(private readonly device: string, private readonly app: string | undefined, private readonly stage: Stage, private readonly ears: ShellEars) {}

  start(): void {
    this.ears.became('connecting', undefined);
    const socket = new WebSocket(shellAddress(location.origin, terminalPath(this.device, this.app), this.app === undefined ? undefined : this.stage));
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    socket.onopen = () => {
      this.ears.became('open', undefined);
      if (this.#size) this.resize(this.#size.rows, this.#size.columns);
    };
    socket.onmessage = ({ data }: MessageEvent<ArrayBuffer | string>) => {
      if (typeof data !== 'string') this.ears.heard(new Uint8Array(data));
    };
    socket.onclose = ({ code, reason }) => {
      if (!this.#stopped) this.ears.became('ended', shellCloseWords(code, reason));
    };
  }

  type(text: string): void {
    this.#send(this.#bytes.encode(text));
  }

  /** Kept until there is somebody to tell. */
  resize(rows: number, columns: number): void {
    this.#size = { rows, columns };
    this.#send(sizeMessage(rows, columns));
  }

  #send(data: string | Uint8Array<ArrayBuffer>): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(data);
  }

  stop(): void {
    this.#stopped = true;
    this.#socket?.close(1000);
  }
}
