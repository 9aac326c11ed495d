/** An app's log as it comes: items of the stream, lines of the view. */
import type { SseMessage } from '../live/sse-parser.ts';

export type LogItem =
  | { kind: 'lines'; text: string }
  | { kind: 'message'; text: string }
  | { kind: 'cleared' }
  | { kind: 'transfer'; file: string; progress: string }
  | { kind: 'missed'; items: number };

/** `agent`: what the agent says of what it does; `gap`: something is missing here. */
export interface LogLine { key: number; kind: 'line' | 'agent' | 'gap'; text: string; /** Of an upload, whose line is written over. */ file?: string }

export const LINES_MAX = 5000;

/** A message of the stream; undefined when it says nothing we know. */
export function itemOf({ event, data }: Pick<SseMessage, 'event' | 'data'>): LogItem | undefined {
  let body: Record<string, unknown>;
  try {
    const parsed: unknown = JSON.parse(data);
    if (parsed === null || typeof parsed !== 'object') return undefined;
    body = parsed as Record<string, unknown>;
  } catch {
    return undefined;
  }
  const text = (name: string): string => (typeof body[name] === 'string' ? body[name] : '');
  switch (event) {
    case 'lines': return { kind: 'lines', text: text('text') };
    case 'message': return { kind: 'message', text: text('text') };
    case 'cleared': return { kind: 'cleared' };
    case 'transfer': return { kind: 'transfer', file: text('file'), progress: text('progress') };
    case 'missed': return { kind: 'missed', items: typeof body['items'] === 'number' ? body['items'] : 0 };
    default: return undefined;
  }
}

/** Colours and cursor movements, which mean nothing in a list of lines. */
const ESCAPES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;

/** A line as people read it. Engines tell their progress in JSON: what it says is taken out of it. */
export function lineText(line: string): string {
  const plain = line.replaceAll(ESCAPES, '').replace(/\r+$/, '');
  // A line that was written over has its last state behind the last carriage return.
  const shown = plain.slice(plain.lastIndexOf('\r') + 1);
  return shown.startsWith('{') ? (progressText(shown) ?? shown) : shown;
}

function progressText(line: string): string | undefined {
  let body: Record<string, unknown>;
  try {
    body = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
  const text = (name: string): string => (typeof body[name] === 'string' ? body[name].trimEnd() : '');
  if (text('error')) return text('error');
  if (text('stream')) return text('stream');
  return text('status') ? [text('id') && `${text('id')}:`, text('status'), text('progress')].filter(Boolean).join(' ') : undefined;
}

/** The lines that are kept, the newest. */
export class LogLines {
  lines: LogLine[] = [];
  #keys = 0;

  constructor(private readonly most = LINES_MAX) {}

  /** What was before the stream began. */
  begin(lines: string[], truncated: boolean): void {
    this.lines = [];
    if (truncated) this.#add({ kind: 'gap', text: 'There is more before this.' });
    lines.forEach((line) => this.#add({ kind: 'line', text: lineText(line) }));
    this.#cut();
  }

  add(items: LogItem[]): void {
    for (const item of items) {
      switch (item.kind) {
        case 'lines': item.text.split('\n').forEach((line) => this.#add({ kind: 'line', text: lineText(line) })); break;
        case 'message': item.text.split('\n').forEach((line) => this.#add({ kind: 'agent', text: lineText(line) })); break;
        case 'cleared': this.lines = []; break;
        case 'missed': this.#add({ kind: 'gap', text: item.items === 1 ? 'A message is missing here: it came too fast.' : `${item.items} messages are missing here: they came too fast.` }); break;
        case 'transfer': this.#transfer(item.file, item.progress);
      }
    }
    this.#cut();
  }

  /** The connection broke off; what was said meanwhile is not known. */
  gap(text: string): void {
    if (this.lines.at(-1)?.kind !== 'gap') this.#add({ kind: 'gap', text });
  }

  clear(): void {
    this.lines = [];
  }

  #transfer(file: string, progress: string): void {
    const text = `${file} ${progress}`.trim();
    const last = this.lines.at(-1);
    if (last?.file === file) this.lines = [...this.lines.slice(0, -1), { ...last, text }];
    else this.#add({ kind: 'agent', text, file });
  }

  #add(line: Omit<LogLine, 'key'>): void {
    this.lines.push({ ...line, key: ++this.#keys });
  }

  #cut(): void {
    if (this.lines.length > this.most) this.lines = this.lines.slice(-this.most);
  }
}

/** Those with all of these words, in any order; gaps stay, for they may hide some. */
export function filtered(lines: LogLine[], words: string): LogLine[] {
  const asked = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (asked.length === 0) return lines;
  return lines.filter(({ kind, text }) => kind === 'gap' || asked.every((word) => text.toLowerCase().includes(word)));
}
