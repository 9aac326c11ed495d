import type { Rollout } from '../api/types.ts';
import { brakeWords, careOf } from './rollout-brakes.ts';
import { countsOf } from './rollout-math.ts';

export interface Side { members: number; succeeded: number; failed: number; open: number; tookMs: number | undefined }
export interface ReasonPair { message: string; a: number; b: number }
export interface Comparison { a: Side; b: Side; reasons: ReasonPair[]; brakes: { words: string; a: boolean; b: boolean }[] }

function sideOf(rollout: Rollout, now: number): Side {
  const { size, succeeded, failed, open } = countsOf(rollout.groups);
  const tookMs = rollout.startedAt ? (rollout.endedAt ? Date.parse(rollout.endedAt) : now) - Date.parse(rollout.startedAt) : undefined;
  return { members: size, succeeded, failed, open, tookMs };
}

/** Two rollouts beside each other: figures, why devices failed in either, and how careful each is. */
export function compared(a: Rollout, b: Rollout, now: number = Date.now()): Comparison {
  const of = (rollout: Rollout, message: string): number => rollout.reasons.filter((each) => each.message === message).reduce((sum, each) => sum + each.count, 0);
  const messages = [...new Set([...a.reasons, ...b.reasons].map((each) => each.message))];
  const [wordsA, wordsB] = [brakeWords(careOf(a.plan)), brakeWords(careOf(b.plan))];
  return {
    a: sideOf(a, now), b: sideOf(b, now),
    reasons: messages.map((message) => ({ message, a: of(a, message), b: of(b, message) })).sort((x, y) => y.a + y.b - x.a - x.b),
    brakes: [...new Set([...wordsA, ...wordsB])].map((words) => ({ words, a: wordsA.includes(words), b: wordsB.includes(words) })),
  };
}
