import { html, nothing, type TemplateResult } from 'lit';
import type { FleetSummary } from '../api/types.ts';
import { count } from '../model/format.ts';
import { icon } from '../ui/icons.ts';
import { type Look, PRESENCE, UPDATE } from '../ui/states.ts';

/** The fleet in figures; each figure is also a filter. Its place is kept while it is read. */
export function summaryTiles(summary: FleetSummary | undefined, pressed: string, press: (facet: string) => void): TemplateResult {
  const tile = (facet: string, look: Look, value: number | undefined): TemplateResult => html`
    <button class="tile" aria-pressed=${pressed === facet ? 'true' : 'false'} @click=${() => press(pressed === facet ? '' : facet)}>
      <span class="name"><span class="state ${look.tone}">${icon(look.icon, 14)}</span>${look.label}</span>
      <span class="figure">${summary ? count(value ?? 0) : html`<span class="muted">–</span>`}</span></button>`;
  return html`<div class="tiles" role="group" aria-label="The fleet in figures">
    <button class="tile" aria-pressed="false" @click=${() => press('')}><span class="name">Devices</span><span class="figure">${summary ? count(summary.devices) : html`<span class="muted">–</span>`}</span></button>
    ${(['online', 'overdue', 'never-seen'] as const).map((each) => tile(`presence==${each}`, PRESENCE[each], summary?.presence[each]))}
    ${(['in-sync', 'pending', 'error', 'registered'] as const).map((each) => tile(`updateStatus==${each}`, UPDATE[each], summary?.updateStatus[each]))}
    ${summary?.updateStatus.unknown ? tile('updateStatus==unknown', UPDATE.unknown, summary.updateStatus.unknown) : nothing}
  </div>`;
}
