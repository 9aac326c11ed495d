import { html, nothing, type TemplateResult } from 'lit';
import type { Call } from '../api/call.ts';
import { config, type ConfigDeed, type ConfigRollout, type Values } from '../api/config.ts';
import { api } from '../api/http.ts';
import { Throttle } from '../live/frames.ts';
import { hub } from '../live/hub.ts';
import { configDeeds, laddered } from '../model/config.ts';
import { count, duration, isoDuration, percent, plural } from '../model/format.ts';
import { layerWords } from '../model/layers.ts';
import { lookWords } from '../model/rollout-deeds.ts';
import { countsOf, currentGroup, seenPause } from '../model/rollout-math.ts';
import { databagLink, fleetLink, registryLink } from '../routes.ts';
import { Base, Resource, Work } from '../ui/element.ts';
import { icon, type IconName } from '../ui/icons.ts';
import { actorName, onNames } from '../ui/names.ts';
import { bones, dialog, note, problemNote } from '../ui/pieces.ts';
import { CONFIG_ROLLOUT, state } from '../ui/states.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import '../ui/time.ts';
import { mayWrite, splitId, valueTree } from './config-parts.ts';
import './rollout-devices.ts';
import { ladder } from './rollout-ladder.ts';

const DEEDS: Record<ConfigDeed, { label: string; icon: IconName; look: string; asks?: string; done: string }> = {
  start: { label: 'Start', icon: 'play', look: 'primary', done: 'Rollout started', asks: 'The first group is to have the values now.' },
  pause: { label: 'Pause', icon: 'pause', look: '', done: 'Rollout paused' },
  resume: { label: 'Resume', icon: 'play', look: 'primary', done: 'Rollout goes on', asks: 'It goes on with what is left.' },
  abort: { label: 'Abort', icon: 'stop', look: 'danger', done: 'Rollout aborted', asks: 'It ends for good, and its values are taken from all of its devices: they are to have again what they had without it.' },
};

/** One rollout of values as a ladder of groups, live. */
class ConfigRolloutPage extends Base {
  static override properties = { path: {}, asking: { state: true } };
  declare path: string;
  declare asking: ConfigDeed | undefined;
  #rollout = new Resource<ConfigRollout>(this, (signal) => config.rollout(this.#id, this.#rolloutId, signal));
  #values = new Resource<Values>(this, (signal) => config.values(this.#id, `staged/${this.#rolloutId}`, false, signal));
  #work = new Work(this);
  #refresh = new Throttle(() => this.#rollout.load(), 350);

  get #id() {
    return splitId(this.path).id;
  }

  get #rolloutId(): string {
    return splitId(this.path).rest;
  }

  protected override entered(): void {
    void Promise.all([this.#rollout.load(), this.#values.load()]);
    this.until(onNames(() => this.requestUpdate()));
    const subject = `config-rollouts/${this.#rolloutId}`;
    this.until(hub.onEvents((batch) => { if (batch.some((event) => event.subject === subject)) this.#refresh.ask(); }));
    this.until(hub.onGap(() => this.#refresh.ask()));
    this.until(() => this.#refresh.stop());
  }

  protected override render() {
    const rollout = this.#rollout.value;
    const id = this.#id;
    const whole = rollout && (this.#values.value || this.#values.problem);
    return html`<div class="page">
      <div class="page-head"><div><div class="crumb"><a href="/config">Registries</a> / <a href=${registryLink(id)}>${id.account}/${id.name}</a> / <a href=${registryLink(id, 'rollouts')}>Rollouts</a></div><h1>${rollout?.plan.name ?? 'Rollout'}</h1></div>
        ${rollout ? state(CONFIG_ROLLOUT, rollout.state, true) : nothing}
        <div class="actions">${rollout && mayWrite() ? configDeeds(rollout).map((deed) => html`<button class="button ${DEEDS[deed].look}" ?disabled=${this.#work.busy}
          @click=${() => { if (DEEDS[deed].asks) this.asking = deed; else void this.#do(rollout, deed); }}>${icon(DEEDS[deed].icon)}${DEEDS[deed].label}</button>`) : nothing}</div></div>
      ${problemNote(this.#rollout.problem, () => void this.#rollout.load())}
      ${this.asking ? nothing : problemNote(this.#work.problem)}
      ${whole ? this.#body(rollout) : this.#rollout.problem ? nothing : html`<div class="card"><div class="card-body">${bones(8)}</div></div>`}
      ${rollout && this.asking ? this.#ask(rollout, this.asking) : nothing}
    </div>`;
  }

  #body(rollout: ConfigRollout): TemplateResult {
    const groups = laddered(rollout.groups);
    const counts = countsOf(groups);
    const tile = (label: string, value: number, tone = '', share = true): TemplateResult => html`<div class="tile"><span class="name">${label}</span><span class="figure ${value > 0 ? tone : ''}">${count(value)}</span>
      ${share ? html`<span class="muted small">${percent(value, counts.size)}</span>` : nothing}</div>`;
    return html`
      ${rollout.state === 'paused' && rollout.pauseCause === 'error-threshold' ? note('warn', html`<b>It paused by itself.</b> More devices of ${groups[currentGroup(groups)]?.name ?? 'a group'} failed than its threshold allows. Their last words are below; then resume or abort.`) : nothing}
      ${rollout.state === 'paused' && rollout.pauseCause === 'group-succeeded' ? note('warn', html`<b>${lookWords(groups).lead}</b> ${lookWords(groups).text}`) : nothing}
      ${rollout.state === 'creating' ? note('info', 'Its members are being planned; this takes a moment.') : nothing}
      ${rollout.state === 'finishing' ? rollout.why ? note('warn', html`<b>${layerWords(rollout.plan.target)} does not take the values.</b> ${rollout.why} Resume to try again, or abort.`) : note('info', `Every device has ended; ${layerWords(rollout.plan.target)} is about to have the values.`) : nothing}
      ${rollout.state === 'stopped' && rollout.why ? note('warn', rollout.why) : nothing}
      <div class="tiles">${tile('Members', counts.size, '', false)}${tile('Succeeded', counts.succeeded, 'ok-text')}${tile('Failed', counts.failed, 'bad-text')}${tile('Under way', counts.open, 'info-text')}${tile('Cancelled', counts.canceled)}${tile('Waiting', counts.waiting)}</div>
      <div class="columns">
        <div class="stack"><section class="card"><div class="card-head"><h2>Groups</h2></div>${ladder(groups, rollout.state === 'finished')}</section>${this.#staged(rollout)}</div>
        ${this.#plan(rollout)}
      </div>
      <m-rollout-devices .rolloutId=${rollout.id} .groups=${groups.map((each) => each.name)} .version=${rollout.version} .read=${this.#devices}></m-rollout-devices>`;
  }

  #devices = (rollout: string, query: Parameters<typeof config.rolloutDevices>[2], signal: AbortSignal): ReturnType<typeof config.rolloutDevices> => config.rolloutDevices(this.#id, rollout, query, signal);

  #staged(rollout: ConfigRollout): TemplateResult {
    const values = this.#values.value;
    const none = values?.values.kind === 'object' && values.values.members.size === 0 && values.secrets.length === 0;
    return html`<section class="card"><div class="card-head"><h2>Values</h2><div class="actions"><a class="button small" href=${databagLink(this.#id, `staged/${rollout.id}`)}>Its layer</a></div></div><div class="card-body">
      ${problemNote(this.#values.problem, () => void this.#values.load())}
      ${values === undefined ? nothing : none ? html`<p class="muted">${rollout.endedAt ? 'They were taken out of its layer when it was over.' : 'None.'}</p>` : valueTree(values.values, values.secrets, values.lost)}</div></section>`;
  }

  #plan(rollout: ConfigRollout): TemplateResult {
    const { plan } = rollout;
    const timeout = plan.timeout ? isoDuration(plan.timeout) : undefined;
    return html`<section class="card"><div class="card-head"><h2>Plan</h2></div><div class="card-body"><dl class="facts">
      <dt>View</dt><dd>${plan.view}</dd>
      <dt>Paths</dt><dd>${plan.requests.map((each, i) => html`${i > 0 ? ', ' : ''}<code>${each}</code>`)}</dd>
      <dt>In the end</dt><dd><a href=${databagLink(this.#id, plan.target)}>${layerWords(plan.target)}</a></dd>
      <dt>Devices</dt><dd>${plan.filter && plan.filter !== 'id==*' ? html`<a href=${fleetLink(plan.filter)}><code>${plan.filter}</code></a>` : 'the whole fleet'}</dd>
      <dt>Time-out</dt><dd>${timeout !== undefined ? `after ${duration(timeout)} of silence` : (plan.timeout ?? 'never')}</dd>
      <dt>Created</dt><dd><m-time .at=${rollout.createdAt}></m-time>${rollout.createdBy ? html` <span class="muted">by ${actorName(rollout.createdBy)}</span>` : nothing}</dd>
      ${plan.startAt && !rollout.startedAt ? html`<dt>Starts</dt><dd><m-time full .at=${plan.startAt}></m-time></dd>` : nothing}
      ${rollout.startedAt ? html`<dt>Started</dt><dd><m-time .at=${rollout.startedAt}></m-time></dd>` : nothing}
      ${rollout.endedAt ? html`<dt>Ended</dt><dd><m-time .at=${rollout.endedAt}></m-time>${rollout.startedAt ? html` <span class="muted">after ${duration(Date.parse(rollout.endedAt) - Date.parse(rollout.startedAt))}</span>` : nothing}</dd>` : nothing}
    </dl></div></section>`;
  }

  #ask(rollout: ConfigRollout, deed: ConfigDeed): TemplateResult {
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
  #call(rollout: ConfigRollout, deed: ConfigDeed): Call {
    return config.deed(this.#id, rollout.id, deed, deed === 'resume' ? seenPause({ ...rollout, groups: laddered(rollout.groups) }) : undefined);
  }

  async #do(rollout: ConfigRollout, deed: ConfigDeed): Promise<void> {
    await this.#work.run(async () => {
      await api.send(this.#call(rollout, deed));
      this.asking = undefined;
      toast(DEEDS[deed].done);
      await this.#rollout.load();
    });
  }
}
customElements.define('page-config-rollout', ConfigRolloutPage);
