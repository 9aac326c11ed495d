import { describe, expect, it } from 'vitest';
import type { RolloutGroup } from '../src/api/types.ts';
import { eventKey, eventWords } from '../src/model/event-words.ts';
import { countsOf, currentGroup, errorRate, gateOf, groupsFault, pausedAfter, presetGroups, PRESETS, seenPause, seriesOf, stacked } from '../src/model/rollout-math.ts';
import { folded } from '../src/model/timeline.ts';

const group = (part: Partial<RolloutGroup> = {}): RolloutGroup => ({ name: 'g', state: 'scheduled', size: 100, offered: 0, skipped: 0, succeeded: 0, failed: 0, canceled: 0, successPercent: 80, errorPercent: 20, ...part });

describe('a rollout in figures', () => {
  it('adds up to its size', () => {
    const counts = countsOf([group({ offered: 60, succeeded: 30, failed: 5, canceled: 1, skipped: 4 }), group()]);
    expect(counts).toEqual({ size: 200, offered: 60, succeeded: 30, failed: 5, canceled: 1, skipped: 4, open: 24, waiting: 136, retrying: 0, verifying: 0 });
    expect(counts.succeeded + counts.failed + counts.canceled + counts.skipped + counts.open + counts.waiting).toBe(counts.size);
  });

  it('never counts below nothing, whatever arrives first', () => {
    expect(countsOf([group({ size: 2, offered: 1, succeeded: 2, failed: 1 })])).toMatchObject({ open: 0, waiting: 0 });
    expect(errorRate(group({ size: 0, failed: 1 }))).toBe(0);
    expect(errorRate(group({ failed: 25 }))).toBe(25);
  });

  it('knows the group that is worked on', () => {
    expect(currentGroup([group({ state: 'finished' }), group({ state: 'running' }), group()])).toBe(1);
    expect(currentGroup([group({ state: 'error' }), group()])).toBe(0);
    expect(currentGroup([group({ state: 'finished' }), group({ state: 'finished' })])).toBe(1);
  });

  it('knows the group that somebody is to look at', () => {
    const passed = group({ name: 'canary', state: 'finished', pauseAfter: true });
    expect(pausedAfter([passed, group({ name: 'early', state: 'finished' }), group({ pauseAfter: true })])?.name).toBe('canary');
    expect(pausedAfter([group({ state: 'error', pauseAfter: true })])).toBeUndefined();
  });

  it('says which pause is meant', () => {
    const groups = [group({ state: 'finished', pauseAfter: true }), group({ state: 'finished', pauseAfter: true }), group()];
    expect(seenPause({ pauseCause: 'group-succeeded', groups })).toEqual({ pauseCause: 'group-succeeded', group: 1 });
    expect(seenPause({ pauseCause: 'operator', groups })).toEqual({ pauseCause: 'operator' });
    expect(seenPause({ pauseCause: null, groups })).toBeUndefined();
  });

  it('makes rising columns for the plot', () => {
    const at = (second: number): string => new Date(second * 1000).toISOString();
    const series = seriesOf([{ at: at(10), offered: 0, succeeded: 0, failed: 0, canceled: 0 }, { at: at(20), offered: 10, succeeded: 3, failed: 1, canceled: 0 }, { at: at(20), offered: 10, succeeded: 4, failed: 1, canceled: 1 }, { at: at(15), offered: 10, succeeded: 5, failed: 1, canceled: 1 }]);
    expect(series.times).toEqual([10, 15]);
    expect(series.succeeded).toEqual([0, 5]);
    expect(series.open).toEqual([0, 3]);
    expect(series.rate).toEqual([null, 10]);
    expect(stacked([[1, 2], [3, 4], [5, 6]])).toEqual([[1, 2], [4, 6], [9, 12]]);
  });

  it('knows how far a group is from its thresholds', () => {
    expect(gateOf(group({ succeeded: 70, skipped: 4, failed: 19 }))).toEqual({ missing: 6, stopsAfter: 2 });
    expect(gateOf(group({ succeeded: 80, failed: 20 }))).toEqual({ missing: 0, stopsAfter: 1 });
    expect(gateOf(group({ failed: 30 })).stopsAfter).toBe(0);
    expect(gateOf(group({ errorPercent: 100 })).stopsAfter).toBeUndefined();
    // 7 % of 100 is not 7.000000000000001 devices.
    expect(gateOf(group({ successPercent: 7, errorPercent: 0 }))).toEqual({ missing: 7, stopsAfter: 1 });
  });

  it('counts those under way that are tried again or prove their health, also where nobody tells', () => {
    expect(countsOf([group({ offered: 50, succeeded: 10, retrying: 3, verifying: 4 }), group()])).toMatchObject({ open: 40, retrying: 3, verifying: 4 });
  });

  it('checks the shares of its groups', () => {
    for (const preset of PRESETS) expect(groupsFault(presetGroups(preset.percents))).toBeUndefined();
    expect(groupsFault(presetGroups([50, 40]))).toContain('90 %');
    expect(groupsFault([{ name: '', percent: '', successPercent: '80', errorPercent: '20' }])).toContain('percentages');
    expect(groupsFault([{ name: '', percent: '100', successPercent: '101', errorPercent: '20' }])).toContain('percentages');
    expect(groupsFault([])).toContain('at least one');
  });
});

describe('events in words', () => {
  it('know both spellings of a type', () => {
    expect(eventKey('muster.updates.action-finished.v1')).toBe('updates.action-finished');
    expect(eventKey('updates.ActionFinished')).toBe('updates.action-finished');
    expect(eventWords('updates.ActionFailed', { action: 3, release: { name: 'os', version: '2' }, messages: ['no space'] })).toMatchObject({ title: 'Update failed', tone: 'bad', detail: '#3 – os 2 – no space' });
  });

  it('bear unknown types and odd data', () => {
    expect(eventWords('muster.later.board-painted.v2', {})).toMatchObject({ title: 'Board painted', tone: 'idle' });
    expect(eventWords('updates.RolloutProgressed', { tallies: [null] as unknown[] as never[] }).title).toBe('Rollout goes on');
    expect(eventWords('updates.ActionFinished', { release: 'x', messages: 'y' }).detail).toBe('');
    expect(eventWords('updates.RolloutProgressed', { tallies: [{ succeeded: 2 }, { succeeded: 1, failed: 1 }] }).detail).toBe('+3 succeeded, +1 failed');
  });

  it('fold reports of progress that follow each other', () => {
    const item = (type: string, action: number) => ({ at: '', type, data: { action } });
    const lines = folded([item('updates.ActionFinished', 2), item('updates.ActionProgressed', 2), item('updates.ActionProgressed', 2), item('updates.ActionProgressed', 1), item('registry.DeviceTagged', 0)]);
    expect(lines.map((each) => each.reports)).toEqual([1, 2, 1, 1]);
  });
});
