import { html, nothing, type TemplateResult } from 'lit';
import type { Rollout } from '../api/types.ts';
import { duration, plural } from '../model/format.ts';
import { brakeWords, careOf } from '../model/rollout-brakes.ts';
import { fleetLink, releaseLink, rolloutLink } from '../routes.ts';
import { actorName } from '../ui/names.ts';
import '../ui/time.ts';

/** What a rollout is meant to do, who wanted it, and what would stop it. */
export function planCard(rollout: Rollout): TemplateResult {
  const { plan } = rollout;
  return html`<section class="card"><div class="card-head"><h2>Plan</h2></div><div class="card-body stack"><dl class="facts">
    <dt>Release</dt><dd><a href=${releaseLink(plan.release.id)}>${plan.release.name} ${plan.release.version}</a></dd>
    <dt>Devices</dt><dd>${plan.policy?.retryOf ? html`those that failed in <a class="within" href=${rolloutLink(plan.policy.retryOf)}>an earlier rollout</a>` : plan.filter && plan.filter !== 'id==*' ? html`<a href=${fleetLink(plan.filter)}><code>${plan.filter}</code></a>` : 'the whole fleet'}</dd>
    ${rollout.incompatible > 0 ? html`<dt>Left out</dt><dd>${plural(rollout.incompatible, 'device')} with other hardware</dd>` : nothing}
    <dt>Urgency</dt><dd>${plan.type.replace('-', ' ')}${plan.forcedAt ? html` from <m-time full .at=${plan.forcedAt}></m-time>` : nothing}${plan.confirm ? ', after consent' : ''}${plan.weight !== null && plan.weight !== undefined ? `, weight ${plan.weight}` : ''}</dd>
    <dt>Created</dt><dd><m-time .at=${rollout.createdAt}></m-time>${rollout.by ? html` <span class="muted">by ${actorName(rollout.by)}</span>` : nothing}</dd>
    ${rollout.decision ? html`<dt>${rollout.decision.approved ? 'Agreed' : 'Denied'}</dt><dd><m-time .at=${rollout.decision.at}></m-time> <span class="muted">by ${actorName(rollout.decision.by)}</span>${rollout.decision.remark ? html`<div class="break">“${rollout.decision.remark}”</div>` : nothing}</dd>` : nothing}
    ${plan.startAt && !rollout.startedAt ? html`<dt>Starts</dt><dd><m-time full .at=${plan.startAt}></m-time></dd>` : nothing}
    ${rollout.startedAt ? html`<dt>Started</dt><dd><m-time .at=${rollout.startedAt}></m-time></dd>` : nothing}
    ${rollout.endedAt ? html`<dt>Ended</dt><dd><m-time .at=${rollout.endedAt}></m-time>${rollout.startedAt ? html` <span class="muted">after ${duration(Date.parse(rollout.endedAt) - Date.parse(rollout.startedAt))}</span>` : nothing}</dd>` : nothing}
  </dl><div><h3>Brakes</h3><ul class="sentences">${brakeWords(careOf(plan)).map((each) => html`<li>${each}</li>`)}</ul></div></div></section>`;
}
