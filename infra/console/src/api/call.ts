/**
 * One call of the API as plain data. Forms build it once: it is sent, and the same value is shown as curl, so what is
 * copied is what would have been done.
 */
export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`, with encoded segments. */
  path: string;
  query?: Record<string, string | number | boolean | undefined | null>;
  body?: unknown;
  /** A JSON body that is written already, for numbers that are longer than a double. */
  json?: string;
  /** How that body is shown to people, when there are secrets in it. */
  shown?: string;
  /** Name of the file that is the raw body. */
  file?: string;
  /** What that file says, where it is a text that was written here. */
  text?: string;
  /** What kind of file it is; bytes if nothing is said. */
  type?: string;
  /** One JSON object a line. */
  lines?: unknown[];
  ifMatch?: string;
  reason?: string;
}

export const BASE = '/api/v1';

/** A path with its variable parts encoded: path`/devices/${id}`. */
export function path(parts: TemplateStringsArray, ...values: (string | number)[]): string {
  return parts.reduce((sum, part, i) => sum + encodeURIComponent(String(values[i - 1])) + part);
}

/** The call's address from the root of the server. Empty query values are left out. */
export function target(call: Call): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(call.query ?? {})) {
    if (value !== undefined && value !== null && value !== '') query.set(key, String(value));
  }
  const text = query.toString();
  return BASE + call.path + (text ? `?${text}` : '');
}

/** JSON without members that were left open. */
export function compact<T extends Record<string, unknown>>(body: T): Partial<T> {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined && value !== '')) as Partial<T>;
}
