/**
 * JSON as it was written. `JSON.parse` squeezes numbers through a double, and configuration holds integers that are
 * longer: whoever only looks at 9007199254740993 must not see, or save, another number.
 */
export type Json =
  | { kind: 'object'; members: Map<string, Json> }
  | { kind: 'list'; items: Json[] }
  | { kind: 'number'; text: string }
  | { kind: 'text'; text: string }
  | { kind: 'bool'; value: boolean }
  | { kind: 'null' };

export const NULL: Json = { kind: 'null' };
export const EMPTY: Json & { kind: 'object' } = { kind: 'object', members: new Map() };

/** Where a text stops being JSON; line and column are counted from 1. */
export class JsonFault extends Error {
  override readonly name = 'JsonFault';

  constructor(message: string, readonly line: number, readonly column: number) {
    super(message);
  }
}

/** As deep as the server reads. */
const DEPTH_MAX = 128;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const TEXT = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SPACE = /[ \t\r\n]*/y;
const WORDS: Record<string, Json> = { true: { kind: 'bool', value: true }, false: { kind: 'bool', value: false }, null: NULL };

class Reader {
  #at = 0;

  constructor(private readonly text: string) {}

  whole(): Json {
    const value = this.#value(0);
    this.#space();
    if (this.#at < this.text.length) throw this.#fault('Something stands behind the end');
    return value;
  }

  #value(depth: number): Json {
    if (depth > DEPTH_MAX) throw this.#fault(`More than ${DEPTH_MAX} levels`);
    this.#space();
    const sign = this.text[this.#at];
    if (sign === '{') return this.#object(depth);
    if (sign === '[') return this.#list(depth);
    if (sign === '"') return { kind: 'text', text: this.#string() };
    const number = this.#take(NUMBER);
    if (number !== undefined) return { kind: 'number', text: number };
    for (const [word, value] of Object.entries(WORDS)) {
      if (this.text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return value;
      }
    }
    throw this.#fault(sign === undefined ? 'A value is missing at the end' : 'A value is expected here');
  }

  #object(depth: number): Json {
    const members = new Map<string, Json>();
    this.#at++;
    for (let first = true; !this.#sign('}'); first = false) {
      if (!first && !this.#sign(',')) throw this.#fault("',' or '}' is missing");
      this.#space();
      if (this.text[this.#at] !== '"') throw this.#fault('The name of a member is expected here');
      const name = this.#string();
      if (members.has(name)) throw this.#fault(`The member '${name}' is there twice`);
      if (!this.#sign(':')) throw this.#fault("':' is missing");
      members.set(name, this.#value(depth + 1));
    }
    return { kind: 'object', members };
  }

  #list(depth: number): Json {
    const items: Json[] = [];
    this.#at++;
    for (let first = true; !this.#sign(']'); first = false) {
      if (!first && !this.#sign(',')) throw this.#fault("',' or ']' is missing");
      items.push(this.#value(depth + 1));
    }
    return { kind: 'list', items };
  }

  #string(): string {
    const text = this.#take(TEXT);
    if (text === undefined) throw this.#fault('This text has no end, or a sign in it that needs an escape');
    return JSON.parse(text) as string;
  }

  #sign(sign: string): boolean {
    this.#space();
    if (this.text[this.#at] !== sign) return false;
    this.#at++;
    return true;
  }

  #space(): void {
    this.#take(SPACE);
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #fault(message: string): JsonFault {
    const before = this.text.slice(0, this.#at).split('\n');
    return new JsonFault(`${message}.`, before.length, before.at(-1)!.length + 1);
  }
}

/** Fails with a {@link JsonFault}. */
export function readJson(text: string): Json {
  return new Reader(text).whole();
}

/** In one line, or with so many blanks a level. */
export function writeJson(value: Json, indent = 0, level = 0): string {
  const lines = (open: string, parts: string[], close: string): string => {
    if (parts.length === 0) return open + close;
    if (indent === 0) return open + parts.join(',') + close;
    const inner = ' '.repeat(indent * (level + 1));
    return `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${' '.repeat(indent * level)}${close}`;
  };
  switch (value.kind) {
    case 'object': return lines('{', [...value.members].map(([name, each]) => `${JSON.stringify(name)}:${indent === 0 ? '' : ' '}${writeJson(each, indent, level + 1)}`), '}');
    case 'list': return lines('[', value.items.map((each) => writeJson(each, indent, level + 1)), ']');
    case 'number': return value.text;
    case 'text': return JSON.stringify(value.text);
    case 'bool': return String(value.value);
    case 'null': return 'null';
  }
}

/** As JavaScript has it; for what holds no long numbers. */
export function plainJson(value: Json | undefined): unknown {
  return value === undefined ? undefined : JSON.parse(writeJson(value));
}

export function memberOf(value: Json | undefined, name: string): Json | undefined {
  return value?.kind === 'object' ? value.members.get(name) : undefined;
}

/** What stands at a dotted path with `[3]` for elements, or nothing. An empty path is the whole. */
export function valueAt(value: Json | undefined, path: string): Json | undefined {
  return partsOf(path).reduce<Json | undefined>((at, part) => {
    const index = /^\[(\d+)\]$/.exec(part)?.[1];
    if (index === undefined) return memberOf(at, part);
    return at?.kind === 'list' ? at.items[Number(index)] : undefined;
  }, value);
}

/** `a.b[0].c` → a, b, [0], c */
export function partsOf(path: string): string[] {
  return path === '' ? [] : path.replaceAll('[', '.[').split('.').filter((each) => each !== '');
}

/** Whether two values mean the same: the order of members does not count, 3000 is 3000.0, and 1 is not true. */
export function sameJson(a: Json, b: Json): boolean {
  if (a.kind === 'object' && b.kind === 'object') {
    return a.members.size === b.members.size && [...a.members].every(([name, each]) => {
      const other = b.members.get(name);
      return other !== undefined && sameJson(each, other);
    });
  }
  if (a.kind === 'list' && b.kind === 'list') return a.items.length === b.items.length && a.items.every((each, i) => sameJson(each, b.items[i]!));
  if (a.kind === 'number' && b.kind === 'number') return decimal(a.text) === decimal(b.text);
  return a.kind === b.kind && writeJson(a) === writeJson(b);
}

/** One spelling for all spellings of a number: its digits without zeros around them, and where the point is. */
function decimal(text: string): string {
  const [, sign, whole, part = '', power = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text)!;
  const digits = `${whole}${part}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  return `${sign}${significant}e${Number(power) - part.length + (digits.length - significant.length)}`;
}
