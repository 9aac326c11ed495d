import { html, nothing, type TemplateResult } from 'lit';
import type { Rollout } from '../api/types.ts';
import { count } from '../model/format.ts';
import { rolledBackWords } from '../model/rollout-brakes.ts';
import { type RolloutRights, turnOf } from '../model/rollout-deeds.ts';
import { fleetLink } from '../routes.ts';
import { isIn } from '../model/rsql.ts';
import { icon } from '../ui/icons.ts';
import { note } from '../ui/pieces.ts';

const STOPPED: Record<NonNullable<Rollout['stopCause']>, string> = {
  'release-invalidated': 'Its release was declared invalid, which ended it.',
  'rolled-back': 'It was ended, and its devices get back what they had.',
  operator: 'Somebody ended it before its time.',
};

/** Whose turn it is, why it ended early, what is being undone. */
export function notices(rollout: Rollout, rights: RolloutRights): TemplateResult {
  const turn = turnOf(rollout, rights);
  const { rollback, state, stopCause, decision } = rollout;
  const list = [
    turn && note(turn.tone, html`<b>${turn.lead}</b> ${turn.text}${state === 'approval-denied' && decision?.remark ? html` <span class="break">“${decision.remark}”</span>` : nothing}`),
    // What is given back says that it ended, and why.
    state === 'stopped' && stopCause && !(stopCause === 'rolled-back' && rollback) && note(stopCause === 'operator' ? 'info' : 'warn', STOPPED[stopCause]),
    rollback && note(rollback.endedAt ? 'ok' : 'warn', rolledBackWords(rollback)),
    rollout.open && state === 'running' && !turn && note('info', 'Devices that match later still join.'),
  ].filter(Boolean);
  return html`<div class="stack" role="status" ?hidden=${list.length === 0}>${list}</div>`;
}

/** Why devices failed, most frequent first; each leads to its devices. */
export function reasonsCard(rollout: Rollout, chosen: string | undefined, choose: (reason: string | undefined) => void): TemplateResult {
  return html`<section class="card"><div class="card-head"><h2>Why devices failed</h2></div>
    ${rollout.reasons.length === 0 ? html`<div class="card-body muted">None failed so far.</div>` : rollout.reasons.map((reason) => html`<div class="reason"><b>×${count(reason.count)}</b>
      <span class="stack tight"><button type="button" class="link break" aria-pressed=${chosen === (reason.key ?? reason.message) ? 'true' : 'false'} title="Show the devices that failed for it" @click=${() => choose(chosen === (reason.key ?? reason.message) ? undefined : (reason.key ?? reason.message))}>${reason.message || 'No reason given'}</button>
        ${reason.code !== null && reason.code !== undefined ? html`<span class="muted small">code ${reason.code}</span>` : nothing}</span>
      ${reason.devices.length > 0 ? html`<a class="button plain small icon" href=${fleetLink(isIn('id', reason.devices))} aria-label="${reason.devices.length < reason.count ? `${reason.devices.length} of them` : 'All of them'} in the fleet" title="In the fleet">${icon('fleet', 14)}</a>` : nothing}</div>`)}
  </section>`;
}
