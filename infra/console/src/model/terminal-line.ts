/** The wire of shells: binary messages are what the shell says and hears, texts are orders and notices. */

export type ShellState = 'connecting' | 'open' | 'ended';

/** Where the browser connects. It cannot send an Authorization header with a WebSocket, so a ticket goes along. */
export function shellAddress(origin: string, path: string, ticket: string): string {
  const url = new URL(path, origin);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.searchParams.set('ticket', ticket);
  return url.href;
}

/** How large the screen is. */
export function resizeOrder(rows: number, columns: number): string {
  return JSON.stringify({ cmd: 'resize', rows, columns });
}

/** What the server says beside the shell; undefined when it says nothing we know. */
export function shellNotice(text: string): string | undefined {
  try {
    const parsed = JSON.parse(text) as { error?: unknown } | null;
    return typeof parsed?.error === 'string' ? parsed.error : undefined;
  } catch {
    return undefined;
  }
}

/** Why it closed. A shell that ended is another one the next time, so nobody comes back by itself. */
export function shellCloseWords(code: number, reason: string): string {
  switch (code) {
    case 1000: return reason || 'The shell has ended.';
    case 4401: return 'You are not signed in any more.';
    case 4403: return 'You may not use a shell here any more.';
    case 4409: return reason || 'The device went away.';
    case 4500: return reason || 'The shell could not be opened.';
    default: return reason || 'The connection broke off.';
  }
}
