import { html, type TemplateResult } from 'lit';
import type { RolloutGroup } from '../api/types.ts';
import { count, percent } from '../model/format.ts';
import { countsOf, currentGroup, errorRate } from '../model/rollout-math.ts';
import { styled } from '../ui/directives.ts';
import { GROUP, state } from '../ui/states.ts';
import { partsBar } from './rollout-bar.ts';

/** The groups of a rollout below each other, each with its bar, its thresholds and its figures. */
export function ladder(groups: RolloutGroup[], over: boolean): TemplateResult {
  const current = over ? -1 : currentGroup(groups);
  return html`<div class="ladder">${groups.map((group, i) => rung(group, i, current === i))}</div>`;
}

function rung(group: RolloutGroup, index: number, current: boolean): TemplateResult {
  const counts = countsOf([group]);
  const rate = errorRate(group);
  const figure = (label: string, value: number, tone = ''): TemplateResult => html`<span class="muted"><b class=${value > 0 && tone ? tone : 'figure-plain'}>${count(value)}</b>${label}</span>`;
  return html`<div class="rung ${current ? 'current' : ''}">
    <span class="muted">${index + 1}</span>
    <span class="stack tight"><b class="break">${group.name}</b>${state(GROUP, group.state)}</span>
    <span class="stack tight"><span class="rung-bar">${partsBar(counts, group.name)}<span class="rung-mark" title="Passes at ${group.successPercent} % success" ${styled({ left: `calc(${Math.min(100, group.successPercent)}% - 1px)` })}></span></span>
      <span class="small muted rung-rates"><span>${percent(group.succeeded, group.size)} succeeded, passes at ${group.successPercent} %</span>
        <span><span class=${rate > group.errorPercent ? 'bad-text' : ''}>${percent(group.failed, group.size)} failed</span>, stops above ${group.errorPercent} %</span></span></span>
    <span class="rung-figures">${figure(`of ${count(group.size)}`, group.offered)}${figure('ok', group.succeeded, 'ok-text')}${figure('failed', group.failed, 'bad-text')}${figure('open', counts.open, 'info-text')}</span>
  </div>`;
}
