import { html, nothing, type TemplateResult } from 'lit';
import type { ActionType } from '../api/types.ts';
import { isoDuration } from '../model/format.ts';
import { type How, HOW, howBody } from '../model/how.ts';
import { check, field, valueOf } from './pieces.ts';
import { ACTION_TYPES } from './states.ts';

export { type How, HOW, howBody };

export function howFields(how: How, change: (how: How) => void): TemplateResult {
  const set = (part: Partial<How>): void => change({ ...how, ...part });
  const text = (key: 'weight' | 'timeout' | 'schedule' | 'duration' | 'zone', mono = true): TemplateResult => html`<input class="input ${mono ? 'mono' : ''}" id="how-${key}" autocomplete="off" spellcheck="false"
    .value=${how[key]} @input=${(event: Event) => set({ [key]: valueOf(event).trim() })}>`;
  const badDuration = (value: string): string | undefined => (value !== '' && isoDuration(value) === undefined ? 'A duration looks like PT24H or P2D.' : undefined);
  return html`
    ${field({ label: 'Urgency', id: 'how-type' }, html`<select class="input" id="how-type" @change=${(event: Event) => set({ type: valueOf(event) as ActionType })}>
      ${Object.entries(ACTION_TYPES).map(([type, label]) => html`<option value=${type} ?selected=${type === how.type}>${label}</option>`)}</select>`)}
    ${how.type === 'time-forced' ? field({ label: 'Forced from', id: 'how-forced' }, html`<input class="input" id="how-forced" type="datetime-local" .value=${how.forcedAt} @input=${(event: Event) => set({ forcedAt: valueOf(event) })}>`) : nothing}
    <details class="more"><summary>Consent, time-out, priority, maintenance window</summary><div class="form">
      ${check('Ask people at the device first', how.confirm, (confirm) => set({ confirm }), 'The update waits until somebody agrees.')}
      <div class="form-grid">
        ${field({ label: 'Counts as failed after silence of', id: 'how-timeout', note: 'ISO 8601, such as PT24H or P2D.', fault: badDuration(how.timeout) }, text('timeout'))}
        ${field({ label: 'Weight', id: 'how-weight', optional: true, note: '0 to 1000; heavier updates go first.' }, text('weight'))}
      </div>
      ${check('Install only in a maintenance window', how.windowed, (windowed) => set({ windowed }))}
      ${how.windowed ? html`<div class="form-grid">
        ${field({ label: 'Opens', id: 'how-schedule', note: 'Quartz cron: second, minute, hour, day, month, weekday' }, text('schedule'))}
        ${field({ label: 'Stays open', id: 'how-duration', fault: badDuration(how.duration) }, text('duration'))}
        ${field({ label: 'Time zone', id: 'how-zone' }, text('zone'))}</div>` : nothing}
    </div></details>`;
}
