import type { RollbackScope } from '../api/types.ts';
import { isoDuration } from './format.ts';
import { HOW, type How, howBody } from './how.ts';

/** A rollout while it is being thought of: what stands in the fields of the wizard, as it was typed. */
export interface DraftGroup { name: string; unit: 'percent' | 'count'; share: string; filter: string; successPercent: string; errorPercent: string; pauseAfter: boolean }
export interface Draft {
  name: string;
  releaseId: string | undefined;
  whom: 'filter' | 'feed';
  filter: string;
  feed: string;
  groups: DraftGroup[];
  approval: boolean;
  rated: boolean; perMinute: string; growth: string; perMinuteMax: string;
  retried: boolean; times: string; after: string; factor: string;
  proven: boolean; healthyWithin: string;
  joining: boolean; joinSize: string; joinSuccess: string; joinError: string;
  rollback: '' | RollbackScope;
  how: How;
  start: 'hand' | 'now' | 'at';
  startAt: string;
}

/** A rollout names its devices always; this names them all. */
export const WHOLE_FLEET = 'id==*';

const group = (name: string, share: number, successPercent: number, errorPercent: number): DraftGroup =>
  ({ name, unit: 'percent', share: String(share), filter: '', successPercent: String(successPercent), errorPercent: String(errorPercent), pauseAfter: false });

/** Nothing beyond groups and thresholds is asked for. */
export const DRAFT: Draft = {
  name: '', releaseId: undefined, whom: 'filter', filter: '', feed: '', groups: [group('Canary', 5, 80, 20), group('Rest', 95, 80, 20)],
  approval: false, rated: false, perMinute: '100', growth: '', perMinuteMax: '', retried: false, times: '2', after: 'PT1H', factor: '2',
  proven: false, healthyWithin: 'PT30M', joining: false, joinSize: '50', joinSuccess: '80', joinError: '20', rollback: '',
  how: HOW, start: 'hand', startAt: '',
};

/** How careful it is, and when: all that a preset decides. */
const CARE = (({ groups, approval, rated, retried, proven, joining, rollback }: Draft) => ({ groups, approval, rated, retried, proven, joining, rollback }))(DRAFT);

export interface CarePreset { label: string; about: string; apply: (draft: Draft) => Draft }

export const CARE_PRESETS: CarePreset[] = [
  {
    label: 'Careful canary', about: 'Three steps, strict thresholds, one more try for those that fail.',
    apply: (draft) => ({ ...draft, ...CARE, groups: [group('Canary', 5, 95, 5), group('Early', 20, 95, 5), group('Rest', 75, 90, 10)], retried: true, times: '1', how: { ...draft.how, windowed: false, timeout: HOW.timeout } }),
  },
  {
    label: 'All at once', about: 'One group. It pauses when more than 20 % fail, but most have it by then.',
    apply: (draft) => ({ ...draft, ...CARE, groups: [group('All', 100, 80, 20)], how: { ...draft.how, windowed: false, timeout: HOW.timeout } }),
  },
  {
    label: 'Night window', about: 'A canary, then the rest; each device installs between two and six at night.',
    apply: (draft) => ({ ...draft, ...CARE, groups: [group('Canary', 10, 90, 10), group('Rest', 90, 90, 10)], how: { ...draft.how, windowed: true, schedule: HOW.schedule, duration: 'PT4H', timeout: 'PT48H' } }),
  },
];

/** Whether anything waits behind the group, so that somebody can be asked to look at it first. */
export function holdsUpAnother({ groups, joining }: Pick<Draft, 'joining'> & { groups: unknown[] }, index: number): boolean {
  return index < groups.length - 1 || joining;
}

/** The part that decides who takes part; what a preview is asked with. */
export function membersBody(draft: Draft) {
  return {
    releaseId: draft.releaseId,
    ...(draft.whom === 'feed' ? { feed: draft.feed.trim() } : { filter: draft.filter.trim() || WHOLE_FLEET }),
    groups: draft.groups.map((each, i) => ({
      ...(each.name.trim() && { name: each.name.trim() }),
      ...(each.unit === 'count' ? { count: Number(each.share) } : { percent: Number(each.share) }),
      ...(each.filter.trim() && { filter: each.filter.trim() }),
      successPercent: Number(each.successPercent), errorPercent: Number(each.errorPercent),
      ...(each.pauseAfter && holdsUpAnother(draft, i) && { pauseAfter: true }),
    })),
  };
}

/** The request. What is not asked for is left out, so that the plain case is the plain request. */
export function rolloutBody(draft: Draft, now: Date) {
  const number = (text: string): number | undefined => (text.trim() === '' ? undefined : Number(text));
  const [growth, most] = [number(draft.growth), number(draft.perMinuteMax)];
  return {
    name: draft.name.trim(), ...membersBody(draft), ...howBody(draft.how),
    ...(draft.start === 'now' && { startAt: now.toISOString() }),
    ...(draft.start === 'at' && draft.startAt && { startAt: new Date(draft.startAt).toISOString() }),
    ...(draft.approval && { approval: true }),
    ...(draft.rated && { rate: { perMinute: Number(draft.perMinute), ...(growth !== undefined && { growth }), ...(most !== undefined && { perMinuteMax: most }) } }),
    ...(draft.retried && { retry: { times: Number(draft.times), after: draft.after, factor: number(draft.factor) ?? 1 } }),
    ...(draft.proven && { healthyWithin: draft.healthyWithin }),
    ...(draft.joining && { joining: { groupSize: Number(draft.joinSize), successPercent: Number(draft.joinSuccess), errorPercent: Number(draft.joinError) } }),
    ...(draft.rollback && { rollback: draft.rollback }),
  };
}

/** What is asked before it is created: all that makes sense already, and at least who takes part. */
export function previewBody(draft: Draft) {
  const { care, when } = faultsOf(draft);
  if (care || when) return membersBody(draft);
  const { name: _, startAt: __, ...rest } = rolloutBody(draft, new Date(0));
  return rest;
}

export const STEPS = ['what', 'who', 'care', 'when', 'check'] as const;
export type Step = (typeof STEPS)[number];

/** What keeps each step from being done; a step that is not named is fine. */
export function faultsOf(draft: Draft): Partial<Record<Step, string>> {
  const faults = { what: whatFault(draft), who: whoFault(draft), care: careFault(draft), when: whenFault(draft) };
  return Object.fromEntries(Object.entries(faults).filter(([, fault]) => fault !== undefined)) as Partial<Record<Step, string>>;
}

function whatFault(draft: Draft): string | undefined {
  if (!draft.releaseId) return 'Choose a release.';
  return draft.name.trim() === '' ? 'Give it a name.' : undefined;
}

function whoFault(draft: Draft): string | undefined {
  return draft.whom === 'feed' && !/^[A-Za-z0-9._-]{1,128}$/.test(draft.feed.trim()) ? 'A feed’s name has letters, digits, dot, dash and underscore.' : undefined;
}

const between = (text: string, least: number, most: number): boolean => text.trim() !== '' && Number(text) >= least && Number(text) <= most;
const whole = (text: string, least: number, most: number): boolean => /^\d+$/.test(text.trim()) && between(text, least, most);
const lasting = (text: string): boolean => (isoDuration(text) ?? 0) >= 1000;

/** What is wrong with the groups alone, or nothing: without it a preview can be asked for. */
export function sharesFault(groups: DraftGroup[]): string | undefined {
  if (groups.length === 0) return 'A rollout has at least one group.';
  for (const each of groups) {
    if (each.unit === 'count' && !whole(each.share, 1, 1_000_000)) return 'A group by number has at least one device.';
    if (each.unit === 'percent' && (!between(each.share, 0, 100) || Number(each.share) === 0)) return 'Shares are percentages: above 0 and up to 100.';
    if (!between(each.successPercent, 0, 100) || !between(each.errorPercent, 0, 100)) return 'Thresholds are percentages: 0 to 100.';
  }
  const shared = groups.filter((each) => each.unit === 'percent' && each.filter.trim() === '');
  const sum = Math.round(shared.reduce((total, each) => total + Number(each.share), 0) * 100) / 100;
  if (sum > 100.01) return `The shares add up to ${sum} %, more than all.`;
  return shared.length === groups.length && sum < 99.99 ? `The shares add up to ${sum} %, not to 100 %.` : undefined;
}

function careFault(draft: Draft): string | undefined {
  const shares = sharesFault(draft.groups);
  if (shares) return shares;
  if (draft.rated && !whole(draft.perMinute, 1, 1_000_000)) return 'Devices in a minute: 1 to 1,000,000.';
  if (draft.rated && draft.growth.trim() !== '' && !between(draft.growth, 1, 10)) return 'The rate grows by a factor of 1 to 10.';
  if (draft.rated && draft.perMinuteMax.trim() !== '' && !whole(draft.perMinuteMax, Number(draft.perMinute), 1_000_000)) return 'The rate cannot end below where it begins.';
  if (draft.retried && !whole(draft.times, 1, 10)) return 'Tries again: 1 to 10.';
  if (draft.retried && (!lasting(draft.after) || isoDuration(draft.after)! > 30 * 86_400_000)) return 'The wait before a retry is 1 second to 30 days, such as PT1H.';
  if (draft.retried && draft.factor.trim() !== '' && !between(draft.factor, 1, 10)) return 'Waits grow by a factor of 1 to 10.';
  if (draft.proven && !lasting(draft.healthyWithin)) return 'The time for the proof of health looks like PT30M.';
  if (draft.joining && !whole(draft.joinSize, 1, 100_000)) return 'A joining group has 1 to 100,000 devices.';
  if (draft.joining && (!between(draft.joinSuccess, 0, 100) || !between(draft.joinError, 0, 100))) return 'Thresholds are percentages: 0 to 100.';
  return undefined;
}

function whenFault({ how, start, startAt }: Draft): string | undefined {
  if (start === 'at' && startAt === '') return 'Say when it starts.';
  if (how.type === 'time-forced' && how.forcedAt === '') return 'Say from when on it is forced.';
  if (how.timeout !== '' && isoDuration(how.timeout) === undefined) return 'The time-out looks like PT24H or P2D.';
  if (how.weight !== '' && !whole(how.weight, 0, 1000)) return 'The weight is 0 to 1000.';
  return how.windowed && isoDuration(how.duration) === undefined ? 'How long the window stays open looks like PT2H.' : undefined;
}
