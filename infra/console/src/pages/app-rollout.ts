import { html, nothing, type TemplateResult } from 'lit';
import { apps, type AppLine, type AppRollout } from '../api/apps.ts';
import type { Call } from '../api/call.ts';
import type { ConfigDeed } from '../api/config.ts';
import { api } from '../api/http.ts';
import { Throttle } from '../live/frames.ts';
import { hub } from '../live/hub.ts';
import { configDeeds, laddered } from '../model/config.ts';
import { count, duration, isoDuration, percent, plural } from '../model/format.ts';
import { placeWords } from '../model/places.ts';
import { lookWords } from '../model/rollout-deeds.ts';
import { countsOf, currentGroup, seenPause } from '../model/rollout-math.ts';
import { appLink, fleetLink } from '../routes.ts';
import { Base, Resource, Work } from '../ui/element.ts';
import { icon, type IconName } from '../ui/icons.ts';
import { actorName, onNames } from '../ui/names.ts';
import { bones, dialog, note, problemNote } from '../ui/pieces.ts';
import { CONFIG_ROLLOUT, state, TARGET } from '../ui/states.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import '../ui/time.ts';
import { mayWriteApps, sourceLink } from './app-parts.ts';
import './rollout-devices.ts';
import { ladder } from './rollout-ladder.ts';

const DEEDS: Record<ConfigDeed, { label: string; icon: IconName; look: string; asks?: string; done: string }> = {
  start: { label: 'Start', icon: 'play', look: 'primary', done: 'Rollout started', asks: 'The first group is to have the release now.' },
  pause: { label: 'Pause', icon: 'pause', look: '', done: 'Rollout paused' },
  resume: { label: 'Resume', icon: 'play', look: 'primary', done: 'Rollout goes on', asks: 'It goes on with what is left.' },
  abort: { label: 'Abort', icon: 'stop', look: 'danger', done: 'Rollout aborted', asks: 'It ends for good: all of its devices go back to the release that they have without it.' },
};

/** One rollout of a release of an app as a ladder of groups, live. */
class AppRolloutPage extends Base {
  static override properties = { rolloutId: {}, asking: { state: true } };
  declare rolloutId: string;
  declare asking: ConfigDeed | undefined;
  #rollout = new Resource<AppRollout>(this, (signal) => apps.rollout(this.rolloutId, signal));
  /** A plan knows its app by number. */
  #apps = new Resource<AppLine[]>(this, (signal) => apps.list(signal));
  #work = new Work(this);
  #refresh = new Throttle(() => this.#rollout.load(), 350);

  protected override entered(): void {
    void Promise.all([this.#rollout.load(), this.#apps.load()]);
    this.until(onNames(() => this.requestUpdate()));
    const subject = `app-rollouts/${this.rolloutId}`;
    this.until(hub.onEvents((batch) => { if (batch.some((event) => event.subject === subject)) this.#refresh.ask(); }));
    this.until(hub.onGap(() => this.#refresh.ask()));
    this.until(() => this.#refresh.stop());
  }

  #app(rollout: AppRollout): string | undefined {
    return this.#apps.value?.find((each) => each.key === rollout.plan.app)?.name;
  }

  protected override render() {
    const rollout = this.#rollout.value;
    const app = rollout && this.#app(rollout);
    const whole = rollout && (this.#apps.value || this.#apps.problem);
    return html`<div class="page">
      <div class="page-head"><div><div class="crumb"><a href="/apps">Apps</a>${app ? html` / <a href=${appLink(app)}>${app}</a> / <a href=${appLink(app, 'rollouts')}>Rollouts</a>` : nothing}</div><h1>${rollout?.plan.name ?? 'Rollout'}</h1></div>
        ${rollout ? state(CONFIG_ROLLOUT, rollout.state, true) : nothing}
        <div class="actions">${rollout && mayWriteApps() ? configDeeds(rollout).map((deed) => html`<button class="button ${DEEDS[deed].look}" ?disabled=${this.#work.busy}
          @click=${() => { if (DEEDS[deed].asks) this.asking = deed; else void this.#do(rollout, deed); }}>${icon(DEEDS[deed].icon)}${DEEDS[deed].label}</button>`) : nothing}</div></div>
      ${problemNote(this.#rollout.problem, () => void this.#rollout.load())}
      ${this.asking ? nothing : problemNote(this.#work.problem)}
      ${whole ? this.#body(rollout) : this.#rollout.problem ? nothing : html`<div class="card"><div class="card-body">${bones(8)}</div></div>`}
      ${rollout && this.asking ? this.#ask(rollout, this.asking) : nothing}
    </div>`;
  }

  #body(rollout: AppRollout): TemplateResult {
    const groups = laddered(rollout.groups);
    const counts = countsOf(groups);
    const place = placeWords(rollout.plan.place);
    const tile = (label: string, value: number, tone = '', share = true): TemplateResult => html`<div class="tile"><span class="name">${label}</span><span class="figure ${value > 0 ? tone : ''}">${count(value)}</span>
      ${share ? html`<span class="muted small">${percent(value, counts.size)}</span>` : nothing}</div>`;
    return html`
      ${rollout.state === 'paused' && rollout.pauseCause === 'error-threshold' ? note('warn', html`<b>It paused by itself.</b> More devices of ${groups[currentGroup(groups)]?.name ?? 'a group'} failed than its threshold allows. Their last words are below; then resume or abort.`) : nothing}
      ${rollout.state === 'paused' && rollout.pauseCause === 'group-succeeded' ? note('warn', html`<b>${lookWords(groups).lead}</b> ${lookWords(groups).text}`) : nothing}
      ${rollout.state === 'creating' ? note('info', 'Its members are being planned; this takes a moment.') : nothing}
      ${rollout.state === 'finishing' ? rollout.why ? note('warn', html`<b>${place} does not take the release.</b> ${rollout.why} Resume to try again, or abort.`) : note('info', `Every device has ended; ${place} is about to stay with the release.`) : nothing}
      ${rollout.state === 'stopped' && rollout.why ? note('warn', rollout.why) : nothing}
      <div class="tiles">${tile('Members', counts.size, '', false)}${tile('Succeeded', counts.succeeded, 'ok-text')}${tile('Failed', counts.failed, 'bad-text')}${tile('Under way', counts.open, 'info-text')}${tile('Cancelled', counts.canceled)}${tile('Waiting', counts.waiting)}</div>
      <div class="columns"><section class="card"><div class="card-head"><h2>Groups</h2></div>${ladder(groups, rollout.state === 'finished')}</section>${this.#plan(rollout)}</div>
      <m-rollout-devices .rolloutId=${rollout.id} .groups=${groups.map((each) => each.name)} .version=${rollout.version} .read=${apps.rolloutDevices}></m-rollout-devices>`;
  }

  #plan(rollout: AppRollout): TemplateResult {
    const { plan } = rollout;
    const timeout = plan.timeout ? isoDuration(plan.timeout) : undefined;
    const app = this.#app(rollout);
    return html`<section class="card"><div class="card-head"><h2>Plan</h2></div><div class="card-body"><dl class="facts">
      <dt>App</dt><dd>${app ? html`<a href=${appLink(app)}>${app}</a>` : `number ${plan.app}`}</dd>
      <dt>Release</dt><dd><code>${plan.version}</code></dd>
      <dt>It should be</dt><dd>${plan.target ? state(TARGET, plan.target) : html`<span class="muted">as it is wanted anyway</span>`}</dd>
      <dt>In the end</dt><dd>${sourceLink(plan.place)} stays with it</dd>
      <dt>Devices</dt><dd>${plan.filter !== 'id==*' ? html`<a href=${fleetLink(plan.filter)}><code>${plan.filter}</code></a>` : 'the whole fleet'}, those with an agent</dd>
      <dt>Time-out</dt><dd>${timeout !== undefined ? `after ${duration(timeout)} of silence` : (plan.timeout ?? 'never')}</dd>
      <dt>Created</dt><dd><m-time .at=${rollout.createdAt}></m-time>${rollout.createdBy ? html` <span class="muted">by ${actorName(rollout.createdBy)}</span>` : nothing}</dd>
      ${plan.startAt && !rollout.startedAt ? html`<dt>Starts</dt><dd><m-time full .at=${plan.startAt}></m-time></dd>` : nothing}
      ${rollout.startedAt ? html`<dt>Started</dt><dd><m-time .at=${rollout.startedAt}></m-time></dd>` : nothing}
      ${rollout.endedAt ? html`<dt>Ended</dt><dd><m-time .at=${rollout.endedAt}></m-time>${rollout.startedAt ? html` <span class="muted">after ${duration(Date.parse(rollout.endedAt) - Date.parse(rollout.startedAt))}</span>` : nothing}</dd>` : nothing}
    </dl></div></section>`;
  }

  #ask(rollout: AppRollout, deed: ConfigDeed): TemplateResult {
    const close = (): void => { this.asking = undefined; this.#work.clear(); };
    const { label, asks } = DEEDS[deed];
    const first = rollout.groups[0];
    return dialog({
      heading: `${label} “${rollout.plan.name}”?`,
      close,
      body: html`<p>${asks}</p>${deed === 'start' && first ? html`<p class="muted">${first.name}: ${plural(first.size, 'device')}, ${plural(countsOf(laddered(rollout.groups)).size, 'device')} in all.</p>` : nothing}${problemNote(this.#work.problem)}`,
      foot: html`<m-curl class="start" .call=${this.#call(rollout, deed)}></m-curl><button class="button" ?autofocus=${deed === 'abort'} @click=${close}>Cancel</button>
        <button class="button ${deed === 'abort' ? 'solid-danger' : 'primary'}" ?autofocus=${deed !== 'abort'} ?disabled=${this.#work.busy} @click=${() => void this.#do(rollout, deed)}>${label}</button>`,
    });
  }

  /** Resuming ends the pause that is shown here, and no other. */
  #call(rollout: AppRollout, deed: ConfigDeed): Call {
    return apps.deed(rollout.id, deed, deed === 'resume' ? seenPause({ ...rollout, groups: laddered(rollout.groups) }) : undefined);
  }

  async #do(rollout: AppRollout, deed: ConfigDeed): Promise<void> {
    await this.#work.run(async () => {
      await api.send(this.#call(rollout, deed));
      this.asking = undefined;
      toast(DEEDS[deed].done);
      await this.#rollout.load();
    });
  }
}
customElements.define('page-app-rollout', AppRolloutPage);
