import type { RolloutOrder } from '../api/rollouts.ts';
import type { PauseCause, Rollout, RolloutGroup } from '../api/types.ts';
import { count, dateTime, plural } from './format.ts';
import { countsOf, currentGroup, pausedAfter } from './rollout-math.ts';

export type Deed = RolloutOrder | 'delete';

/** What the person who looks may do. */
export interface RolloutRights { operate: boolean; write: boolean; approve: boolean; me?: string | undefined }

type Looked = Pick<Rollout, 'state' | 'groups' | 'by' | 'open' | 'rollback'>;

/** Whether it is this person's own; whoever wants a rollout cannot agree to it. */
export function isOwn({ by }: Pick<Rollout, 'by'>, me: string | undefined): boolean {
  return me !== undefined && by === `user:${me}`;
}

/** What this person can do with a rollout now, the first things first. The server decides in the end. */
export function deedsOf(rollout: Looked, rights: RolloutRights): Deed[] {
  return possible(rollout).filter((deed) => {
    switch (deed) {
      case 'approve': case 'deny': return rights.approve && !isOwn(rollout, rights.me);
      case 'retry-failed': case 'delete': return rights.write;
      default: return rights.operate;
    }
  });
}

function possible(rollout: Looked): Deed[] {
  const failed = countsOf(rollout.groups).failed > 0;
  const begun = rollout.groups.some((each) => each.state !== 'scheduled');
  // Once more is for more devices only.
  const back: Deed[] = begun && rollout.rollback?.scope !== 'all' ? ['rollback'] : [];
  const again: Deed[] = failed ? ['retry-failed'] : [];
  const close: Deed[] = rollout.open ? ['close-joining'] : [];
  const next: Deed[] = rollout.groups.some((each) => each.state === 'scheduled') ? ['next-group'] : [];
  switch (rollout.state) {
    case 'waiting-for-approval': return ['approve', 'deny', 'abort', 'delete'];
    case 'approval-denied': return ['delete'];
    case 'ready': return ['start', 'abort', 'delete'];
    case 'running': return ['pause', 'abort', ...next, ...close, ...back];
    case 'paused': return ['resume', 'abort', ...close, ...back];
    case 'stopped': case 'finished': return [...again, ...back, 'delete'];
    default: return [];
  }
}

export interface Standing { tone: 'info' | 'warn' | 'bad'; lead: string; text: string }

/** Whose turn it is, in words; nothing when it goes on by itself or is over. */
export function turnOf(rollout: Rollout, rights: RolloutRights): Standing | undefined {
  switch (rollout.state) {
    case 'creating': return { tone: 'info', lead: 'Its members are being planned.', text: 'This takes a moment.' };
    case 'waiting-for-approval': return waiting(rollout, rights);
    case 'approval-denied': return { tone: 'bad', lead: 'Somebody said no.', text: 'It can never start. Plan another one, with what they said in mind.' };
    case 'ready': return rollout.plan.startAt
      ? { tone: 'info', lead: `It starts by itself at ${dateTime(rollout.plan.startAt)}.`, text: rights.operate ? 'You can start it before.' : '' }
      : { tone: 'info', lead: rights.operate ? 'It waits for you to start it.' : 'It waits for somebody to start it.', text: '' };
    case 'paused': return paused(rollout);
    case 'running': return rollout.open && rollout.groups.every((each) => each.state === 'finished') && countsOf(rollout.groups).open === 0
      ? { tone: 'info', lead: 'Everyone has ended; it stays open.', text: 'Devices that match later still join. Close it to bring it to its end.' } : undefined;
    default: return undefined;
  }
}

function waiting(rollout: Rollout, { approve, me }: RolloutRights): Standing {
  if (isOwn(rollout, me)) return { tone: 'warn', lead: 'It waits for somebody else.', text: 'It is yours, so a second person must agree before it can start.' };
  return approve ? { tone: 'warn', lead: 'It waits for you, or another one who may approve.', text: 'Look at its plan and its members, then agree or say no.' }
    : { tone: 'warn', lead: 'It waits for approval.', text: 'Somebody who may approve rollouts must agree before it can start.' };
}

/** Why it stands still, in a few words; nothing when somebody paused it. */
export const PAUSED: Partial<Record<PauseCause, string>> = { 'error-threshold': 'too many failed', 'group-succeeded': 'somebody shall look' };

/** A group succeeded, and somebody looks before the next one starts. */
export function lookWords(groups: RolloutGroup[]): Standing {
  const group = pausedAfter(groups);
  const next = groups.find((each) => each.state === 'scheduled');
  const figures = group ? `${count(group.succeeded)} of ${plural(group.size, 'device')} succeeded, ${count(group.failed)} failed. ` : '';
  return { tone: 'warn', lead: `It paused after ${group?.name ?? 'a group'} succeeded.`, text: `${figures}Look at its devices, then resume: ${next ? `${next.name} starts then` : 'it goes on then'}.` };
}

function paused(rollout: Rollout): Standing {
  if (rollout.pauseCause === 'group-succeeded') return lookWords(rollout.groups);
  const group = rollout.groups[currentGroup(rollout.groups)];
  return rollout.pauseCause === 'error-threshold'
    ? { tone: 'warn', lead: 'It paused by itself.', text: `More devices of ${group?.name ?? 'a group'} failed than its threshold allows${group ? `: ${plural(group.failed, 'device')} of ${group.size}` : ''}. Look at the reasons, then resume or abort.` }
    : { tone: 'info', lead: 'Somebody paused it.', text: 'What is under way goes on; no further group starts until it is resumed.' };
}
