import { type Call, target } from './call.ts';
import { Problem } from './problem.ts';

export interface Answer<T> {
  data: T;
  etag: string | undefined;
  status: number;
}

/** How long a read still waits for the view to hold the last write of this tab, ms. */
const OWN_WRITE_KEPT = 15_000;

/**
 * The one way to the server. Sends the CSRF header and idempotency keys, and lets reads wait for this tab's own last
 * write, so that nobody saves a form and then sees the old value.
 */
export class Api {
  #position = 0;
  #writtenAt = 0;
  /** Called once when the session has ended. */
  onSignedOut: () => void = () => {};

  constructor(private readonly fetcher: typeof fetch = (input, init) => fetch(input, init),
    private readonly cookies: () => string = () => document.cookie,
    private readonly now: () => number = () => Date.now()) {}

  async get<T>(path: string, query?: Call['query'], signal?: AbortSignal): Promise<T> {
    return (await this.send<T>({ method: 'GET', path, query: query ?? {} }, signal)).data;
  }

  async send<T>(call: Call, signal?: AbortSignal): Promise<Answer<T>> {
    return this.#read<T>(await this.#patiently(call, signal));
  }

  /** The answer as the text that came: a document, a rendered rule file, JSON whose numbers must stay as they are. */
  async text(call: Call, signal?: AbortSignal): Promise<string> {
    const answer = await this.#patiently(call, signal, { Accept: 'application/problem+json, */*' });
    if (!answer.ok) await this.#refused(answer);
    this.wrote(answer.headers.get('Muster-Position'));
    return answer.text();
  }

  /** A read that outran its view is asked once more: the server has already waited for two seconds. */
  async #patiently(call: Call, signal?: AbortSignal, more?: Record<string, string>): Promise<Response> {
    const answer = await this.#once(call, signal, more);
    const again = call.method === 'GET' && answer.status === 503 && this.#position > 0;
    return again ? this.#once(call, signal, more) : answer;
  }

  async #once(call: Call, signal?: AbortSignal, more: Record<string, string> = {}): Promise<Response> {
    const init: RequestInit = { method: call.method, headers: { ...this.headers(call), ...more }, credentials: 'same-origin', cache: 'no-store', ...(signal && { signal }) };
    if (call.lines) init.body = call.lines.map((each) => JSON.stringify(each)).join('\n');
    else if (call.text !== undefined) init.body = call.text;
    else if (call.json !== undefined) init.body = call.json;
    else if (call.body !== undefined) init.body = JSON.stringify(call.body);
    try {
      return await this.fetcher(target(call), init);
    } catch (thrown) {
      if (signal?.aborted) throw thrown;
      throw Problem.unreachable();
    }
  }

  /** All headers a call needs; also for uploads, which go another way for the sake of their progress. */
  headers(call: Call): Record<string, string> {
    const headers: Record<string, string> = { Accept: 'application/json, application/problem+json' };
    if (call.file !== undefined) headers['Content-Type'] = call.type ?? 'application/octet-stream';
    else if (call.lines) Object.assign(headers, { 'Content-Type': 'application/x-ndjson', Accept: 'application/x-ndjson, application/problem+json' });
    else if (call.body !== undefined || call.json !== undefined) headers['Content-Type'] = 'application/json';
    if (call.ifMatch) headers['If-Match'] = call.ifMatch;
    if (call.reason) headers['Muster-Reason'] = call.reason;
    if (call.method === 'GET') {
      if (this.#position > 0 && this.now() - this.#writtenAt < OWN_WRITE_KEPT) headers['Muster-Min-Position'] = String(this.#position);
      return headers;
    }
    const csrf = /(?:^|;\s*)XSRF-TOKEN=([^;]+)/.exec(this.cookies())?.[1];
    if (csrf) headers['X-XSRF-TOKEN'] = decodeURIComponent(csrf);
    if (call.method === 'POST') headers['Idempotency-Key'] = idempotencyKey();
    return headers;
  }

  /** Keeps the place in the log that a write of ours reached. */
  wrote(position: string | null): void {
    const reached = Number(position);
    if (!Number.isSafeInteger(reached) || reached <= 0) return;
    this.#position = Math.max(this.#position, reached);
    this.#writtenAt = this.now();
  }

  async #refused(response: Response): Promise<never> {
    const problem = await Problem.from(response);
    if (response.status === 401) this.onSignedOut();
    throw problem;
  }

  async #read<T>(response: Response): Promise<Answer<T>> {
    if (!response.ok) await this.#refused(response);
    this.wrote(response.headers.get('Muster-Position'));
    const type = response.headers.get('Content-Type') ?? '';
    const text = await response.text();
    const data = text === '' ? undefined
      : type.includes('ndjson') ? text.split('\n').filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as unknown)
      : JSON.parse(text);
    return { data: data as T, etag: response.headers.get('ETag') ?? undefined, status: response.status };
  }
}

/** 128 random bits; `crypto.randomUUID` is missing on plain http. */
export function idempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export const api = new Api();
