import { html, nothing, type TemplateResult } from 'lit';
import type { FleetField } from '../api/types.ts';
import { CARE_PRESETS, type Draft, type DraftGroup, holdsUpAnother } from '../model/rollout-draft.ts';
import { icon } from '../ui/icons.ts';
import { check, field, valueOf } from '../ui/pieces.ts';
import '../ui/filter-box.ts';

type Change = (part: Partial<Draft>) => void;

/** The step that says how careful a rollout is: presets, groups with thresholds, and the further brakes. */
export function careStep(draft: Draft, fields: FleetField[], change: Change): TemplateResult {
  return html`
    <section class="card"><div class="card-head"><h2>Begin with</h2></div><div class="card-body presets">
      ${CARE_PRESETS.map((preset) => html`<button type="button" class="button preset" @click=${() => change(preset.apply(draft))}><b>${preset.label}</b><span class="muted small">${preset.about}</span></button>`)}
    </div></section>
    ${groups(draft, fields, change)}
    ${brakes(draft, change)}`;
}

function groups(draft: Draft, fields: FleetField[], change: Change): TemplateResult {
  const put = (list: DraftGroup[]): void => change({ groups: list });
  const fresh: DraftGroup = { name: `Group ${draft.groups.length + 1}`, unit: 'percent', share: '', filter: '', successPercent: '80', errorPercent: '20', pauseAfter: false };
  return html`<section class="card"><div class="card-head"><h2>Groups</h2></div><div class="card-body form">
    ${draft.groups.map((each, i) => rung(each, i, { only: draft.groups.length === 1, looked: holdsUpAnother(draft, i) }, fields, (part) => put(draft.groups.map((one, j) => (j === i ? { ...one, ...part } : one))), () => put(draft.groups.filter((_, j) => j !== i))))}
    <div><button type="button" class="button small" @click=${() => put([...draft.groups, fresh])}>${icon('plus', 14)}Add a group</button></div>
    <p class="muted small">Devices are taken in order of id, group by group. The next group starts when enough of the one before have succeeded; it all pauses when more than the given share of a group have failed. Where it pauses after a group, somebody looks and resumes it before the next one starts, however well it went.</p>
  </div></section>`;
}

function rung(group: DraftGroup, i: number, { only, looked }: { only: boolean; looked: boolean }, fields: FleetField[], set: (part: Partial<DraftGroup>) => void, remove: () => void): TemplateResult {
  const figure = (key: 'share' | 'successPercent' | 'errorPercent', label: string): TemplateResult => html`<div class="field"><label class="label" for="g-${key}-${i}">${label}</label>
    <input class="input" id="g-${key}-${i}" inputmode="decimal" autocomplete="off" .value=${group[key]} @input=${(event: Event) => set({ [key]: valueOf(event) })}></div>`;
  return html`<div class="group-plan rich" role="group" aria-label="Group ${i + 1}">
    <div class="field"><label class="label" for="g-name-${i}">Group ${i + 1}</label><input class="input" id="g-name-${i}" autocomplete="off" .value=${group.name} @input=${(event: Event) => set({ name: valueOf(event) })}></div>
    ${figure('share', group.unit === 'count' ? 'Devices' : 'Share %')}
    <div class="field"><label class="label" for="g-unit-${i}">Counted in</label><select class="input" id="g-unit-${i}" @change=${(event: Event) => set({ unit: valueOf(event) as DraftGroup['unit'] })}>
      <option value="percent" ?selected=${group.unit === 'percent'}>percent</option><option value="count" ?selected=${group.unit === 'count'}>devices</option></select></div>
    ${figure('successPercent', 'Passes at\u00a0%')}${figure('errorPercent', 'Stops above\u00a0%')}
    <button type="button" class="button plain icon" aria-label="Remove group ${i + 1}" ?disabled=${only} @click=${remove}>${icon('trash')}</button>
    ${looked ? html`<div class="group-look">${check('Pause after this group', group.pauseAfter, (pauseAfter) => set({ pauseAfter }))}</div>` : nothing}
    <details class="more group-filter" ?open=${group.filter !== ''}><summary>Only devices that also match a filter</summary>
      <m-filter rsqlOnly .inputId=${`g-filter-${i}`} .value=${group.filter} .fields=${fields} .onFilter=${(filter: string) => set({ filter })}></m-filter><label class="sr" for="g-filter-${i}">Filter of group ${i + 1}</label></details>
  </div>`;
}

function brakes(draft: Draft, change: Change): TemplateResult {
  const text = (key: 'perMinute' | 'growth' | 'perMinuteMax' | 'times' | 'after' | 'factor' | 'healthyWithin' | 'joinSize' | 'joinSuccess' | 'joinError', label: string, hint?: string, optional = false): TemplateResult =>
    field({ label, id: `b-${key}`, note: hint, optional }, html`<input class="input" id="b-${key}" autocomplete="off" spellcheck="false" .value=${draft[key]} @input=${(event: Event) => change({ [key]: valueOf(event).trim() })}>`);
  return html`<section class="card"><div class="card-head"><h2>More care</h2></div><div class="card-body form">
    ${check('Somebody else must agree before it starts', draft.approval, (approval) => change({ approval }), 'A second person who may approve rollouts.')}
    ${check('Try failed devices again', draft.retried, (retried) => change({ retried }), 'Only a device’s last failure counts against its group.')}
    ${draft.retried ? html`<div class="form-grid inset">${text('times', 'How often')}${text('after', 'First after', 'ISO 8601, such as PT1H or P1D.')}${text('factor', 'Each wait longer by a factor of', undefined, true)}</div>` : nothing}
    ${check('Devices must prove their health', draft.proven, (proven) => change({ proven }), 'After it said that it is done, a device must report the release’s version; its word alone does not count.')}
    ${draft.proven ? html`<div class="form-grid inset">${text('healthyWithin', 'Within', 'ISO 8601, such as PT30M.')}</div>` : nothing}
    ${check('Not all of a group at once', draft.rated, (rated) => change({ rated }), 'So many devices a minute: for the network, or for people who look on.')}
    ${draft.rated ? html`<div class="form-grid inset">${text('perMinute', 'Devices in the first minute')}${text('growth', 'Each minute more by a factor of', undefined, true)}${text('perMinuteMax', 'But at most', 'Devices a minute.', true)}</div>` : nothing}
    ${check('Devices that match later join', draft.joining, (joining) => change({ joining }), 'In further groups with the same brakes, until it is closed.')}
    ${draft.joining ? html`<div class="form-grid inset">${text('joinSize', 'Devices in such a group')}${text('joinSuccess', 'Passes at\u00a0%')}${text('joinError', 'Stops above\u00a0%')}</div>` : nothing}
    ${field({ label: 'When too many fail, give back what they had', id: 'b-rollback' }, html`<select class="input" id="b-rollback" @change=${(event: Event) => change({ rollback: valueOf(event) as Draft['rollback'] })}>
      ${([['', 'To nobody: it pauses and waits for you'], ['failed', 'To devices on which it failed'], ['all', 'To all that were offered it']] as const).map(([value, label]) => html`<option value=${value} ?selected=${draft.rollback === value}>${label}</option>`)}</select>`)}
  </div></section>`;
}
