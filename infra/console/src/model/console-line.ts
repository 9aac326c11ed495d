/** The serial console's wire: binary messages are what the board says and hears, texts are notices and orders. */

export const REPLAY_BYTES = 262_144;

export type LineState = 'connecting' | 'open' | 'lost' | 'ended';
export type Notice =
  | { kind: 'writer'; writer: string | undefined; mine: boolean | undefined }
  | { kind: 'power'; on: boolean | null }
  | { kind: 'lost' | 'back' }
  | { kind: 'error'; message: string };

export type Order = { cmd: 'take' } | { cmd: 'break' } | { cmd: 'baud'; value: number } | { cmd: 'power'; value: 'on' | 'off' | 'cycle' };

/** Where the browser connects. A browser cannot send an Authorization header with a WebSocket, so a ticket goes along. */
export function consoleAddress(origin: string, path: string, ticket: string, mode: 'rw' | 'ro', replay: number): string {
  const url = new URL(path, origin);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.search = new URLSearchParams({ mode, replay: String(replay), ticket }).toString();
  return url.href;
}

/** A text message of the server; undefined when it says nothing we know. */
export function noticeOf(text: string): Notice | undefined {
  let message: Record<string, unknown>;
  try {
    const parsed: unknown = JSON.parse(text);
    if (parsed === null || typeof parsed !== 'object') return undefined;
    message = parsed as Record<string, unknown>;
  } catch {
    return undefined;
  }
  if ('writer' in message) return { kind: 'writer', writer: typeof message['writer'] === 'string' ? message['writer'] : undefined, mine: typeof message['mine'] === 'boolean' ? message['mine'] : undefined };
  if (typeof message['error'] === 'string') return { kind: 'error', message: message['error'] };
  switch (message['event']) {
    case 'power': return { kind: 'power', on: typeof message['value'] === 'boolean' ? message['value'] : null };
    case 'console-lost': return { kind: 'lost' };
    case 'console-back': return { kind: 'back' };
    default: return undefined;
  }
}

/** Why it closed, and whether it is worth coming back by itself. */
export function closeWords(code: number, reason: string): { text: string; again: boolean } {
  switch (code) {
    case 1000: return { text: reason || 'The console was closed.', again: false };
    case 4401: return { text: 'You are not signed in any more.', again: false };
    case 4403: return { text: 'The board is not yours any more.', again: false };
    case 4409: return { text: 'The state of the board has changed.', again: false };
    case 4500: return { text: reason || 'The board’s console could not be opened.', again: false };
    default: return { text: reason || 'The connection broke off.', again: true };
  }
}

/** How long to wait before trying again, ms. */
export function backOff(attempt: number): number {
  return Math.min(500 * 2 ** attempt, 10_000);
}
