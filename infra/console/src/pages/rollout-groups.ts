import { html, nothing, type TemplateResult } from 'lit';
import { type NewGroup, presetGroups, PRESETS } from '../model/rollout-math.ts';
import { icon } from '../ui/icons.ts';
import { check, valueOf } from '../ui/pieces.ts';

/** The groups of a rollout with their thresholds, for forms that plan one. */
export function groupFields(groups: NewGroup[], fault: string | undefined, change: (groups: NewGroup[]) => void): TemplateResult {
  const set = (index: number, part: Partial<NewGroup>): void => change(groups.map((each, i) => (i === index ? { ...each, ...part } : each)));
  const figure = (i: number, key: 'percent' | 'successPercent' | 'errorPercent', label: string): TemplateResult => html`<div class="field"><label class="label" for="g-${key}-${i}">${label}</label>
    <input class="input" id="g-${key}-${i}" inputmode="decimal" autocomplete="off" .value=${groups[i]![key]} @input=${(event: Event) => set(i, { [key]: valueOf(event) })}></div>`;
  return html`<section class="card"><div class="card-head"><h2>Groups</h2><div class="actions">${PRESETS.map((preset) => html`<button type="button" class="button small" @click=${() => change(presetGroups(preset.percents))}>${preset.label}</button>`)}</div></div>
    <div class="card-body form">
      ${groups.map((group, i) => html`<div class="group-plan">
        <div class="field"><label class="label" for="g-name-${i}">Group ${i + 1}</label><input class="input" id="g-name-${i}" autocomplete="off" .value=${group.name} @input=${(event: Event) => set(i, { name: valueOf(event) })}></div>
        ${figure(i, 'percent', 'Share %')}${figure(i, 'successPercent', 'Passes at %')}${figure(i, 'errorPercent', 'Stops above %')}
        <button type="button" class="button plain icon" aria-label="Remove group ${i + 1}" ?disabled=${groups.length === 1} @click=${() => change(groups.filter((_, j) => j !== i))}>${icon('trash')}</button>
        ${i < groups.length - 1 ? html`<div class="group-look">${check('Pause after this group', group.pauseAfter === true, (pauseAfter) => set(i, { pauseAfter }))}</div>` : nothing}</div>`)}
      ${fault ? html`<div class="field"><div class="fault" role="alert">${icon('alert', 14)}${fault}</div></div>` : nothing}
      <div><button type="button" class="button small" @click=${() => change([...groups, { name: `Group ${groups.length + 1}`, percent: '', successPercent: '80', errorPercent: '20' }])}>${icon('plus', 14)}Add a group</button></div>
      <p class="muted small">The next group starts when enough of the one before has succeeded. The rollout pauses by itself when more than the given share of a group has failed. Where it pauses after a group, somebody looks and resumes it before the next one starts, however well it went.</p>
    </div></section>`;
}

/** What a plan's body has for them. */
export function groupBodies(groups: NewGroup[]): Record<string, unknown>[] {
  return groups.map((each, i) => ({ ...(each.name.trim() && { name: each.name.trim() }), percent: Number(each.percent), successPercent: Number(each.successPercent), errorPercent: Number(each.errorPercent), ...(each.pauseAfter && i < groups.length - 1 && { pauseAfter: true }) }));
}
