import type { TimelineItem } from '../api/types.ts';
import { eventKey } from './event-words.ts';

export interface TimelineLine extends TimelineItem { /** How many reports this line stands for. */ reports: number }

/** Progress reports of one update that follow each other become one line, the newest; a busy device stays readable. */
export function folded(items: TimelineItem[]): TimelineLine[] {
  const lines: TimelineLine[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    const same = last && eventKey(last.type) === 'updates.action-progressed' && eventKey(item.type) === 'updates.action-progressed' && last.data?.['action'] === item.data?.['action'];
    if (same) last.reports++;
    else lines.push({ ...item, reports: 1 });
  }
  return lines;
}
