import { html, nothing, type TemplateResult } from 'lit';
import type { Problem } from '../api/problem.ts';
import type { FleetField, Release } from '../api/types.ts';
import { span } from '../model/rollout-brakes.ts';
import { type Draft, WHOLE_FLEET } from '../model/rollout-draft.ts';
import { fleetLink, releaseLink } from '../routes.ts';
import { howFields } from '../ui/how-fields.ts';
import { field, valueOf } from '../ui/pieces.ts';
import { ACTION_TYPES } from '../ui/states.ts';
import '../ui/filter-box.ts';
import '../ui/release-pick.ts';

type Change = (part: Partial<Draft>) => void;

export function whatStep(draft: Draft, picked: string, nameFault: string | undefined, pick: (id: string, release: Release) => void, change: Change): TemplateResult {
  return html`<section class="card"><div class="card-head"><h2>What is rolled out</h2></div><div class="card-body form">
    <m-release-pick .value=${picked} .onPick=${pick}></m-release-pick>
    ${field({ label: 'Name', id: 'n-name', fault: nameFault }, html`<input class="input" id="n-name" autocomplete="off" .value=${draft.name} @input=${(event: Event) => change({ name: valueOf(event) })}>`)}
    <p class="muted small">That is all it needs: it goes to ${draft.whom === 'filter' && draft.filter.trim() === '' ? 'the whole fleet' : 'the devices chosen'} with a canary of its own, and waits for you to start it. The further steps change that.</p>
  </div></section>`;
}

export function whoStep(draft: Draft, fields: FleetField[], problem: Problem | undefined, change: Change): TemplateResult {
  const choice = (whom: Draft['whom'], label: string): TemplateResult => html`<label><input type="radio" name="whom" .checked=${draft.whom === whom} @change=${() => change({ whom })}>${label}</label>`;
  return html`<section class="card"><div class="card-head"><h2>Who gets it</h2></div><div class="card-body form">
    <fieldset class="stack tight"><legend class="label">Devices are chosen by</legend><div class="segments">${choice('filter', 'A filter')}${choice('feed', 'A feed')}</div></fieldset>
    ${draft.whom === 'feed' ? field({ label: 'Feed', id: 'n-feed', note: html`Devices whose metadata say <code>feed=${draft.feed.trim() || '…'}</code>.` }, html`<input class="input mono" id="n-feed" autocomplete="off" spellcheck="false" .value=${draft.feed} @input=${(event: Event) => change({ feed: valueOf(event) })}>`)
      : html`<div class="field"><label class="label" for="n-filter">Devices <span class="muted">(empty: the whole fleet)</span></label>
        <m-filter rsqlOnly .inputId=${'n-filter'} .value=${draft.filter} .fields=${fields} .fault=${problem?.status === 400 ? problem.message : undefined} .onFilter=${(filter: string) => change({ filter })}></m-filter></div>`}
    <p class="muted small">${draft.joining ? 'The devices that fit when it is created become its members; those that fit later join.' : 'The devices that fit when the rollout is created become its members. Devices that are held back take no part.'}</p>
  </div></section>`;
}

export function whenStep(draft: Draft, change: Change): TemplateResult {
  return html`<section class="card"><div class="card-head"><h2>How and when</h2></div><div class="card-body form">
    ${howFields(draft.how, (how) => change({ how }))}
    <fieldset class="stack tight"><legend class="label">Start</legend>
      <div class="segments">${([['hand', 'By hand'], ['now', draft.approval ? 'As soon as it is agreed to' : 'As soon as it is planned'], ['at', 'At a time']] as const).map(([value, label]) => html`<label><input type="radio" name="start" .checked=${draft.start === value} @change=${() => change({ start: value })}>${label}</label>`)}</div>
      ${draft.start === 'at' ? html`<input class="input" type="datetime-local" aria-label="Start at" .value=${draft.startAt} @input=${(event: Event) => change({ startAt: valueOf(event) })}>` : nothing}</fieldset>
  </div></section>`;
}

export function checkStep(draft: Draft, release: Release | undefined, brakes: string[]): TemplateResult {
  const filter = draft.filter.trim();
  const start = { hand: 'by hand', now: 'as soon as it can', at: draft.startAt.replace('T', ' ') }[draft.start];
  return html`<section class="card"><div class="card-head"><h2>Is this what you mean?</h2></div><div class="card-body stack"><dl class="facts">
    <dt>Release</dt><dd>${release ? html`<a href=${releaseLink(release.id)} target="_blank">${release.name} ${release.version}</a>` : html`<span class="warn-text">none chosen</span>`}</dd>
    <dt>Name</dt><dd>${draft.name || html`<span class="warn-text">none</span>`}</dd>
    <dt>Devices</dt><dd>${draft.whom === 'feed' ? html`feed <code>${draft.feed}</code>` : filter && filter !== WHOLE_FLEET ? html`<a href=${fleetLink(filter)} target="_blank"><code>${filter}</code></a>` : 'the whole fleet'}</dd>
    <dt>Groups</dt><dd><ol>${draft.groups.map((each) => html`<li>${each.name || 'without a name'}: ${each.share}${each.unit === 'percent' ? ' %' : ' devices'}${each.filter ? html` of <code>${each.filter}</code>` : nothing}</li>`)}</ol></dd>
    <dt>Urgency</dt><dd>${ACTION_TYPES[draft.how.type]}${draft.how.confirm ? ', after consent' : ''}</dd>
    ${draft.how.windowed ? html`<dt>Window</dt><dd><code>${draft.how.schedule}</code> for ${span(draft.how.duration)} (${draft.how.zone})</dd>` : nothing}
    <dt>Start</dt><dd>${start}</dd>
  </dl><div><h3>Brakes</h3><ul class="sentences">${brakes.map((each) => html`<li>${each}</li>`)}</ul></div></div></section>`;
}
