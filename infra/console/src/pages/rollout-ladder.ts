import { html, nothing, type TemplateResult } from 'lit';
import type { RolloutGroup } from '../api/types.ts';
import { count, percent, plural } from '../model/format.ts';
import { holdsUpAnother } from '../model/rollout-draft.ts';
import { countsOf, currentGroup, errorRate, gateOf } from '../model/rollout-math.ts';
import { styled } from '../ui/directives.ts';
import { GROUP, state } from '../ui/states.ts';
import { partsBar } from './rollout-bar.ts';

/** The groups of a rollout below each other, each with its bar, its thresholds and its figures; `joining` while devices may still join. */
export function ladder(groups: RolloutGroup[], over: boolean, joining = false): TemplateResult {
  const current = over ? -1 : currentGroup(groups);
  return html`<div class="ladder">${groups.map((group, i) => rung(group, i, { current: current === i, looked: group.pauseAfter === true && holdsUpAnother({ groups, joining }, i) }))}</div>`;
}

function rung(group: RolloutGroup, index: number, { current, looked }: { current: boolean; looked: boolean }): TemplateResult {
  const counts = countsOf([group]);
  const rate = errorRate(group);
  const figure = (label: string, value: number, tone = ''): TemplateResult => html`<span class="muted"><b class=${value > 0 && tone ? tone : 'figure-plain'}>${count(value)}</b>${label}</span>`;
  return html`<div class="rung ${current ? 'current' : ''}">
    <span class="muted">${index + 1}</span>
    <span class="stack tight"><b class="break">${group.name}</b><span class="row wrap">${state(GROUP, group.state)}${group.joined ? html`<span class="tag">joined later</span>` : nothing}${looked ? html`<span class="tag">then pauses</span>` : nothing}</span></span>
    <span class="stack tight">
      <span class="rung-bar">${partsBar(counts, group.name)}${mark('', group.successPercent, `Passes at ${group.successPercent} % success`)}</span>
      <span class="rung-bar fails"><span class="bar" aria-hidden="true"><i class="bad" ${styled({ width: `${Math.min(100, rate)}%` })}></i></span>${mark('error', group.errorPercent, `Stops above ${group.errorPercent} % failed`)}</span>
      <span class="small muted rung-rates"><span><span class="whole">${percent(group.succeeded, group.size)} succeeded,</span> <span class="whole">passes at ${group.successPercent} %</span></span>
        <span><span class="whole"><span class=${rate > group.errorPercent ? 'bad-text' : ''}>${percent(group.failed, group.size)} failed</span>,</span> <span class="whole">stops above ${group.errorPercent} %</span></span></span>
      ${current || counts.retrying > 0 || counts.verifying > 0 ? html`<span class="small rung-rates">${gateWords(group, current)}</span>` : nothing}</span>
    <span class="rung-figures">${figure(`of ${count(group.size)}`, group.offered)}${figure('ok', group.succeeded, 'ok-text')}${figure('failed', group.failed, 'bad-text')}${figure('open', counts.open, 'info-text')}</span>
  </div>`;
}

function mark(look: string, at: number, title: string): TemplateResult {
  return html`<span class="rung-mark ${look}" title=${title} ${styled({ left: `calc(${Math.min(100, at)}% - 1px)` })}></span>`;
}

/** How far the thresholds are, and what those under way are about. */
function gateWords(group: RolloutGroup, current: boolean): TemplateResult {
  const { missing, stopsAfter } = gateOf(group);
  const running = current && group.state === 'running';
  return html`<span>${running && missing > 0 ? `${plural(missing, 'more success', 'more successes')} to pass` : ''}${running && stopsAfter !== undefined && stopsAfter > 0 ? `${missing > 0 ? ', ' : ''}${plural(stopsAfter, 'more failure')} to stop` : ''}</span>
    <span>${group.retrying ? html`<span class="warn-text whole">${count(group.retrying)} will be tried again</span>` : nothing}${group.retrying && group.verifying ? ', ' : ''}${group.verifying ? html`<span class="info-text whole">${count(group.verifying)} prove their health</span>` : nothing}</span>`;
}
