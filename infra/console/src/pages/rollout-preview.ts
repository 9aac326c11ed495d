import { html, nothing, type TemplateResult } from 'lit';
import type { Problem } from '../api/problem.ts';
import type { RolloutPreview } from '../api/types.ts';
import { count, percent, plural } from '../model/format.ts';
import { span } from '../model/rollout-brakes.ts';
import { deviceLink } from '../routes.ts';
import { styled } from '../ui/directives.ts';
import { icon } from '../ui/icons.ts';
import { bones, note, problemNote } from '../ui/pieces.ts';

export interface PreviewState { chosen: boolean; preview: RolloutPreview | undefined; problem: Problem | undefined; looking: boolean; brakes: string[]; again: () => void }

/** What a rollout would do, beside the form that plans it: its members in groups, who is left out, what stops it. */
export function previewCard({ chosen, preview, problem, looking, brakes, again }: PreviewState): TemplateResult {
  return html`<section class="card preview" aria-live="polite" aria-busy=${looking ? 'true' : 'false'}><div class="card-head"><h2>Preview</h2><span class="muted small" ?hidden=${!looking}>looking…</span></div><div class="card-body stack">
    ${problemNote(problem, again)}
    ${!chosen ? html`<p class="muted">Choose a release to see which devices it would reach.</p>` : preview ? members(preview) : problem ? nothing : bones(5)}
    <div><h3>Brakes</h3><ul class="sentences">${brakes.map((each) => html`<li>${each}</li>`)}</ul></div>
    ${chosen && preview && preview.sample.length > 0 ? sample(preview) : nothing}
  </div></section>`;
}

function members(preview: RolloutPreview): TemplateResult {
  const largest = Math.max(1, ...preview.groups.map((each) => each.size));
  return html`
    <div class="tiles three"><div class="tile"><span class="name">Members</span><span class="figure">${count(preview.members)}</span></div>
      <div class="tile"><span class="name">Hit by the filter</span><span class="figure">${count(preview.matching)}</span></div>
      <div class="tile"><span class="name">Other hardware</span><span class="figure ${preview.incompatible > 0 ? 'warn-text' : ''}">${count(preview.incompatible)}</span></div></div>
    ${preview.members === 0 ? note('warn', 'No device would get this release.') : nothing}
    ${(preview.warnings ?? []).map((each) => note('warn', each))}
    <ul class="stack tight" aria-label="Groups">${preview.groups.map((each) => html`<li class="preview-group"><span class="cut">${each.name}</span><div class="bar"><i class="info" ${styled({ width: `${(each.size / largest) * 100}%` })}></i></div><span class="num">${count(each.size)}</span><span class="muted small num">${percent(each.size, preview.members)}</span></li>`)}
      ${preview.leftOver ? html`<li class="preview-group"><span class="cut warn-text">no group</span><div class="bar"><i class="idle" ${styled({ width: `${Math.min(1, preview.leftOver / largest) * 100}%` })}></i></div><span class="num">${count(preview.leftOver)}</span><span class="muted small num">${percent(preview.leftOver, preview.members)}</span></li>` : nothing}</ul>
    ${preview.offeredWithin ? html`<p class="muted small">Offering it takes ${span(preview.offeredWithin)} at this rate, if no gate holds it up.</p>` : nothing}
    ${preview.excluded && preview.excluded.length > 0 ? html`<div><h3>Left out, or not at once</h3>${preview.excluded.map((each) => html`<details class="more"><summary>${plural(each.count, 'device')}: ${each.text}</summary>
      <ul class="sample">${each.sample.map((id) => html`<li class="cut"><a href=${deviceLink(id)}>${id}</a></li>`)}</ul>${each.count > each.sample.length ? html`<p class="muted small">${icon('info', 12)} These are some of them.</p>` : nothing}</details>`)}</div>` : nothing}`;
}

function sample(preview: RolloutPreview): TemplateResult {
  return html`<div><h3>Some of its members</h3><ul class="sample">${preview.sample.slice(0, 12).map((each) => html`<li class="cut"><a href=${deviceLink(each.id)}>${each.id}</a> <span class="muted small">${[each.group, each.installed?.version].filter(Boolean).join(' · ')}</span></li>`)}</ul></div>`;
}
