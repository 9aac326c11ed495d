import { describe, expect, it } from 'vitest';
import { withoutPassword } from '../src/api/rollouts.ts';
import type { Rollout, RolloutGroup, RolloutPlan } from '../src/api/types.ts';
import { brakeWords, careOf, partWords, retryWaits, rolledBackWords } from '../src/model/rollout-brakes.ts';
import { deedsOf, isOwn, type RolloutRights, turnOf } from '../src/model/rollout-deeds.ts';
import { CARE_PRESETS, DRAFT, type Draft, faultsOf, holdsUpAnother, membersBody, previewBody, rolloutBody, sharesFault } from '../src/model/rollout-draft.ts';
import { countsOfTotals, groupNames } from '../src/model/rollout-math.ts';

const NOW = new Date('2026-11-27T12:00:00Z');
const draft = (part: Partial<Draft> = {}): Draft => ({ ...DRAFT, releaseId: 'r1', name: 'os 2', ...part });
const group = (part: Partial<RolloutGroup> = {}): RolloutGroup => ({ name: 'Canary', state: 'scheduled', size: 10, offered: 0, skipped: 0, succeeded: 0, failed: 0, canceled: 0, successPercent: 80, errorPercent: 20, ...part });
const PLAN: RolloutPlan = { name: 'p', release: { id: 'r1', name: 'os', version: '2' }, filter: 'id==*', groups: [{ name: 'Canary', percent: 100, successPercent: 80, errorPercent: 20 }], type: 'forced', confirm: false, timeout: 'PT24H' };
const rollout = (part: Partial<Rollout> = {}): Rollout => ({ id: 'x', plan: PLAN, state: 'running', groups: [group()], incompatible: 0, reasons: [], progress: [], createdAt: NOW.toISOString(), version: 1, ...part });
const ALL: RolloutRights = { operate: true, write: true, approve: true, me: 'ann' };

describe('a rollout that is thought of', () => {
  it('asks, when nothing was changed, for no more than groups, thresholds and a time-out', () => {
    expect(rolloutBody(draft(), NOW)).toEqual({
      name: 'os 2', releaseId: 'r1', filter: 'id==*', type: 'forced', timeout: 'PT24H',
      groups: [{ name: 'Canary', percent: 5, successPercent: 80, errorPercent: 20 }, { name: 'Rest', percent: 95, successPercent: 80, errorPercent: 20 }],
    });
    expect(faultsOf(draft())).toEqual({});
  });

  it('asks for all the care that was chosen', () => {
    const body = rolloutBody(draft({ approval: true, rated: true, growth: '1.5', retried: true, factor: '', proven: true, joining: true, rollback: 'failed', start: 'now' }), NOW);
    expect(body).toMatchObject({
      approval: true, rate: { perMinute: 100, growth: 1.5 }, retry: { times: 2, after: 'PT1H', factor: 1 }, healthyWithin: 'PT30M',
      joining: { groupSize: 50, successPercent: 80, errorPercent: 20 }, rollback: 'failed', startAt: NOW.toISOString(),
    });
    expect(body.rate).not.toHaveProperty('perMinuteMax');
  });

  it('takes a feed instead of a filter, and groups by number or by a filter of their own', () => {
    const body = membersBody(draft({ whom: 'feed', feed: ' beta ', filter: 'group==x', groups: [{ ...DRAFT.groups[0]!, unit: 'count', share: '10', filter: ' group==lab ' }, { ...DRAFT.groups[1]!, name: ' ' }] }));
    expect(body).toEqual({ releaseId: 'r1', feed: 'beta', groups: [{ name: 'Canary', count: 10, filter: 'group==lab', successPercent: 80, errorPercent: 20 }, { percent: 95, successPercent: 80, errorPercent: 20 }] });
  });

  it('asks for a look only after groups that something waits behind', () => {
    const groups = DRAFT.groups.map((each) => ({ ...each, pauseAfter: true }));
    expect(membersBody(draft({ groups })).groups.map((each) => each.pauseAfter)).toEqual([true, undefined]);
    expect(membersBody(draft({ groups, joining: true })).groups.map((each) => each.pauseAfter)).toEqual([true, true]);
    expect(holdsUpAnother(draft(), 0)).toBe(true);
    expect(holdsUpAnother(draft(), 1)).toBe(false);
  });

  it('previews with all that makes sense already', () => {
    expect(previewBody(draft({ rated: true, name: '', start: 'now' }))).toMatchObject({ releaseId: 'r1', rate: { perMinute: 100 }, timeout: 'PT24H' });
    expect(previewBody(draft({ start: 'now' }))).not.toHaveProperty('startAt');
    expect(previewBody(draft({ rated: true, perMinute: '' }))).toEqual(membersBody(draft()));
  });

  it('says which step is not done, and why', () => {
    expect(faultsOf(draft({ releaseId: undefined }))).toEqual({ what: 'Choose a release.' });
    expect(faultsOf(draft({ name: ' ' })).what).toContain('name');
    expect(faultsOf(draft({ whom: 'feed', feed: 'a b' })).who).toContain('feed');
    expect(faultsOf(draft({ start: 'at' })).when).toContain('starts');
    expect(faultsOf(draft({ how: { ...DRAFT.how, timeout: 'a day' } })).when).toContain('PT24H');
    const wrong: Partial<Draft>[] = [{ rated: true, perMinute: '0' }, { rated: true, growth: '11' }, { rated: true, perMinuteMax: '50' }, { retried: true, times: '11' }, { retried: true, after: 'PT0.5S' }, { retried: true, after: 'P31D' }, { proven: true, healthyWithin: 'soon' }, { joining: true, joinSize: '' }, { joining: true, joinError: '101' }];
    for (const part of wrong) expect(faultsOf(draft(part)).care, JSON.stringify(part)).toBeDefined();
    // What is not asked for may be nonsense.
    expect(faultsOf(draft({ perMinute: 'x', times: 'x', healthyWithin: 'x', joinSize: 'x' }))).toEqual({});
  });

  it('wants shares that add up only where nothing else decides', () => {
    const [canary, rest] = [DRAFT.groups[0]!, DRAFT.groups[1]!];
    expect(sharesFault([canary])).toContain('5 %');
    expect(sharesFault([{ ...canary, unit: 'count', share: '5' }, { ...rest, share: '100' }])).toBeUndefined();
    expect(sharesFault([{ ...canary, filter: 'group==lab' }, rest])).toBeUndefined();
    expect(sharesFault([{ ...canary, share: '10' }, rest])).toContain('more than all');
    expect(sharesFault([{ ...canary, unit: 'count', share: '1.5' }])).toContain('at least one device');
    expect(sharesFault([])).toContain('at least one group');
  });

  it('begins with presets that can be used as they are and undo each other', () => {
    for (const preset of CARE_PRESETS) {
      expect(faultsOf(preset.apply(draft())), preset.label).toEqual({});
      for (const before of CARE_PRESETS) expect(preset.apply(before.apply(draft())).how.windowed, `${preset.label} after ${before.label}`).toBe(preset.label === 'Night window');
    }
    expect(CARE_PRESETS[1]!.apply(CARE_PRESETS[0]!.apply(draft())).retried).toBe(false);
  });
});

describe('brakes in words', () => {
  const two = [{ name: 'A', successPercent: 80, errorPercent: 5 }, { name: 'B', successPercent: 90, errorPercent: 5 }];

  it('say when it stops and when it goes on', () => {
    expect(brakeWords({ groups: two, timeout: 'PT24H' })).toEqual(['The next group starts when 80 % of the one before have succeeded.', 'Stops when more than 5 % of a group fail.', 'Silent devices count as failed after 24 h.']);
    expect(brakeWords({ groups: [two[0]!] })).toEqual(['Stops when more than 5 % of the devices fail.', 'Silent devices are waited for without end.']);
    expect(brakeWords({ groups: [two[0]!, { ...two[1]!, errorPercent: 10 }] })[1]).toBe('Stops when more fail than a group bears: A 5 %, B 10 %.');
    expect(brakeWords({ groups: [{ successPercent: 0, errorPercent: 100 }] })[0]).toContain('never stops');
    expect(brakeWords({ groups: [...two, { successPercent: 1, errorPercent: 5 }] })[0]).toBe('The next group starts when enough have succeeded: A 80 %, B 90 %.');
  });

  it('say after which groups somebody looks', () => {
    const looked = two.map((each) => ({ ...each, pauseAfter: true }));
    expect(brakeWords({ groups: looked })[1]).toBe('Pauses after A until somebody has looked and resumes it.');
    expect(brakeWords({ groups: looked, joining: { groupSize: 5, successPercent: 80, errorPercent: 20 } })[1]).toBe('Pauses after A, B until somebody has looked and resumes it.');
    expect(brakeWords({ groups: [two[0]!, looked[1]!] }).join(' ')).not.toContain('Pauses');
  });

  it('tell retries, proof, pace, joining and giving back', () => {
    const words = brakeWords({ groups: two, approval: true, retry: { times: 4, after: 'PT1H', factor: 2 }, healthyWithin: 'PT30M', rate: { perMinute: 20, growth: 1.5, perMinuteMax: 2000 }, joining: { groupSize: 50, successPercent: 80, errorPercent: 20 }, rollback: 'all' }).join('\n');
    expect(words).toContain('Somebody else must agree');
    expect(words).toContain('up to 4 times, after 1 h, 2 h, 4 h and so on; only its last failure counts');
    expect(words).toContain('within 30 min');
    expect(words).toContain('At most 20 devices of a group are offered it in the first minute, 1.5 times as many in each minute after, up to 2,000.');
    expect(words).toContain('join in groups of 50');
    expect(words).toContain('all devices that were offered it get back what they had');
  });

  it('wait longer each time, and never more than 30 days', () => {
    expect(retryWaits({ times: 3, after: 'P20D', factor: 2 })).toEqual([20, 30, 30].map((days) => days * 86_400_000));
    expect(brakeWords({ groups: two, retry: { times: 1, after: 'PT10M', factor: 3 } }).join(' ')).toContain('tried again once, 10 min later;');
  });

  it('read a stored plan, also one from before there was any care', () => {
    expect(brakeWords(careOf(PLAN))).toHaveLength(2);
    expect(brakeWords(careOf({ ...PLAN, policy: { approval: true, rollback: 'failed' } }))).toHaveLength(4);
  });

  it('tell what became of giving back', () => {
    expect(rolledBackWords({ scope: 'failed', automatic: true, startedAt: '' })).toBe('Devices on which it failed are being given back what they had because too many failed.');
    expect(rolledBackWords({ scope: 'all', automatic: false, startedAt: '', endedAt: 'x', devices: 1 })).toContain('1 device had something');
  });
});

describe('whose turn it is', () => {
  it('is somebody else’s when it is one’s own', () => {
    const own = rollout({ state: 'waiting-for-approval', by: 'user:ann' });
    expect(isOwn(own, 'ann')).toBe(true);
    expect(deedsOf(own, ALL)).toEqual(['abort', 'delete']);
    expect(turnOf(own, ALL)?.lead).toBe('It waits for somebody else.');
    const other = { ...own, by: 'user:bob' };
    expect(deedsOf(other, ALL)).toEqual(['approve', 'deny', 'abort', 'delete']);
    expect(turnOf(other, ALL)?.lead).toContain('waits for you');
    expect(deedsOf(other, { ...ALL, approve: false })).toEqual(['abort', 'delete']);
    expect(isOwn(rollout({ by: null }), undefined)).toBe(false);
  });

  it('allows what the state and the rights allow', () => {
    expect(deedsOf(rollout(), ALL)).toEqual(['pause', 'abort', 'next-group']);
    expect(deedsOf(rollout({ state: 'paused', open: true, groups: [group({ state: 'error', offered: 10, failed: 3 })] }), ALL)).toEqual(['resume', 'abort', 'close-joining', 'rollback']);
    expect(deedsOf(rollout({ state: 'finished', groups: [group({ state: 'finished', offered: 10, failed: 1 })] }), ALL)).toEqual(['retry-failed', 'rollback', 'delete']);
    const begun = [group({ state: 'running', offered: 10 })];
    expect(deedsOf(rollout({ state: 'stopped', rollback: { scope: 'all', automatic: true, startedAt: '' }, groups: begun }), ALL)).toEqual(['delete']);
    // Those that failed have it back; all can have.
    expect(deedsOf(rollout({ state: 'stopped', rollback: { scope: 'failed', automatic: true, startedAt: '' }, groups: begun }), ALL)).toEqual(['rollback', 'delete']);
    expect(deedsOf(rollout(), { operate: false, write: true, approve: true })).toEqual([]);
    expect(deedsOf(rollout({ state: 'creating' }), ALL)).toEqual([]);
  });

  it('says why it stands still', () => {
    expect(turnOf(rollout({ state: 'paused', pauseCause: 'error-threshold', groups: [group({ state: 'error', failed: 3 })] }), ALL)).toMatchObject({ tone: 'warn', text: expect.stringContaining('More devices of Canary failed than its threshold allows: 3 devices of 10') as string });
    const looked = [group({ state: 'finished', pauseAfter: true, succeeded: 9, failed: 1 }), group({ name: 'Rest' })];
    expect(turnOf(rollout({ state: 'paused', pauseCause: 'group-succeeded', groups: looked }), ALL)).toEqual({ tone: 'warn', lead: 'It paused after Canary succeeded.', text: '9 of 10 devices succeeded, 1 failed. Look at its devices, then resume: Rest starts then.' });
    expect(turnOf(rollout({ state: 'paused', pauseCause: 'operator' }), ALL)?.lead).toBe('Somebody paused it.');
    expect(turnOf(rollout({ state: 'ready' }), { ...ALL, operate: false })?.lead).toBe('It waits for somebody to start it.');
    expect(turnOf(rollout({ open: true, groups: [group({ state: 'finished' })] }), ALL)?.lead).toContain('stays open');
    expect(turnOf(rollout(), ALL)).toBeUndefined();
  });
});

describe('sums and names that the server made', () => {
  it('are counted as groups are', () => {
    expect(countsOfTotals({ members: 100, offered: 60, skipped: 4, succeeded: 30, failed: 5, canceled: 1, retrying: 2, verifying: 3 })).toMatchObject({ size: 100, open: 24, waiting: 36, retrying: 2, verifying: 3 });
  });

  it('find a group by its index, also when the oldest that joined are summed up', () => {
    const groups = ['Canary', 'earlier ones', 'joined-4'].map((name) => group({ name }));
    expect(groupNames({ plan: PLAN, groups })).toEqual(['Canary', 'earlier ones', 'joined-4']);
    expect(groupNames({ plan: PLAN, groups, earlier: 3 })).toEqual(['Canary', 'earlier ones', 'earlier ones', 'earlier ones', 'joined-4']);
  });

  it('name the parts of a plan for people', () => {
    expect(['release', 'startAt', 'policy.healthyWithin', 'policy.rollback'].map(partWords)).toEqual(['Release', 'Start at', 'Healthy within', 'Rollback']);
  });
});

describe('an address of a bundle', () => {
  it('is never shown with its password', () => {
    expect(withoutPassword('https://ci:hu:sh@host/a.swu')).toBe('https://ci:***@host/a.swu');
    expect(withoutPassword('https://host:8443/a@b:c')).toBe('https://host:8443/a@b:c');
    expect(withoutPassword('https://host/a.swu')).toBe('https://host/a.swu');
  });
});
