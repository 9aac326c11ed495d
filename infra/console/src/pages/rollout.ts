import { html, nothing, type TemplateResult } from 'lit';
import { api } from '../api/http.ts';
import { rollouts, type RolloutDeed } from '../api/rollouts.ts';
import type { Rollout } from '../api/types.ts';
import { Throttle, VIEW_FOLLOWS } from '../live/frames.ts';
import { hub } from '../live/hub.ts';
import { count, duration, isoDuration, percent, plural } from '../model/format.ts';
import { countsOf, currentGroup, deedsOf } from '../model/rollout-math.ts';
import { fleetLink, releaseLink } from '../routes.ts';
import { isIn } from '../model/rsql.ts';
import { Base, Resource, Work } from '../ui/element.ts';
import { icon, type IconName } from '../ui/icons.ts';
import { bones, dialog, note, problemNote } from '../ui/pieces.ts';
import { session } from '../ui/session.ts';
import { ROLLOUT, state } from '../ui/states.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import '../ui/time.ts';
import './rollout-devices.ts';
import { ladder } from './rollout-ladder.ts';
import { rolloutPlot } from './rollout-plot.ts';

const DEEDS: Record<RolloutDeed, { label: string; icon: IconName; look: string; asks?: string; done: string }> = {
  start: { label: 'Start', icon: 'play', look: 'primary', done: 'Rollout started', asks: 'The first group is offered the release now.' },
  pause: { label: 'Pause', icon: 'pause', look: '', done: 'Rollout paused' },
  resume: { label: 'Resume', icon: 'play', look: 'primary', done: 'Rollout goes on', asks: 'It goes on with the groups that are left.' },
  abort: { label: 'Abort', icon: 'stop', look: 'danger', done: 'Rollout aborted', asks: 'It ends for good. Devices that are updating are asked to stop; those that have finished keep the release.' },
};

/** One rollout as a ladder of groups, live. */
class RolloutPage extends Base {
  static override properties = { rolloutId: {}, asking: { state: true } };
  declare rolloutId: string;
  declare asking: RolloutDeed | undefined;
  #rollout = new Resource<Rollout>(this, (signal) => rollouts.one(this.rolloutId, signal));
  #work = new Work(this);
  #refresh = new Throttle(() => this.#rollout.load(), 350, VIEW_FOLLOWS);

  protected override entered(): void {
    void this.#rollout.load();
    const subject = `rollouts/${this.rolloutId}`;
    this.until(hub.onEvents((batch) => {
      // Failure reasons come from devices' own events, which name their rollout.
      if (batch.some((event) => event.subject === subject || event.data['rollout'] === this.rolloutId)) this.#refresh.ask();
    }));
    this.until(hub.onGap(() => this.#refresh.ask()));
    this.until(() => this.#refresh.stop());
  }

  protected override render() {
    const rollout = this.#rollout.value;
    return html`<div class="page">
      <div class="page-head"><div><div class="crumb"><a href="/rollouts">Rollouts</a></div><h1>${rollout?.plan.name ?? 'Rollout'}</h1></div>
        ${rollout ? state(ROLLOUT, rollout.state, true) : nothing}
        <div class="actions">${rollout && session.may('rollouts-operate') ? deedsOf(rollout).map((deed) => html`<button class="button ${DEEDS[deed].look}" ?disabled=${this.#work.busy}
          @click=${() => { if (DEEDS[deed].asks) this.asking = deed; else void this.#do(deed); }}>${icon(DEEDS[deed].icon)}${DEEDS[deed].label}</button>`) : nothing}</div></div>
      ${problemNote(this.#rollout.problem, () => void this.#rollout.load())}
      ${this.asking ? nothing : problemNote(this.#work.problem)}
      ${rollout ? this.#body(rollout) : this.#rollout.problem ? nothing : html`<div class="card"><div class="card-body">${bones(8)}</div></div>`}
      ${rollout && this.asking ? this.#ask(rollout, this.asking) : nothing}
    </div>`;
  }

  #body(rollout: Rollout): TemplateResult {
    const counts = countsOf(rollout.groups);
    const tile = (label: string, value: number, tone = '', share = true): TemplateResult => html`<div class="tile"><span class="name">${label}</span><span class="figure ${value > 0 ? tone : ''}">${count(value)}</span>
      ${share ? html`<span class="muted small">${percent(value, counts.size)}</span>` : nothing}</div>`;
    return html`
      ${rollout.state === 'paused' && rollout.pauseCause === 'error-threshold' ? note('warn', html`<b>It stopped by itself.</b> More devices of ${rollout.groups[currentGroup(rollout.groups)]?.name ?? 'a group'} failed than its threshold allows. Look at the reasons, then resume or abort.`) : nothing}
      ${rollout.state === 'creating' ? note('info', 'Its members are being planned; this takes a moment.') : nothing}
      <div class="tiles">${tile('Members', counts.size, '', false)}${tile('Succeeded', counts.succeeded, 'ok-text')}${tile('Failed', counts.failed, 'bad-text')}${tile('Under way', counts.open, 'info-text')}${tile('Cancelled', counts.canceled)}${tile('Skipped', counts.skipped)}${tile('Waiting', counts.waiting)}</div>
      <div class="columns">
        <div class="stack">
          <section class="card"><div class="card-head"><h2>Groups</h2></div>${ladder(rollout.groups, rollout.state === 'finished')}</section>
          ${rollout.progress.length > 0 ? rolloutPlot(rollout) : nothing}
        </div>
        <div class="stack">${this.#plan(rollout)}${this.#reasons(rollout)}</div>
      </div>
      <m-rollout-devices .rolloutId=${rollout.id} .groups=${rollout.groups.map((each) => each.name)} .version=${rollout.version}></m-rollout-devices>`;
  }

  #plan(rollout: Rollout): TemplateResult {
    const { plan } = rollout;
    const timeout = plan.timeout ? isoDuration(plan.timeout) : undefined;
    return html`<section class="card"><div class="card-head"><h2>Plan</h2></div><div class="card-body"><dl class="facts">
      <dt>Release</dt><dd><a href=${releaseLink(plan.release.id)}>${plan.release.name} ${plan.release.version}</a></dd>
      <dt>Devices</dt><dd>${plan.filter && plan.filter !== 'id==*' ? html`<a href=${fleetLink(plan.filter)}><code>${plan.filter}</code></a>` : 'the whole fleet'}</dd>
      ${rollout.incompatible > 0 ? html`<dt>Left out</dt><dd>${plural(rollout.incompatible, 'device')} with other hardware</dd>` : nothing}
      <dt>Urgency</dt><dd>${plan.type.replace('-', ' ')}${plan.forcedAt ? html` from <m-time full .at=${plan.forcedAt}></m-time>` : nothing}${plan.confirm ? ', after consent' : ''}</dd>
      ${plan.window ? html`<dt>Window</dt><dd><code>${plan.window.schedule}</code> for ${plan.window.duration} (${plan.window.zone})</dd>` : nothing}
      <dt>Time-out</dt><dd>${timeout !== undefined ? `after ${duration(timeout)} of silence` : (plan.timeout ?? 'never')}</dd>
      <dt>Created</dt><dd><m-time .at=${rollout.createdAt}></m-time></dd>
      ${plan.startAt && !rollout.startedAt ? html`<dt>Starts</dt><dd><m-time full .at=${plan.startAt}></m-time></dd>` : nothing}
      ${rollout.startedAt ? html`<dt>Started</dt><dd><m-time .at=${rollout.startedAt}></m-time></dd>` : nothing}
      ${rollout.endedAt ? html`<dt>Ended</dt><dd><m-time .at=${rollout.endedAt}></m-time>${rollout.startedAt ? html` <span class="muted">after ${duration(Date.parse(rollout.endedAt) - Date.parse(rollout.startedAt))}</span>` : nothing}</dd>` : nothing}
    </dl></div></section>`;
  }

  #reasons(rollout: Rollout): TemplateResult {
    return html`<section class="card"><div class="card-head"><h2>Why devices failed</h2></div>
      ${rollout.reasons.length === 0 ? html`<div class="card-body muted">None failed so far.</div>` : rollout.reasons.map((reason) => html`<div class="reason"><b>×${count(reason.count)}</b><span class="break">${reason.message || 'No reason given'}</span>
        ${reason.devices.length > 0 ? html`<a class="nowrap" href=${fleetLink(isIn('id', reason.devices))}>${reason.devices.length < reason.count ? `${reason.devices.length} of them` : plural(reason.devices.length, 'device')}</a>` : nothing}</div>`)}
    </section>`;
  }

  #ask(rollout: Rollout, deed: RolloutDeed): TemplateResult {
    const close = (): void => { this.asking = undefined; this.#work.clear(); };
    const { label, asks } = DEEDS[deed];
    const first = rollout.groups[0];
    return dialog({
      heading: `${label} “${rollout.plan.name}”?`,
      close,
      body: html`<p>${asks}</p>${deed === 'start' && first ? html`<p class="muted">${first.name}: ${plural(first.size, 'device')}, ${plural(countsOf(rollout.groups).size, 'device')} in all.</p>` : nothing}${problemNote(this.#work.problem)}`,
      foot: html`<m-curl class="start" .call=${rollouts.deed(rollout.id, deed)}></m-curl><button class="button" ?autofocus=${deed === 'abort'} @click=${close}>Cancel</button>
        <button class="button ${deed === 'abort' ? 'solid-danger' : 'primary'}" ?autofocus=${deed !== 'abort'} ?disabled=${this.#work.busy} @click=${() => this.#do(deed)}>${label}</button>`,
    });
  }

  async #do(deed: RolloutDeed): Promise<void> {
    await this.#work.run(async () => {
      await api.send(rollouts.deed(this.rolloutId, deed));
      this.asking = undefined;
      toast(DEEDS[deed].done);
      await this.#rollout.load();
    });
  }
}
customElements.define('page-rollout', RolloutPage);
