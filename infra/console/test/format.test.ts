import { describe, expect, it } from 'vitest';
import { bytes, count, duration, isoDuration, percent, plural, relative, utc, words } from '../src/model/format.ts';
import { csvCell, devicesCsv } from '../src/model/export.ts';
import { Speed } from '../src/api/upload.ts';
import { fromFileName, releaseOf } from '../src/model/release-draft.ts';
import { routeOf, subjectLink, deviceLink } from '../src/routes.ts';

describe('figures', () => {
  it('are grouped, and plural where they are', () => {
    expect(count(10_000)).toBe('10,000');
    expect(count(undefined)).toBe('–');
    expect(plural(1, 'device')).toBe('1 device');
    expect(plural(2000, 'device')).toBe('2,000 devices');
  });

  it('tell bytes in steps of a thousand', () => {
    expect([0, 999, 1000, 312_400_128, 5e12, -1].map(bytes)).toEqual(['0 B', '999 B', '1 kB', '312.4 MB', '5 TB', '–']);
  });

  it('never round a few to none, or almost all to all', () => {
    expect(percent(1, 10_000)).toBe('< 0.1 %');
    expect(percent(9999, 10_000)).toBe('> 99.9 %');
    expect(percent(0, 10)).toBe('0 %');
    expect(percent(10, 10)).toBe('100 %');
    expect(percent(1, 0)).toBe('–');
  });
});

describe('times', () => {
  const now = Date.parse('2026-11-20T12:00:00Z');
  it('are told from now', () => {
    expect(relative(now - 2000, now)).toBe('just now');
    expect(relative(now - 59_000, now)).toBe('59 s ago');
    expect(relative(now - 3_600_000, now)).toBe('1 h ago');
    expect(relative(now + 86_400_000 * 3, now)).toBe('in 3 d');
    expect(relative('nonsense', now)).toBe('–');
  });

  it('are told in UTC on demand', () => {
    expect(utc('2026-11-20T12:00:00.123Z')).toBe('2026-11-20 12:00:00 UTC');
    expect(utc('nonsense')).toBe('');
  });

  it('as stretches', () => {
    expect([4000, 90_000, 3_600_000, 4_800_000, 86_400_000 * 3].map(duration)).toEqual(['4 s', '1 min 30 s', '1 h', '1 h 20 min', '3 d']);
    expect(isoDuration('PT24H')).toBe(86_400_000);
    expect(isoDuration('P1DT2M3.5S')).toBe(86_400_000 + 123_500);
    expect(['', 'P', 'PT', '24h', 'P1M2'].map(isoDuration)).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });

  it('words from names', () => expect(words('release-manager')).toBe('Release manager'));
});

describe('files', () => {
  it('hold no formulas and keep commas', () => {
    expect(csvCell('=HYPERLINK("x")')).toBe(`"'=HYPERLINK(""x"")"`);
    expect(csvCell('@sum')).toBe("'@sum");
    expect(csvCell(-5)).toBe('-5');
    expect(csvCell('a,b')).toBe('"a,b"');
    expect(csvCell(null)).toBe('');
  });

  it('have a head and a line for each device', () => {
    const device = { id: 'd,1', name: 'n', tags: ['a', 'b'], attributes: {}, metadata: {}, origin: 'operator', createdAt: 't', version: 1, presence: 'online', updateStatus: 'error', actions: [], hardware: { model: 'm', revision: 'r' }, attributesRequested: false, hasToken: false, autoConfirm: false } as const;
    const lines = devicesCsv([{ ...device, tags: [...device.tags], actions: [] }]).split('\r\n');
    expect(lines[0]).toMatch(/^id,name,group,/);
    expect(lines[1]).toBe('"d,1",n,,a b,online,error,,,,,m,r,,,t');
  });

  it('name their release', () => {
    expect(fromFileName('base-os-4.2.0.swu')).toEqual({ name: 'base-os', version: '4.2.0' });
    expect(fromFileName('app_v2.1.0-rc.1.tar.gz')).toEqual({ name: 'app', version: '2.1.0-rc.1' });
    expect(fromFileName('rootfs.ext4.zst')).toEqual({ name: 'rootfs', version: '' });
    const bundle = { format: 'swu', name: null, version: '7', compatibility: [], images: [], signature: 'absent', encrypted: false, warnings: [] } as const;
    expect(releaseOf([{ fileName: 'x-1.swu', sha256: '', sha1: '', md5: '', size: 1, bundle: { ...bundle, compatibility: [], images: [], warnings: [] } }])).toMatchObject({ name: 'x', version: '7', type: 'os' });
  });

  it('tell their speed and the time that is left', () => {
    const speed = new Speed();
    expect(speed.at(0, 1000, 0)).toMatchObject({ perSecond: 0, secondsLeft: undefined });
    expect(speed.at(500, 1000, 1000)).toMatchObject({ perSecond: 500, secondsLeft: 1 });
    expect(speed.at(1000, 1000, 2000).secondsLeft).toBe(0);
  });
});

describe('addresses', () => {
  it('are pages', () => {
    expect(routeOf('/')).toEqual({ page: 'fleet' });
    expect(routeOf('/rollouts/new')).toEqual({ page: 'rollout-new' });
    expect(routeOf('/rollouts/compare')).toEqual({ page: 'rollout-compare' });
    expect(routeOf('/rollouts/standing/')).toEqual({ page: 'standing' });
    expect(routeOf('/rollouts/0193')).toEqual({ page: 'rollout', id: '0193' });
    expect(routeOf('/nowhere')).toEqual({ page: 'unknown' });
    expect(routeOf('/fleet/%E0%A4%A')).toEqual({ page: 'unknown' });
  });

  it('keep odd ids whole', () => {
    const id = 'a.b?c#d%e f';
    expect(routeOf(deviceLink(id))).toEqual({ page: 'device', id });
    expect(subjectLink(`devices/${id}`)).toBe(deviceLink(id));
    expect(subjectLink('settings/updates')).toBeUndefined();
    expect(subjectLink('nothing')).toBeUndefined();
  });
});
