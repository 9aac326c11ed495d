import type { MaintenanceWindow, RollbackScope, Rollout, RolloutPlan, RolloutPolicy } from '../api/types.ts';
import { count, duration, isoDuration, plural, words } from './format.ts';

/** What slows a rollout down or stops it: of a plan, or of one that is only being thought of. */
export interface Care extends Partial<Omit<RolloutPolicy, 'retryOf'>> {
  groups: { name?: string; successPercent: number; errorPercent: number; pauseAfter?: boolean | null }[];
  timeout?: string | null;
  window?: MaintenanceWindow | null;
}

export function careOf(plan: RolloutPlan): Care {
  return { ...plan.policy, groups: plan.groups, timeout: plan.timeout ?? null, window: plan.window ?? null };
}

/** "PT24H" → "24 h"; what is no duration as it is. */
export function span(iso: string): string {
  const ms = isoDuration(iso);
  return ms === undefined ? iso : duration(ms);
}

/** The brakes as sentences, in the order in which they take hold. */
export function brakeWords(care: Care): string[] {
  return [
    care.approval ? 'Somebody else must agree before it may start.' : '',
    gateWords(care.groups),
    lookWords(care),
    stopWords(care.groups),
    care.timeout ? `Silent devices count as failed after ${span(care.timeout)}.` : 'Silent devices are waited for without end.',
    care.retry ? retryWords(care.retry) : '',
    care.healthyWithin ? `A device has succeeded only when it reports the release’s version within ${span(care.healthyWithin)} after it said that it is done.` : '',
    care.rate ? rateWords(care.rate) : '',
    care.window ? `Devices install only while the window is open: ${care.window.schedule} for ${span(care.window.duration)} (${care.window.zone}).` : '',
    care.joining ? `Devices that match later join in groups of ${count(care.joining.groupSize)}; such a group passes at ${care.joining.successPercent} % and stops above ${care.joining.errorPercent} %.` : '',
    care.rollback ? `When it stops by itself, ${rollbackWords(care.rollback)}` : '',
  ].filter(Boolean);
}

function gateWords(groups: Care['groups']): string {
  if (groups.length < 2) return '';
  // Nothing waits for the last one.
  const gates = groups.slice(0, -1);
  return alike(gates, (each) => each.successPercent)
    ? `The next group starts when ${gates[0]!.successPercent} % of the one before have succeeded.`
    : `The next group starts when enough have succeeded: ${listed(gates, (each) => each.successPercent)}.`;
}

function lookWords({ groups, joining }: Care): string {
  // Nothing waits for the last one, unless devices may join.
  const names = groups.map((each, i) => (each.pauseAfter && (i < groups.length - 1 || joining) ? each.name || `group ${i + 1}` : '')).filter(Boolean);
  return names.length === 0 ? '' : `Pauses after ${names.join(', ')} until somebody has looked and resumes it.`;
}

function stopWords(groups: Care['groups']): string {
  const brakes = groups.filter((each) => each.errorPercent < 100);
  if (brakes.length === 0) return 'It never stops by itself, however many fail.';
  if (brakes.length === groups.length && alike(groups, (each) => each.errorPercent)) return `Stops when more than ${groups[0]!.errorPercent} % of ${groups.length === 1 ? 'the devices' : 'a group'} fail.`;
  return `Stops when more fail than a group bears: ${listed(groups, (each) => each.errorPercent)}.`;
}

const alike = (groups: Care['groups'], of: (group: Care['groups'][number]) => number): boolean => groups.every((each) => of(each) === of(groups[0]!));
const listed = (groups: Care['groups'], of: (group: Care['groups'][number]) => number): string => groups.map((each, i) => `${each.name || `group ${i + 1}`} ${of(each)} %`).join(', ');

const WAITS_SHOWN = 3;

/** The wait before each retry: each is `factor` times the one before. */
export function retryWaits({ times, after, factor }: NonNullable<RolloutPolicy['retry']>): number[] {
  const first = isoDuration(after) ?? 0;
  return Array.from({ length: times }, (_, i) => Math.min(first * factor ** i, 30 * 86_400_000));
}

function retryWords(retry: NonNullable<RolloutPolicy['retry']>): string {
  const waits = retryWaits(retry);
  const shown = waits.slice(0, WAITS_SHOWN).map(duration);
  const each = retry.factor === 1 || waits.length === 1 ? `${duration(waits[0] ?? 0)} later${waits.length > 1 ? ' each time' : ''}` : `after ${shown.join(', ')}${waits.length > WAITS_SHOWN ? ' and so on' : ''}`;
  return `A device that fails is tried again ${retry.times === 1 ? 'once' : `up to ${retry.times} times`}, ${each}; only its last failure counts.`;
}

function rateWords({ perMinute, growth, perMinuteMax }: NonNullable<RolloutPolicy['rate']>): string {
  const grows = growth !== null && growth !== undefined && growth > 1;
  return `At most ${plural(perMinute, 'device')} of a group ${perMinute === 1 ? 'is' : 'are'} offered it in the first minute${grows ? `, ${growth} times as many in each minute after${perMinuteMax ? `, up to ${count(perMinuteMax)}` : ''}` : ' and in each one after'}.`;
}

export function rollbackWords(scope: RollbackScope): string {
  return scope === 'failed' ? 'devices on which it failed get back what they had.' : 'all devices that were offered it get back what they had; those under way are asked to stop first.';
}

/** What became of giving back, in one sentence. */
export function rolledBackWords({ scope, automatic, endedAt, devices }: NonNullable<Rollout['rollback']>): string {
  const whom = scope === 'failed' ? 'Devices on which it failed' : 'All devices that were offered it';
  const why = automatic ? ' because too many failed' : '';
  if (!endedAt) return `${whom} are being given back what they had${why}.`;
  return `${whom} were given back what they had${why}${devices === null || devices === undefined ? '' : `: ${plural(devices, 'device')} had something to go back to`}.`;
}

/** A part of a plan by its name in the API, as people read it: `policy.healthyWithin` is "Healthy within". */
export function partWords(part: string): string {
  return words(part.replace(/^policy\./, '').replaceAll(/([a-z])([A-Z])/g, '$1-$2'));
}
