import type { ActionType } from '../api/types.ts';

/** How devices are told to update; shared by single assignments and rollouts. */
export interface How {
  type: ActionType;
  forcedAt: string;
  confirm: boolean;
  weight: string;
  timeout: string;
  windowed: boolean;
  schedule: string;
  duration: string;
  zone: string;
}

export const HOW: How = {
  type: 'forced', forcedAt: '', confirm: false, weight: '', timeout: 'PT24H', windowed: false,
  schedule: '0 0 2 * * ?', duration: 'PT2H', zone: Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC',
};

/** The request's members for this choice; what is left at its default is left out. */
export function howBody(how: How) {
  return {
    type: how.type,
    ...(how.type === 'time-forced' && how.forcedAt && { forcedAt: new Date(how.forcedAt).toISOString() }),
    ...(how.confirm && { confirm: true }),
    ...(how.weight !== '' && { weight: Number(how.weight) }),
    ...(how.timeout && { timeout: how.timeout }),
    ...(how.windowed && { window: { schedule: how.schedule, duration: how.duration, zone: how.zone } }),
  };
}
