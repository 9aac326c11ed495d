import type { PauseCause, Rollout, RolloutGroup, RolloutPoint, RolloutTotals, SeenPause } from '../api/types.ts';

export interface Counts { size: number; offered: number; succeeded: number; failed: number; canceled: number; skipped: number; open: number; waiting: number; /** Of those open. */ retrying: number; verifying: number }

/** Where the members of a group, or of all groups, stand. The parts add up to the size. */
export function countsOf(groups: RolloutGroup[]): Counts {
  const sum = { size: 0, offered: 0, succeeded: 0, failed: 0, canceled: 0, skipped: 0, retrying: 0, verifying: 0 };
  for (const group of groups) for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += group[key] ?? 0;
  const open = Math.max(0, sum.offered - sum.succeeded - sum.failed - sum.canceled);
  const waiting = Math.max(0, sum.size - sum.succeeded - sum.failed - sum.canceled - sum.skipped - open);
  return { ...sum, open, waiting };
}

/** The part of a group that failed, in percent of its size: what the error threshold is compared with. */
export function errorRate(group: RolloutGroup): number {
  return group.size === 0 ? 0 : (group.failed / group.size) * 100;
}

/** The same of sums that the server made. */
export function countsOfTotals({ members, ...sums }: RolloutTotals): Counts {
  return countsOf([{ name: '', state: 'running', successPercent: 0, errorPercent: 0, size: members, ...sums }]);
}

/** Names of groups by their index; the oldest joined ones go by the one that sums them up. */
export function groupNames({ plan, groups, earlier = 0 }: Pick<Rollout, 'groups' | 'earlier'> & { plan: { groups: unknown[] } }): string[] {
  const planned = plan.groups.length;
  const names = groups.map((each) => each.name);
  return earlier === 0 ? names : [...names.slice(0, planned), ...Array.from({ length: earlier - 1 }, () => names[planned] ?? ''), ...names.slice(planned)];
}

export interface Gate {
  /** So many more must succeed before the next group may start. */
  missing: number;
  /** That many more failures stop it; undefined when nothing ever does. */
  stopsAfter: number | undefined;
}

/** How far a group is from its two thresholds. Devices that had the release before count as succeeded. */
export function gateOf(group: RolloutGroup): Gate {
  // Shares come as decimals: 0.1 + 0.2 must not cost a device.
  const needed = Math.ceil((group.size * group.successPercent) / 100 - 1e-9);
  const borne = Math.floor((group.size * group.errorPercent) / 100 + 1e-9);
  return {
    missing: Math.max(0, needed - group.succeeded - group.skipped),
    stopsAfter: group.errorPercent >= 100 ? undefined : Math.max(0, borne + 1 - group.failed),
  };
}

/** The group that is worked on: the running one, else the one that failed, else the next, else the last. */
export function currentGroup(groups: RolloutGroup[]): number {
  for (const state of ['running', 'error', 'scheduled'] as const) {
    const index = groups.findIndex((each) => each.state === state);
    if (index >= 0) return index;
  }
  return groups.length - 1;
}

/** The group that succeeded last after which somebody is to look. */
export function pausedAfter(groups: RolloutGroup[]): RolloutGroup | undefined {
  return groups.filter((each) => each.pauseAfter && each.state === 'finished').at(-1);
}

/** The pause that is looked at, so that resuming it ends no other that came meanwhile. */
export function seenPause({ pauseCause, groups }: { pauseCause?: PauseCause | null; groups: RolloutGroup[] }): SeenPause | undefined {
  if (!pauseCause) return undefined;
  // Elsewhere the group would say nothing more, and those that joined may be summed up.
  const looked = pauseCause === 'group-succeeded' ? pausedAfter(groups) : undefined;
  return { pauseCause, ...(looked && { group: groups.indexOf(looked) }) };
}

export interface Series { times: number[]; succeeded: number[]; failed: number[]; canceled: number[]; open: number[]; rate: (number | null)[] }

/** The plot's columns: seconds, the four parts one on the other, and the share of the offered that failed in percent. */
export function seriesOf(points: RolloutPoint[]): Series {
  const series: Series = { times: [], succeeded: [], failed: [], canceled: [], open: [], rate: [] };
  for (const point of points) {
    const time = new Date(point.at).getTime() / 1000;
    const last = series.times.at(-1);
    // The plot wants rising times; points of one moment are one.
    if (last !== undefined && time <= last) for (const column of Object.values(series)) column.pop();
    series.times.push(Math.max(time, series.times.at(-1) ?? time));
    series.succeeded.push(point.succeeded);
    series.failed.push(point.failed);
    series.canceled.push(point.canceled);
    series.open.push(Math.max(0, point.offered - point.succeeded - point.failed - point.canceled));
    series.rate.push(point.offered === 0 ? null : (point.failed / point.offered) * 100);
  }
  return series;
}

/** Each column on top of those below it, bottom first. */
export function stacked(columns: number[][]): number[][] {
  const sums: number[] = [];
  return columns.map((column) => column.map((value, i) => (sums[i] = (sums[i] ?? 0) + value)));
}

export interface NewGroup { name: string; percent: string; successPercent: string; errorPercent: string; pauseAfter?: boolean }

export const PRESETS: { label: string; percents: number[] }[] = [
  { label: 'All at once', percents: [100] },
  { label: 'Canary first', percents: [5, 95] },
  { label: 'Ladder of four', percents: [2, 18, 40, 40] },
];

export function presetGroups(percents: number[]): NewGroup[] {
  const names = percents.length === 1 ? ['All'] : percents.length === 2 ? ['Canary', 'Rest'] : ['Canary', 'Early', 'Most', 'Rest'];
  return percents.map((percent, i) => ({ name: names[i] ?? `Group ${i + 1}`, percent: String(percent), successPercent: '80', errorPercent: '20' }));
}

/** What is wrong with the groups, or nothing. */
export function groupsFault(groups: NewGroup[]): string | undefined {
  if (groups.length === 0) return 'A rollout has at least one group.';
  const figures = groups.map((each) => [each.percent, each.successPercent, each.errorPercent].map(Number));
  if (figures.some(([percent, success, error]) => !(percent! > 0 && percent! <= 100) || !(success! >= 0 && success! <= 100) || !(error! >= 0 && error! <= 100))) return 'Shares are percentages: above 0 and up to 100; thresholds 0 to 100.';
  const sum = figures.reduce((total, [percent]) => total + percent!, 0);
  return Math.abs(sum - 100) > 0.01 ? `The shares add up to ${Math.round(sum * 100) / 100} %, not to 100 %.` : undefined;
}
