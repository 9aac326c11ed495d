import { describe, expect, it } from 'vitest';
import { asCurl } from '../src/api/curl.ts';
import { lab, type Board, type LabRequest } from '../src/api/lab.ts';
import { backOff, closeWords, consoleAddress, noticeOf } from '../src/model/console-line.ts';
import { eventWords } from '../src/model/event-words.ts';
import { byName, deedsOf, environmentFacts, faultOf, fits, has, queueOrder, spanFault, spanSeconds, spanText, spot, sshKeysFault, untilWords, usageFigure, wanted } from '../src/model/lab.ts';
import { boardLink, consoleLink, routeOf, subjectLink } from '../src/routes.ts';

const board = (more: Partial<Board> = {}): Board => ({
  name: 'a64lts-1', brdclass: 'pine64-a64-lts', state: 'free', power: null, powering: false, tags: { sdwire: 'yes' }, attributes: { arch: 'arm64' },
  options: [{ cls: 'serialconsole', val: '/dev/ttyU0' }, { cls: 'snmppower', host: 'poe', port: 3 }], defaultSeconds: 3600, maxSeconds: 7200, mine: false, version: 1, changedAt: '2026-11-26T00:00:00Z', ...more,
});
const held = (more: Partial<Board> = {}): Board => board({ state: 'reserved', reservation: { id: 'r', holder: 'user:1', since: '', expiresAt: '', shares: { 'user:2': 'ro', 'user:3': 'rw' } }, ...more });

describe('what may be done with a board', () => {
  it('is nothing for those who only look', () => {
    expect([...deedsOf(held({ mine: true }), 'look', 'user:1')]).toEqual([]);
  });

  it('is to reserve it when it is free, to queue for it when it is taken, neither when it is out of service', () => {
    expect(deedsOf(board(), 'use', 'user:1').has('reserve')).toBe(true);
    expect(deedsOf(held(), 'use', 'user:9').has('reserve')).toBe(true);
    for (const state of ['faulty', 'maintenance'] as const) expect(deedsOf(board({ state }), 'use', 'user:1').size).toBe(0);
  });

  it('is all that a holder may, and no more', () => {
    expect([...deedsOf(held({ mine: true }), 'use', 'user:1')].sort()).toEqual(['console', 'extend', 'power', 'release', 'share']);
    expect(deedsOf(held({ mine: true, options: [] }), 'use', 'user:1').has('power')).toBe(false);
  });

  it('is to look or to use it for whom it is shared with', () => {
    expect(deedsOf(held(), 'use', 'user:2').has('console')).toBe(true);
    expect(deedsOf(held(), 'use', 'user:2').has('power')).toBe(false);
    expect(deedsOf(held(), 'use', 'user:3').has('power')).toBe(true);
    expect(deedsOf(held(), 'use', 'user:4').has('console')).toBe(false);
  });

  it('is more for an administrator', () => {
    expect(deedsOf(held(), 'admin', 'user:9').has('kick')).toBe(true);
    expect(deedsOf(held({ mine: true }), 'admin', 'user:1').has('kick')).toBe(false);
    expect(deedsOf(board({ state: 'faulty' }), 'admin', 'user:9').has('return')).toBe(true);
    expect(deedsOf(board({ state: 'maintenance' }), 'admin', 'user:9').has('maintenance')).toBe(false);
  });
});

describe('the wall', () => {
  const all = { brdclass: '', state: '', mine: false, words: '' };

  it('is sorted as people count', () => {
    expect([{ name: 'node-10' }, { name: 'node-2' }].sort(byName)[0]!.name).toBe('node-2');
  });

  it('is filtered by class, state, owner and words', () => {
    expect(fits(board(), all)).toBe(true);
    expect(fits(board(), { ...all, brdclass: 'rpi4' })).toBe(false);
    expect(fits(board(), { ...all, state: 'faulty' })).toBe(false);
    expect(fits(board(), { ...all, mine: true })).toBe(false);
    expect(fits(board(), { ...all, words: 'SDWIRE a64' })).toBe(true);
    expect(fits(board(), { ...all, words: 'sdwire rpi4' })).toBe(false);
  });

  it('reads the facts of an environment wherever they are', () => {
    expect(environmentFacts(board({ environment: { ip: '192.0.2.7' } }))).toEqual([['ip', '192.0.2.7']]);
    expect(environmentFacts(board({ environment: { attrs: { ip: '192.0.2.7' }, ssh: true } }))).toEqual([['ip', '192.0.2.7']]);
    expect(environmentFacts(board())).toEqual([]);
  });

  it('knows what a board has', () => {
    expect(has(board(), 'power')).toBe(true);
    expect(has(board(), 'ether')).toBe(false);
  });
});

describe('a stretch of time', () => {
  it('is read in the ways people write it', () => {
    expect(['2h', '90', '1h30m', '1 h 30 min', '45s', '1d'].map(spanSeconds)).toEqual([7200, 5400, 5400, 5400, 45, 86_400]);
    for (const text of ['', 'soon', '0', '-1h', '2 weeks', 'h']) expect(spanSeconds(text), text).toBeUndefined();
  });

  it('is refused above what the board allows', () => {
    expect(spanFault('3h', 7200)).toContain('2 h');
    expect(spanFault('2h', 7200)).toBeUndefined();
  });

  it('goes to the server in its own words', () => {
    expect([7200, 5400, 90].map(spanText)).toEqual(['2h', '90m', '90s']);
  });

  it('ends today or on a day', () => {
    const now = new Date(2026, 10, 26, 12, 0);
    expect(untilWords(new Date(2026, 10, 26, 16, 40).toISOString(), now)).toBe('16:40');
    expect(untilWords(new Date(2026, 10, 28, 6, 5).toISOString(), now)).toBe('Nov 28, 06:05');
  });
});

describe('SSH keys', () => {
  it('are public ones, one a line', () => {
    expect(sshKeysFault('')).toBeUndefined();
    expect(sshKeysFault('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIabc me@here\n\n')).toBeUndefined();
    expect(sshKeysFault('ssh-ed25519 AAAAC3\nnonsense')).toContain('Line 2');
  });

  it('are never private ones', () => {
    expect(sshKeysFault('-----BEGIN OPENSSH PRIVATE KEY-----')).toContain('private key');
  });
});

describe('the queue', () => {
  it('is shown in the order in which it is served, then what is over', () => {
    const one = (id: string, state: LabRequest['state'], position: number, changedAt = ''): LabRequest => ({ id, state, position, changedAt, holder: '', mine: false, selector: {}, priority: 0, queuedAt: '' });
    expect([one('d', 'failed', 0, '2026-01-01'), one('b', 'waiting', 2), one('c', 'expired', 0, '2026-02-02'), one('a', 'waiting', 1), one('g', 'granted', 0)].sort(queueOrder).map((each) => each.id)).toEqual(['g', 'a', 'b', 'c', 'd']);
  });

  it('says what is wanted', () => {
    expect(wanted({ board: 'cora-1' })).toBe('cora-1');
    expect(wanted({ brdclass: 'rpi4', tags: { wifi: 'yes' } })).toBe('any rpi4 with wifi=yes');
  });
});

describe('the configuration', () => {
  it('marks the word at a line and column', () => {
    const text = 'a = 1;\n  cls = nonsense, b\n';
    const { start, end } = spot(text, 2, 9);
    expect(text.slice(start, end)).toBe('nonsense');
    expect(text.slice(...Object.values(spot(text, 2)) as [number, number])).toBe('  cls = nonsense, b');
    expect(spot('x', 99, 99)).toEqual({ start: 1, end: 1 });
  });

  it('takes the place from a refusal', () => {
    expect(faultOf('No', { line: '3', column: 7, board: 'x' })).toEqual({ message: 'No', line: 3, column: 7, board: 'x' });
    expect(faultOf('No', undefined).line).toBeNull();
  });

  it('goes as plain text', () => {
    expect(asCurl(lab.configure('x'), 'http://h')).toContain('Content-Type: text/plain');
  });
});

describe('the console’s wire', () => {
  it('has an address with a ticket and the page’s own security', () => {
    expect(consoleAddress('https://lab.example', '/bitelab/board/a%2Fb/console/ws', 't+', 'ro', 10)).toBe('wss://lab.example/bitelab/board/a%2Fb/console/ws?mode=ro&replay=10&ticket=t%2B');
    expect(consoleAddress('http://h:8080', 'a', 't', 'rw', 10)).toMatch(/^ws:\/\/h:8080\//);
  });

  it('tells of the pen, the power, the line and of faults, and ignores what is unknown', () => {
    expect(noticeOf('{"writer":"ann"}')).toEqual({ kind: 'writer', writer: 'ann', mine: undefined });
    expect(noticeOf('{"event":"power","value":false}')).toEqual({ kind: 'power', on: false });
    expect(noticeOf('{"event":"power","value":null}')).toEqual({ kind: 'power', on: null });
    expect(noticeOf('{"event":"console-lost"}')).toEqual({ kind: 'lost' });
    expect(noticeOf('{"error":"no"}')).toEqual({ kind: 'error', message: 'no' });
    for (const text of ['', 'null', '7', '{"event":"later"}']) expect(noticeOf(text), text).toBeUndefined();
  });

  it('comes back after a break, never after it was refused', () => {
    expect(closeWords(1006, '').again).toBe(true);
    for (const code of [1000, 4401, 4403, 4409, 4500]) expect(closeWords(code, '').again, String(code)).toBe(false);
    expect([0, 1, 20].map(backOff)).toEqual([500, 1000, 10_000]);
  });
});

describe('words and addresses', () => {
  it('lead to boards, their consoles and the queue', () => {
    expect(routeOf('/lab')).toEqual({ page: 'lab' });
    expect(routeOf('/lab/-/queue')).toEqual({ page: 'lab-queue' });
    expect(routeOf(boardLink('a64lts-1'))).toEqual({ page: 'board', id: 'a64lts-1' });
    expect(routeOf(consoleLink('queue'))).toEqual({ page: 'board-console', id: 'queue' });
    expect(routeOf('/lab/a/b')).toEqual({ page: 'unknown' });
    expect(routeOf('/lab/%')).toEqual({ page: 'unknown' });
    expect(subjectLink('boards/a64lts-1')).toBe('/lab/a64lts-1');
  });

  it('tell events and figures of the lab', () => {
    expect(eventWords('muster.lab.power-observed.v1', { power: 'ON' })).toMatchObject({ title: 'Power read back', detail: 'on' });
    expect(eventWords('lab.ReleaseStarted', { reason: 'NOT_PREPARED', attempt: 2 }).detail).toBe('not prepared – attempt 2');
    expect(eventWords('muster.lab.setup-script-ran.v1', { action: 'reserve', outcome: 'timed-out', millis: 120_040 })).toMatchObject({ title: 'Setup script ran', detail: 'reserve – timed out – 120.0 s' });
    expect(lab.output({ words: 'ab'.repeat(32) })).toBe(`/api/v1/lab/script-output/${'ab'.repeat(32)}`);
    expect(lab.output({ outcome: 'done' })).toBeUndefined();
    expect(usageFigure('reservedSeconds', 7200)).toEqual(['Reserved time', '2 h']);
    expect(usageFigure('busyShare', 0.456)).toEqual(['Busy', '45.6 %']);
    expect(usageFigure('powerCycles', 3)).toEqual(['Power cycles', '3']);
  });
});
