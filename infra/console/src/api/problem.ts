import { words } from '../model/format.ts';

/** One reason why a call did not do what was asked, as `application/problem+json` tells it. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string | undefined,
    readonly code: string | undefined,
    readonly hint: string | undefined,
    readonly traceId: string | undefined,
    readonly retryable: boolean,
    readonly errors: { pointer: string; message: string }[],
    readonly docs: string | undefined,
    /** The member of the request that the whole "no" is about. */
    readonly member?: string,
    /** What else the server tells, by name. */
    readonly details?: Record<string, unknown>,
  ) {
    super(detail ?? title);
  }

  /** What kind of "no" this is, whatever it is about: "Release incompatible". */
  get kind(): string {
    return this.code === undefined ? this.title : words(this.code.slice(this.code.lastIndexOf('.') + 1));
  }

  /** The fault of one form field, by JSON pointer. */
  at(pointer: string): string | undefined {
    return this.errors.find((each) => each.pointer === pointer)?.message
      ?? (this.member !== undefined && pointer === `/${this.member.replaceAll('.', '/')}` ? this.message : undefined);
  }

  /** Reads a failed answer; also one from a proxy that knows nothing of problems. */
  static async from(response: { status: number; statusText: string; headers: Headers; text(): Promise<string> }): Promise<Problem> {
    const text = await response.text().catch(() => '');
    return Problem.parse(response.status, response.statusText, text, response.headers.get('Retry-After'));
  }

  static parse(status: number, statusText: string, text: string, retryAfter: string | null = null): Problem {
    let body: Record<string, unknown> = {};
    try {
      const parsed: unknown = JSON.parse(text);
      if (parsed !== null && typeof parsed === 'object') body = parsed as Record<string, unknown>;
    } catch {
      // Not JSON: a proxy's page. Its status is all we trust of it.
    }
    const wait = retryAfter && /^\d+$/.test(retryAfter) ? `Try again in ${retryAfter} s.` : undefined;
    const errors = Array.isArray(body['errors'])
      ? body['errors'].map((each: Record<string, unknown>) => ({ pointer: str(each?.['pointer']) ?? '', message: str(each?.['message']) ?? '' }))
      : [];
    const type = str(body['type']);
    return new Problem(
      status,
      str(body['title']) ?? fallbackTitle(status, statusText),
      str(body['detail']),
      str(body['code']),
      str(body['hint']) ?? wait ?? fallbackHint(status),
      str(body['traceId']),
      body['retryable'] === true || status === 429 || status === 503,
      errors,
      type && /^(https?:)?\//.test(type) ? type : undefined,
      str((body['details'] as Record<string, unknown> | undefined)?.['member']),
      (body['details'] ?? undefined) as Record<string, unknown> | undefined,
    );
  }

  /** The call never got an answer. */
  static unreachable(): Problem {
    return new Problem(0, 'The server cannot be reached', undefined, undefined,
      'Check your network. The page goes on by itself when the server answers again.', undefined, true, [], undefined);
  }

  /** Anything that was thrown, as something that can be shown. */
  static of(thrown: unknown): Problem {
    if (thrown instanceof Problem) return thrown;
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return new Problem(-1, 'The console stumbled', message, undefined,
      'Reload the page. If it happens again, please report it with this text.', undefined, false, [], undefined);
  }
}

function str(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function fallbackTitle(status: number, statusText: string): string {
  if (status === 401) return 'Please sign in';
  if (status === 403) return 'This is not allowed for you';
  if (status === 404) return 'There is no such thing';
  if (status === 412) return 'Somebody else changed this meanwhile';
  if (status === 413) return 'This is too large';
  if (status === 429) return 'Too many requests';
  if (status >= 500) return 'The server has a problem';
  return statusText || `The server answered ${status}`;
}

function fallbackHint(status: number): string | undefined {
  if (status === 412) return 'Look at the newest state, then make your change again.';
  if (status === 403) return 'Ask an administrator for the role that allows it.';
  if (status >= 500) return 'Try again in a moment.';
  return undefined;
}
