import { html, nothing, type TemplateResult } from 'lit';
import { api } from '../api/http.ts';
import { rollouts } from '../api/rollouts.ts';
import type { Rollout } from '../api/types.ts';
import { Throttle, VIEW_FOLLOWS } from '../live/frames.ts';
import { hub } from '../live/hub.ts';
import { count, percent } from '../model/format.ts';
import { type Deed, deedsOf, type RolloutRights } from '../model/rollout-deeds.ts';
import { countsOf, groupNames } from '../model/rollout-math.ts';
import { compareLink } from '../routes.ts';
import { Base, Resource, Work } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { onNames } from '../ui/names.ts';
import { bones, problemNote } from '../ui/pieces.ts';
import { session } from '../ui/session.ts';
import { ROLLOUT, state } from '../ui/states.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/menu.ts';
import './rollout-devices.ts';
import { ladder } from './rollout-ladder.ts';
import { notices, reasonsCard } from './rollout-notices.ts';
import { DEEDS } from './rollout-order.ts';
import { planCard } from './rollout-plan.ts';
import { rolloutPlot } from './rollout-plot.ts';

/** One rollout as a ladder of groups, live. */
class RolloutPage extends Base {
  static override properties = { rolloutId: {}, asking: { state: true }, reason: { state: true } };
  declare rolloutId: string;
  declare asking: Deed | undefined;
  declare reason: string | undefined;
  #rollout = new Resource<Rollout>(this, (signal) => rollouts.one(this.rolloutId, signal));
  #work = new Work(this);
  #refresh = new Throttle(() => this.#rollout.load(), 350, VIEW_FOLLOWS);

  protected override entered(): void {
    void this.#rollout.load();
    this.until(onNames(() => this.requestUpdate()));
    const subject = `rollouts/${this.rolloutId}`;
    this.until(hub.onEvents((batch) => {
      // Failure reasons come from devices' own events, which name their rollout.
      if (batch.some((event) => event.subject === subject || event.data['rollout'] === this.rolloutId)) this.#refresh.ask();
    }));
    this.until(hub.onGap(() => this.#refresh.ask()));
    this.until(() => this.#refresh.stop());
  }

  get #rights(): RolloutRights {
    return { operate: session.may('rollouts-operate'), write: session.may('rollouts-write'), approve: session.may('rollouts-approve'), me: session.me?.id };
  }

  protected override render() {
    const rollout = this.#rollout.value;
    return html`<div class="page">
      <div class="page-head"><div><div class="crumb"><a href="/rollouts">Rollouts</a></div><h1>${rollout?.plan.name ?? 'Rollout'}</h1></div>
        ${rollout ? state(ROLLOUT, rollout.state, true) : nothing}
        <div class="actions">${rollout ? this.#buttons(rollout) : nothing}</div></div>
      ${problemNote(this.#rollout.problem, () => void this.#rollout.load())}
      ${problemNote(this.#work.problem)}
      ${rollout ? this.#body(rollout) : this.#rollout.problem ? nothing : html`<div class="card"><div class="card-body">${bones(8)}</div></div>`}
      ${rollout && this.asking ? html`<m-rollout-order .rollout=${rollout} .deed=${this.asking} .onClose=${() => { this.asking = undefined; }} .onDone=${() => void this.#rollout.load()}></m-rollout-order>` : nothing}
    </div>`;
  }

  #buttons(rollout: Rollout): TemplateResult {
    const deeds = deedsOf(rollout, this.#rights);
    const press = (deed: Deed) => (): void => { if (DEEDS[deed].asks) this.asking = deed; else void this.#give(deed as 'pause'); };
    return html`${deeds.filter((deed) => DEEDS[deed].plain).map((deed) => html`<button class="button ${DEEDS[deed].look}" ?disabled=${this.#work.busy} @click=${press(deed)}>${icon(DEEDS[deed].icon)}${DEEDS[deed].label}</button>`)}
      <m-menu look="button icon" .label=${'More about this rollout'} .button=${icon('more')} .items=${() => html`
        ${deeds.filter((deed) => !DEEDS[deed].plain).map((deed) => html`<button class=${DEEDS[deed].look === 'danger' ? 'bad-text' : ''} @click=${press(deed)}>${icon(DEEDS[deed].icon)}${DEEDS[deed].label}</button>`)}
        ${deeds.some((deed) => !DEEDS[deed].plain) ? html`<hr>` : nothing}
        <a href=${compareLink(rollout.id)}>${icon('columns')}Compare with another</a>
        <a href=${rollouts.report(rollout.id, 'html')} target="_blank" rel="noopener">${icon('file')}Report to print</a>
        <a href=${rollouts.report(rollout.id, 'csv')} download="rollout-${rollout.id}.csv">${icon('down')}Report as CSV</a>`}></m-menu>`;
  }

  #body(rollout: Rollout): TemplateResult {
    const counts = countsOf(rollout.groups);
    const tile = (label: string, value: number, tone = '', share = true): TemplateResult => html`<div class="tile"><span class="name">${label}</span><span class="figure ${value > 0 ? tone : ''}">${count(value)}</span>
      ${share ? html`<span class="muted small">${percent(value, counts.size)}</span>` : nothing}</div>`;
    const { policy } = rollout.plan;
    return html`
      ${notices(rollout, this.#rights)}
      <div class="tiles many">${tile('Members', counts.size, '', false)}${tile('Succeeded', counts.succeeded, 'ok-text')}${tile('Failed', counts.failed, 'bad-text')}${tile('Under way', counts.open, 'info-text')}
        ${policy?.retry ? tile('To be tried again', counts.retrying, 'warn-text') : nothing}${policy?.healthyWithin ? tile('Proving health', counts.verifying, 'info-text') : nothing}
        ${tile('Cancelled', counts.canceled)}${tile('Skipped', counts.skipped)}${tile('Waiting', counts.waiting)}</div>
      <div class="columns">
        <div class="stack">
          <section class="card"><div class="card-head"><h2>Groups</h2></div>${ladder(rollout.groups, rollout.state === 'finished', rollout.open)}</section>
          ${rollout.progress.length > 0 ? rolloutPlot(rollout) : nothing}
        </div>
        <div class="stack">${planCard(rollout)}${reasonsCard(rollout, this.reason, (reason) => this.#choose(reason))}</div>
      </div>
      <m-rollout-devices .rolloutId=${rollout.id} .groups=${groupNames(rollout)} .version=${rollout.version} .reason=${this.reason} .reasonWords=${rollout.reasons.find((each) => (each.key ?? each.message) === this.reason)?.message} .onReason=${(reason: string | undefined) => { this.reason = reason; }}></m-rollout-devices>`;
  }

  #choose(reason: string | undefined): void {
    this.reason = reason;
    if (reason !== undefined) void this.updateComplete.then(() => this.querySelector('m-rollout-devices')?.scrollIntoView({ block: 'nearest' }));
  }

  async #give(deed: 'pause'): Promise<void> {
    await this.#work.run(async () => {
      await api.send(rollouts.order(this.rolloutId, deed));
      toast(DEEDS[deed].done);
      await this.#rollout.load();
    });
  }
}
customElements.define('page-rollout', RolloutPage);
