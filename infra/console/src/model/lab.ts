/** What the console knows of boards without asking: who may do what, how long, how they are sorted out. */
import type { Board, BoardState, ConfigurationFault, LabRequest } from '../api/lab.ts';
import { duration, words } from './format.ts';

export const BOARD_STATES: BoardState[] = ['free', 'preparing', 'reserved', 'releasing', 'faulty', 'maintenance'];

export interface BoardFilter { brdclass: string; state: string; mine: boolean; words: string }

/** Whether a board is one of those that are asked for. */
export function fits(board: Board, filter: BoardFilter): boolean {
  if (filter.brdclass && board.brdclass !== filter.brdclass) return false;
  if (filter.state && board.state !== filter.state) return false;
  if (filter.mine && !board.mine) return false;
  const asked = filter.words.toLowerCase().split(/\s+/).filter(Boolean);
  if (asked.length === 0) return true;
  const text = [board.name, board.brdclass, board.note, board.fault, board.degraded, board.deviceId, board.reservation?.purpose, board.reservation?.holderName, ...pairs(board.tags), ...pairs(board.attributes)].join(' ').toLowerCase();
  return asked.every((word) => text.includes(word));
}

/** Names as people count: node-2 comes before node-10. */
export function byName(a: { name: string }, b: { name: string }): number {
  return a.name.localeCompare(b.name, 'en', { numeric: true });
}

export function pairs(map: Record<string, string> | null | undefined): string[] {
  return Object.entries(map ?? {}).sort(([a], [b]) => a.localeCompare(b)).map(([key, value]) => `${key}=${value}`);
}

/** The facts of a board's environment, by name. */
export function environmentFacts(board: Board): [string, unknown][] {
  const { attrs } = board.environment ?? {};
  const facts = attrs !== null && typeof attrs === 'object' ? attrs : (board.environment ?? {});
  return Object.entries(facts).sort(([a], [b]) => a.localeCompare(b));
}

export type Deed = 'reserve' | 'release' | 'extend' | 'share' | 'power' | 'console' | 'kick' | 'maintenance' | 'return';
export type Rights = 'look' | 'use' | 'admin';

/** What somebody may do with a board as it is now; the server decides in the end. */
export function deedsOf(board: Board, rights: Rights, me: string | undefined): Set<Deed> {
  const deeds = new Set<Deed>();
  if (rights === 'look') return deeds;
  const admin = rights === 'admin';
  const held = board.state === 'reserved';
  const share = held && me !== undefined ? board.reservation?.shares?.[me] : undefined;
  if (board.state === 'free' || (!board.mine && (board.state === 'reserved' || board.state === 'preparing' || board.state === 'releasing'))) deeds.add('reserve');
  if (board.mine && held) for (const each of ['release', 'extend', 'share'] as const) deeds.add(each);
  if (has(board, 'power') && (admin || (held && (board.mine || share === 'rw')))) deeds.add('power');
  if (has(board, 'console') && held && (board.mine || admin || share !== undefined)) deeds.add('console');
  if (admin) {
    if (held && !board.mine) deeds.add('kick');
    if (board.state !== 'maintenance') deeds.add('maintenance');
    if (board.state === 'faulty' || board.state === 'maintenance') deeds.add('return');
  }
  return deeds;
}

/** Whether a board has something of a kind. */
export function has(board: Board, kind: 'power' | 'console' | 'ether'): boolean {
  const fit = { power: (cls: string) => cls.endsWith('power'), console: (cls: string) => cls === 'serialconsole', ether: (cls: string) => cls === 'etheriface' }[kind];
  return board.options.some((option) => fit(option.cls));
}

/** "16:40", or with its day when that is not today: "Nov 28, 16:40". */
export function untilWords(at: string, now: Date = new Date()): string {
  const date = new Date(at);
  const time = `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
  return date.toDateString() === now.toDateString() ? time : `${date.toLocaleDateString('en', { month: 'short', day: 'numeric' })}, ${time}`;
}

const UNITS: Record<string, number> = { s: 1, min: 60, m: 60, h: 3600, d: 86_400 };

/** Seconds of "90", "30s", "45m", "2h" or "1h30m"; undefined if it is none of these. A bare number is minutes. */
export function spanSeconds(text: string): number | undefined {
  const plain = text.trim().toLowerCase().replaceAll(' ', '');
  if (/^\d{1,7}$/.test(plain)) return Number(plain) * 60 || undefined;
  if (!/^(\d{1,7}(min|[smhd]))+$/.test(plain)) return undefined;
  let sum = 0;
  for (const [, figure, unit] of plain.matchAll(/(\d+)(min|[smhd])/g)) sum += Number(figure) * UNITS[unit!]!;
  return sum || undefined;
}

/** Seconds as the server reads them: "2h", "90m", "45s". */
export function spanText(seconds: number): string {
  if (seconds % 3600 === 0) return `${seconds / 3600}h`;
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`;
}

/** Why a stretch of time is refused, or nothing. */
export function spanFault(text: string, most?: number): string | undefined {
  const seconds = spanSeconds(text);
  if (seconds === undefined) return 'Write it as 30m, 2h or 1h30m.';
  return most !== undefined && seconds > most ? `At most ${duration(most * 1000)}.` : undefined;
}

const KEY = /^(ssh-(ed25519|rsa)|ecdsa-sha2-nistp(256|384|521)|sk-(ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com) [A-Za-z0-9+/]+={0,3}( .*)?$/;

/** Why these SSH keys are refused, or nothing. A private key must never leave the browser. */
export function sshKeysFault(text: string): string | undefined {
  if (/PRIVATE KEY/.test(text)) return 'There is a private key in it. It is not sent: give the .pub file.';
  const lines = text.split('\n').map((line) => line.trim()).filter(Boolean);
  const bad = lines.findIndex((line) => !KEY.test(line));
  return bad < 0 ? undefined : `Line ${bad + 1} is no public key in OpenSSH's form.`;
}

export function keyLines(text: string): string {
  return text.split('\n').map((line) => line.trim()).filter(Boolean).join('\n');
}

/** Those that wait in the order they are served, then those that are over, newest first. */
export function queueOrder(a: LabRequest, b: LabRequest): number {
  const waits = (each: LabRequest): number => (each.state === 'granted' ? 0 : each.state === 'waiting' ? 1 : 2);
  return waits(a) - waits(b) || (waits(a) < 2 ? a.position - b.position : b.changedAt.localeCompare(a.changedAt));
}

/** What a request asks for, in words. */
export function wanted(selector: LabRequest['selector']): string {
  const tags = pairs(selector.tags).join(', ');
  const what = selector.board ? selector.board : selector.brdclass ? `any ${selector.brdclass}` : 'any board';
  return tags ? `${what} with ${tags}` : what;
}

/** A figure of the usage statistics for people: its name and its value. */
export function usageFigure(name: string, value: number): [string, string] {
  const spaced = words(name.replaceAll(/([a-z])([A-Z])/g, '$1 $2'));
  if (name.endsWith('Seconds')) return [spaced.replace(/ seconds$/, ' time'), duration(value * 1000)];
  if (/(Share|Ratio)$/.test(name)) return [spaced.replace(/ (share|ratio)$/, ''), `${Math.round(value * 1000) / 10} %`];
  return [spaced, String(Math.round(value * 100) / 100)];
}

/** Where a line and column of a text are, counted from 1; the whole line when there is no column. */
export function spot(text: string, line: number, column?: number | null): { start: number; end: number } {
  const lines = text.split('\n');
  const index = Math.min(Math.max(line, 1), lines.length) - 1;
  const begin = lines.slice(0, index).reduce((sum, each) => sum + each.length + 1, 0);
  const length = lines[index]!.length;
  if (!column) return { start: begin, end: begin + length };
  const start = begin + Math.min(column - 1, length);
  const word = /^[^\s;,{}[\]]+/.exec(text.slice(start, begin + length))?.[0].length ?? 0;
  return { start, end: Math.min(start + Math.max(word, 1), begin + length) };
}

/** The fault a refusal of a configuration is about. */
export function faultOf(message: string, details: Record<string, unknown> | undefined): ConfigurationFault {
  const number = (value: unknown): number | null => (Number.isInteger(Number(value)) && Number(value) > 0 ? Number(value) : null);
  return { message, line: number(details?.['line']), column: number(details?.['column']), board: typeof details?.['board'] === 'string' ? details['board'] : null };
}
