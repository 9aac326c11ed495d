import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { asCurl, quote } from '../src/api/curl.ts';
import { path, target } from '../src/api/call.ts';

const ORIGIN = 'https://muster.example';
/** What a shell makes of a line, when curl only tells its arguments. */
const shell = (line: string): string[] => execFileSync('sh', ['-c', `curl() { for each; do printf '%s\\0' "$each"; done; }\n${line}`], { encoding: 'utf8', env: { MUSTER_TOKEN: 'mst_secret' } }).split('\0').slice(0, -1);

describe('a call as curl', () => {
  it('is the call that is sent, argument by argument', () => {
    const line = asCurl({ method: 'PATCH', path: path`/devices/${'it\'s a "robot"'}`, ifMatch: '"7"', body: { name: "O'Neill $HOME `id`" } }, ORIGIN);
    const words = shell(line);
    expect(words).toContain(`${ORIGIN}/api/v1/devices/it's%20a%20%22robot%22`);
    expect(words).toContain('PATCH');
    expect(words).toContain('If-Match: "7"');
    expect(words).toContain('Authorization: Bearer mst_secret');
    expect(JSON.parse(words[words.indexOf('-d') + 1]!)).toEqual({ name: "O'Neill $HOME `id`" });
  });

  it('never shows passwords and tokens', () => {
    const line = asCurl({ method: 'POST', path: '/users', body: { username: 'ann', password: 'correct horse', nested: [{ token: 'x1y2' }] } }, ORIGIN);
    expect(line).not.toContain('correct horse');
    expect(line).not.toContain('x1y2');
    expect(line).toContain('ann');
  });

  it('sends files and NDJSON as they are', () => {
    expect(shell(asCurl({ method: 'POST', path: '/artifacts', query: { filename: 'a b.swu' }, file: 'a b.swu' }, ORIGIN))).toContain('@a b.swu');
    const words = shell(asCurl({ method: 'POST', path: '/devices:bulk', lines: [{ id: 'a' }, { id: 'b' }] }, ORIGIN));
    expect(words).toContain('{"id":"a"}\n{"id":"b"}');
  });

  it('quotes only what a shell would read', () => {
    expect(quote('plain-1.2/x')).toBe('plain-1.2/x');
    expect(quote("it's")).toBe(`'it'\\''s'`);
    expect(quote('a;b')).toBe("'a;b'");
  });

  it('encodes segments of a path', () => {
    expect(target({ method: 'GET', path: path`/devices/${'a?b#c%d'}/actions/${3}` })).toBe('/api/v1/devices/a%3Fb%23c%25d/actions/3');
  });
});
