/** The wire of shells: binary messages are what the shell says and hears, a text says how large the screen is. */

export type ShellState = 'connecting' | 'open' | 'ended';

/** Where the browser connects; its session goes along by itself. */
export function shellAddress(origin: string, path: string, stage: string | undefined): string {
  const url = new URL(path, origin);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  if (stage !== undefined) url.searchParams.set('stage', stage);
  return url.href;
}

/** How large the screen is. */
export function sizeMessage(rows: number, columns: number): string {
  return JSON.stringify({ rows, columns });
}

/** Why it closed. A shell that ended is another one the next time, so nobody comes back by itself. */
export function shellCloseWords(code: number, reason: string): string {
  switch (code) {
    case 1000: return reason || 'The shell has ended.';
    case 4401: return 'You are not signed in any more.';
    case 4403: return reason || 'You may not use a shell here any more.';
    case 4409: return reason || 'The device went away.';
    default: return reason || 'The connection broke off.';
  }
}
