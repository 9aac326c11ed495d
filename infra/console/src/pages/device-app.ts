import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { apps, type Agent, type Installation, type Stage } from '../api/apps.ts';
import type { Call } from '../api/call.ts';
import { api } from '../api/http.ts';
import { Throttle, VIEW_FOLLOWS } from '../live/frames.ts';
import { hub } from '../live/hub.ts';
import { canCallOff, canGoOn } from '../model/apps.ts';
import { appLink, deviceLink, terminalLink } from '../routes.ts';
import { Base, Resource, Work } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { bones, dialog, note, problemNote } from '../ui/pieces.ts';
import { session } from '../ui/session.ts';
import { AGENT, APP_STATE, CONDITION, state, TARGET } from '../ui/states.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import '../ui/menu.ts';
import '../ui/time.ts';
import './app-log.ts';
import { isOfApps, mayWriteApps, portList, sourceLink, wantedVersion } from './app-parts.ts';
import './app-wish.ts';

const UPDATES: Record<string, string> = { none: '', 'pending-remote-confirmation': 'taken, and not run yet', completed: 'done', canceled: 'called off' };

/** One app on one device: what is wanted, what is, its log, and the form for the device's own wish. */
class DeviceAppPage extends Base {
  static override properties = { deviceId: {}, app: {}, stage: { state: true }, asking: { state: true } };
  declare deviceId: string;
  declare app: string;
  /** Which of its two lives is looked at. */
  declare stage: Stage;
  declare asking: 'cancel' | 'credential' | undefined;
  #here = new Resource<{ agent: Agent | null; installations: Installation[] }>(this, async (signal) => {
    const [agent, all] = await Promise.all([apps.agent(this.deviceId, signal), apps.onDevice(this.deviceId, signal)]);
    return { agent, installations: all.filter((each) => each.app === this.app) };
  });
  #work = new Work(this);
  #refresh = new Throttle(() => this.#here.load(), 500, VIEW_FOLLOWS);

  constructor() {
    super();
    this.stage = 'prod';
  }

  protected override entered(): void {
    void this.#here.load();
    const subject = `devices/${this.deviceId}`;
    // What a group or the project says is the device's as well.
    this.until(hub.onEvents((batch) => { if (batch.some((event) => isOfApps(event) && (event.subject === subject || !event.subject.startsWith('devices/')))) this.#refresh.ask(); }));
    this.until(hub.onGap(() => this.#refresh.ask()));
    this.until(() => this.#refresh.stop());
  }

  protected override render() {
    const here = this.#here.value;
    const lives = here?.installations ?? [];
    const one = lives.find((each) => each.stage === this.stage) ?? lives[0];
    return html`<div class="page">
      <div class="page-head"><div><div class="crumb"><a href="/fleet">Fleet</a> / <a href=${deviceLink(this.deviceId)}>${this.deviceId}</a></div><h1>${this.app}</h1></div>
        <span class="row wrap">${one ? state(CONDITION, one.condition, true) : nothing}${here?.agent ? state(AGENT, here.agent.status, true) : nothing}</span>
        <div class="actions">${one ? this.#buttons(one) : nothing}<a class="button" href=${appLink(this.app)}>In the catalogue</a></div></div>
      ${problemNote(this.#here.problem, () => void this.#here.load())}
      ${this.asking ? nothing : problemNote(this.#work.problem)}
      ${here ? this.#body(here.agent, lives, one) : this.#here.problem ? nothing : html`<div class="columns"><div class="card"><div class="card-body">${bones(8)}</div></div><div class="card"><div class="card-body">${bones(6)}</div></div></div>`}
      ${one && this.asking ? this.#ask(one, this.asking) : nothing}
    </div>`;
  }

  #buttons(one: Installation): TemplateResult {
    return html`${session.may('apps-shell') ? html`<a class="button" href="${terminalLink(this.deviceId, this.app)}${one.stage === 'dev' ? '?stage=dev' : ''}">${icon('terminal')}Terminal</a>` : nothing}
      ${mayWriteApps() && one.stage === 'prod' && canGoOn(one) ? html`<button class="button primary" ?disabled=${this.#work.busy} @click=${() => void this.#do(apps.update(this.deviceId, this.app), 'It goes on')}>${icon('play')}Let it go on</button>` : nothing}
      ${mayWriteApps() && canCallOff(one) ? html`<button class="button" @click=${() => { this.#work.clear(); this.asking = 'cancel'; }}>${icon('pause')}Call it off</button>` : nothing}
      ${mayWriteApps() && one.stage === 'prod' ? html`<m-menu look="button icon" .label=${'More'} .button=${icon('more')} .items=${() => html`<button @click=${() => { this.#work.clear(); this.asking = 'credential'; }}>${icon('key')}Give it another credential</button>`}></m-menu>` : nothing}`;
  }

  #body(agent: Agent | null, lives: Installation[], one: Installation | undefined): TemplateResult {
    return html`
      ${agent === null ? note('info', html`<b>The device has no agent.</b> What is wanted here waits until <a href=${deviceLink(this.deviceId)}>it is enrolled</a>.`) : nothing}
      ${one?.condition === 'crash-loop' ? note('bad', html`<b>It crashes again and again.</b> The device tries it anew, each time after a longer pause. Its log says more; a new wish, or “Let it go on”, begins afresh.`) : nothing}
      ${one?.reported?.calledOff ? note('info', 'It was called off here, and nothing new comes until somebody lets it go on.') : nothing}
      ${one?.condition === 'no-release' ? note('warn', `There is no release that could come${agent?.architecture ? ` to ${agent.architecture}` : ''}: none is offered, or all were taken back.`) : nothing}
      ${lives.length > 1 ? html`<fieldset class="segments"><legend class="sr">Which of its lives</legend>${lives.map((each) => html`<label><input type="radio" name="stage" .checked=${each === one} @change=${() => { this.stage = each.stage; }}>${each.stage === 'prod' ? 'The release' : 'Built there'}</label>`)}</fieldset>` : nothing}
      <div class="columns"><div class="stack">
        ${one ? this.#facts(one) : nothing}
        ${agent !== null && one ? html`${keyed(one.stage, html`<m-app-log .deviceId=${this.deviceId} .app=${this.app} .stage=${one.stage}></m-app-log>`)}` : nothing}
      </div>
      ${mayWriteApps() ? html`<section class="card"><div class="card-head"><h2>What the device itself says</h2></div><div class="card-body"><m-app-wish .place=${`device/${this.deviceId}`} .app=${this.app} .onDone=${() => this.#refresh.ask()}></m-app-wish></div></section>` : nothing}</div>`;
  }

  #facts(one: Installation): TemplateResult {
    const { wanted, reported } = one;
    return html`<section class="card"><div class="card-head"><h2>Wanted and reported</h2></div><div class="card-body columns even">
      <dl class="facts"><dt>Wanted</dt><dd>${wanted ? state(TARGET, wanted.target) : html`<span class="muted">by nobody</span>`}</dd>
        ${wanted ? html`<dt>Said by</dt><dd>${sourceLink(wanted.targetFrom)}</dd><dt>Release</dt><dd>${wantedVersion(wanted)}${wanted.versionFrom === wanted.targetFrom || !wanted.versionFrom ? nothing : html` <span class="muted small">said by ${sourceLink(wanted.versionFrom)}</span>`}</dd>
        <dt>Parameters</dt><dd>${wanted.environment.length === 0 ? html`<span class="muted">the app’s own</span>` : wanted.environment.map((name) => html`<code>${name}</code> `)}</dd>` : nothing}</dl>
      <dl class="facts"><dt>Is</dt><dd>${reported?.state ? state(APP_STATE, reported.state) : html`<span class="muted">not heard of</span>`}</dd>
        ${reported?.state ? html`<dt>Since</dt><dd><m-time .at=${reported.since}></m-time></dd><dt>Release</dt><dd>${reported.version ? html`<code>${reported.version}</code>` : html`<span class="muted">none that is known</span>`}</dd>
        ${UPDATES[reported.update] ? html`<dt>Update</dt><dd>${UPDATES[reported.update]}</dd>` : nothing}
        ${reported.failures > 0 ? html`<dt>Failed</dt><dd class="bad-text">${reported.failures === 1 ? 'once' : `${reported.failures} times in a row`}</dd>` : nothing}
        ${reported.ports.length > 0 ? html`<dt>Ports</dt><dd>${portList(reported.ports)}</dd>` : nothing}` : nothing}
        <dt>Container</dt><dd><code class="break">${one.container}</code></dd></dl></div></section>`;
  }

  #ask(one: Installation, asking: 'cancel' | 'credential'): TemplateResult {
    const close = (): void => { this.asking = undefined; this.#work.clear(); };
    const call = asking === 'cancel' ? apps.callOff(this.deviceId, this.app, one.stage) : apps.credential(this.deviceId, this.app);
    return dialog({
      heading: asking === 'cancel' ? `Call ${this.app} off on ${this.deviceId}?` : `Give ${this.app} another credential?`, close,
      body: html`<p>${asking === 'cancel' ? 'What is under way stops. The device stays with what it has, or with nothing, until somebody lets it go on or something else is wanted.' : 'It gets it when it starts next; the one it has is worth nothing then.'}</p>${problemNote(this.#work.problem)}`,
      foot: html`<m-curl class="start" .call=${call}></m-curl><button class="button" @click=${close}>Cancel</button><button class="button primary" autofocus ?disabled=${this.#work.busy} @click=${() => void this.#do(call, asking === 'cancel' ? 'Called off' : 'It has another credential')}>${asking === 'cancel' ? 'Call it off' : 'Another credential'}</button>`,
    });
  }

  async #do(call: Call, said: string): Promise<void> {
    await this.#work.run(async () => {
      await api.send(call);
      toast(said);
      this.asking = undefined;
      this.#refresh.ask();
    });
  }
}
customElements.define('page-device-app', DeviceAppPage);
