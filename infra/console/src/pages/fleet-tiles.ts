import { html, nothing, type TemplateResult } from 'lit';
import type { FleetSummary } from '../api/types.ts';
import { count, percent } from '../model/format.ts';
import { and, equals } from '../model/rsql.ts';
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

const VERSIONS_SHOWN = 6;

/** What runs in the fleet, most frequent first; each is also a filter. */
export function versionChips(summary: FleetSummary | undefined, pressed: string, press: (facet: string) => void): TemplateResult {
  const versions = summary?.versions ?? [];
  const rest = versions.slice(VERSIONS_SHOWN).reduce((sum, each) => sum + each.count, 0);
  return html`<div class="versions" role="group" aria-label="Confirmed software">
    ${summary === undefined || versions.length > 0 ? html`<span class="muted small">Runs</span>` : nothing}
    ${versions.slice(0, VERSIONS_SHOWN).map((each) => {
      const facet = and(equals('installed.name', each.name), equals('installed.version', each.version));
      return html`<button class="chip" aria-pressed=${pressed === facet ? 'true' : 'false'} @click=${() => press(pressed === facet ? '' : facet)}>
        <span class="muted">${each.name}</span> ${each.version} <b>${count(each.count)}</b> <span class="muted small">${percent(each.count, summary!.devices)}</span></button>`;
    })}
    ${rest > 0 ? html`<span class="muted small">and ${count(rest)} with others</span>` : nothing}
  </div>`;
}
