import { html, nothing, type TemplateResult } from 'lit';
import { devices } from '../api/devices.ts';
import { apps, type Agent, type Installation } from '../api/apps.ts';
import { config, type DeviceRegistry } from '../api/config.ts';
import { api } from '../api/http.ts';
import { observe, type Observed } from '../api/observe.ts';
import type { Action, Device, TimelineItem } from '../api/types.ts';
import { Throttle, VIEW_FOLLOWS } from '../live/frames.ts';
import { hub } from '../live/hub.ts';
import { eventWords } from '../model/event-words.ts';
import { folded } from '../model/timeline.ts';
import { fleetLink, releaseLink } from '../routes.ts';
import { equals } from '../model/rsql.ts';
import { Base, Resource, Work } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { go } from '../ui/navigation.ts';
import { actorName, onNames } from '../ui/names.ts';
import { bones, dialog, note, problemNote, secretOnce, tagList } from '../ui/pieces.ts';
import { session } from '../ui/session.ts';
import { PRESENCE, state, UPDATE } from '../ui/states.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import '../ui/menu.ts';
import '../ui/time.ts';
import './device-actions.ts';
import './device-assign.ts';
import './device-config.ts';
import './device-edit.ts';
import './device-enrol.ts';
import './device-observe.ts';

const TIMELINE_STEP = 50;

/** All that is known of one device, as it is now. */
class DevicePage extends Base {
  static override properties = { deviceId: {}, open: { state: true }, token: { state: true }, timelineSize: { state: true } };
  declare deviceId: string;
  declare open: 'edit' | 'assign' | 'token' | 'withdraw' | 'remove' | 'enrol' | 'key' | 'agent' | 'why' | 'hold' | undefined;
  declare token: string | undefined;
  declare timelineSize: number;
  #device = new Resource<{ device: Device; etag: string }>(this, (signal) => devices.one(this.deviceId, signal));
  #actions = new Resource<Action[]>(this, (signal) => devices.actions(this.deviceId, signal));
  #timeline = new Resource<TimelineItem[]>(this, (signal) => devices.timeline(this.deviceId, this.timelineSize, signal));
  /** Null when it is not enrolled; never read for those who may not see it. */
  #observed = new Resource<Observed | null>(this, (signal) => observe.ofDevice(this.deviceId, signal));
  /** Never read for those who may not see it. */
  #config = new Resource<DeviceRegistry[]>(this, (signal) => config.ofDevice(this.deviceId, signal));
  /** No agent is null; never read for those who may not see it. Its cards come as a chunk of their own. */
  #apps = new Resource<{ agent: Agent | null; installations: Installation[] }>(this, async (signal) => {
    const [agent, installations] = await Promise.all([apps.agent(this.deviceId, signal), apps.onDevice(this.deviceId, signal), import('./device-agent.ts'), import('./device-apps.ts')]);
    return { agent, installations };
  });
  #work = new Work(this);
  #refresh = new Throttle(() => this.#load(), 300, VIEW_FOLLOWS);
  #refreshApps = new Throttle(() => this.#apps.load(), 500, VIEW_FOLLOWS);
  #refreshConfig = new Throttle(() => this.#config.load(), 1000);

  constructor() {
    super();
    this.timelineSize = TIMELINE_STEP;
  }

  protected override entered(): void {
    void this.#load();
    this.until(onNames(() => this.requestUpdate()));
    const subject = `devices/${this.deviceId}`;
    this.until(hub.onEvents((batch) => {
      if (batch.some((event) => event.subject === subject || event.subject.startsWith(`${subject}/`) || event.type.includes('.observe.document-removed'))) this.#refresh.ask();
    }));
    this.until(hub.onGap(() => this.#refresh.ask()));
    this.until(() => this.#refresh.stop());
    if (session.may('apps-read')) this.#watchApps(subject);
    if (session.may('config-read')) {
      void this.#config.load();
      // What the fleet or a group has is the device's as well.
      this.until(hub.onEvents((batch) => { if (batch.some((event) => event.type.startsWith('muster.config.') ? !event.subject.startsWith('devices/') || event.subject === subject : event.subject === subject && event.type.includes('.device-grouped'))) this.#refreshConfig.ask(); }));
      this.until(hub.onGap(() => this.#refreshConfig.ask()));
      this.until(() => this.#refreshConfig.stop());
    }
  }

  /** What a group or a project says about apps is the device's as well. */
  #watchApps(subject: string): void {
    void this.#apps.load();
    this.until(hub.onEvents((batch) => { if (batch.some((event) => (event.type.startsWith('muster.apps.') ? event.subject === subject || !event.subject.startsWith('devices/') : event.subject === subject && event.type.includes('.device-grouped')))) this.#refreshApps.ask(); }));
    this.until(hub.onGap(() => this.#refreshApps.ask()));
    this.until(() => this.#refreshApps.stop());
  }

  #load = async (): Promise<void> => {
    await Promise.all([this.#device.load(), this.#actions.load(), this.#timeline.load(), ...(session.may('observe-read') ? [this.#observed.load()] : [])]);
  };

  protected override render() {
    const loaded = this.#device.value;
    // All parts come together: one that came later would push the others down.
    const whole = loaded !== undefined && !this.#first(this.#actions) && !this.#first(this.#timeline) && !(session.may('observe-read') && this.#first(this.#observed)) && !(session.may('config-read') && this.#first(this.#config)) && !(session.may('apps-read') && this.#first(this.#apps));
    return html`<div class="page">
      <div class="page-head"><div><div class="crumb"><a href="/fleet">Fleet</a></div><h1>${this.deviceId}</h1></div>
        ${loaded ? html`<span class="row wrap">${state(PRESENCE, loaded.device.presence, true)}${state(UPDATE, loaded.device.updateStatus, true)}${loaded.device.heldBack ? html`<span class="state pill warn">${icon('pause', 14)}Held back</span>` : nothing}</span>` : nothing}
        <div class="actions">${loaded ? this.#buttons() : nothing}</div></div>
      ${problemNote(this.#device.problem, () => void this.#load())}
      ${problemNote(this.#work.problem)}
      ${whole ? this.#body(loaded.device) : this.#device.problem ? nothing : html`<div class="columns"><div class="card"><div class="card-body">${bones(8)}</div></div><div class="card"><div class="card-body">${bones(8)}</div></div></div>`}
      ${loaded ? this.#dialogs(loaded) : nothing}
    </div>`;
  }

  /** Whether this is still read for the first time. */
  #first(resource: Resource<unknown>): boolean {
    return resource.value === undefined && resource.problem === undefined;
  }

  #buttons(): TemplateResult {
    return html`
      ${session.may('rollouts-read') ? html`<button class="button" title="Why it is, or is not, updated" @click=${() => this.#ask('why')}>${icon('info')}Why?</button>` : nothing}
      ${session.may('devices-write') ? html`<button class="button" @click=${() => { this.open = 'edit'; }}>${icon('edit')}Edit</button>` : nothing}
      ${session.may('rollouts-operate') ? html`<button class="button primary" @click=${() => { this.open = 'assign'; }}>${icon('software')}Assign release</button>` : nothing}
      ${session.may('devices-write') || session.may('rollouts-operate') || session.may('config-admin') || this.#enrollable || this.#agentless ? html`<m-menu look="button icon" .label=${'More'} .button=${icon('more')} .items=${() => html`
        ${session.may('rollouts-operate') ? this.#device.value?.device.heldBack ? html`<button @click=${() => this.#do(devices.letGo(this.deviceId), 'It takes part again')}>${icon('play')}Let go</button>` : html`<button @click=${() => this.#ask('hold')}>${icon('pause')}Hold back</button>` : nothing}
        ${this.#enrollable ? html`<button @click=${() => { this.open = 'enrol'; }}>${icon('gauge')}Enrol for observation</button>` : nothing}
        ${this.#agentless ? html`<button @click=${() => { this.open = 'agent'; }}>${icon('apps')}Enrol its agent</button>` : nothing}
        ${session.may('config-admin') ? html`<button @click=${() => { this.#work.clear(); this.open = 'key'; }}>${icon('lock')}Destroy the key of its secrets</button>` : nothing}
        ${session.may('devices-write') ? html`<button @click=${() => { this.open = 'token'; this.token = undefined; }}>${icon('key')}Issue a token</button>
        ${this.#device.value?.device.hasToken ? html`<button @click=${() => { this.#work.clear(); this.open = 'withdraw'; }}>${icon('cross')}Take its token away</button>` : nothing}
        <button @click=${() => this.#do(devices.requestAttributes(this.deviceId), 'Asked; the device answers at its next contact')}>${icon('refresh')}Ask for its attributes</button>
        <hr><button class="bad-text" @click=${() => { this.open = 'remove'; }}>${icon('trash')}Decommission</button>` : nothing}`}></m-menu>` : nothing}`;
  }

  get #enrollable(): boolean {
    return this.#observed.value === null && session.may('observe-write');
  }

  /** Whether an agent could be enrolled. */
  get #agentless(): boolean {
    return this.#apps.value?.agent === null && session.may('apps-write');
  }

  /** These dialogs come as a chunk of their own. */
  #ask(open: 'why' | 'hold'): void {
    void this.#work.run(async () => {
      await import('./device-why.ts');
      this.open = open;
    });
  }

  #body(device: Device): TemplateResult {
    const here = this.#apps.value;
    return html`${device.heldBack ? note('warn', html`<b>It is held back.</b> ${device.heldBack} <span class="muted">Rollouts and standing assignments leave it alone.</span>`) : nothing}<div class="columns">
      <div class="stack">
        ${this.#software(device)}
        <m-actions .deviceId=${device.id} .actions=${this.#actions.value} .problem=${this.#actions.problem} .onChanged=${() => this.#refresh.ask()}></m-actions>
        ${problemNote(this.#apps.problem, () => void this.#apps.load())}
        ${here?.agent || (here && here.installations.length > 0) ? html`<m-device-apps .deviceId=${device.id} .installations=${here.installations}></m-device-apps>` : nothing}
        ${problemNote(this.#config.problem, () => void this.#config.load())}
        ${this.#config.value && this.#config.value.length > 0 ? html`<m-device-config .deviceId=${device.id} .registries=${this.#config.value}></m-device-config>` : nothing}
        ${this.#history()}
      </div>
      <div class="stack">
        ${this.#identity(device)}
        ${here?.agent ? html`<m-device-agent .agent=${here.agent} .deviceName=${device.name} .onChanged=${() => this.#refreshApps.ask()}></m-device-agent>` : nothing}
        ${problemNote(this.#observed.problem, () => void this.#observed.load())}
        ${this.#observed.value ? html`<m-device-observe .device=${device} .observed=${this.#observed.value} .onChanged=${() => void this.#load()}></m-device-observe>` : nothing}
        ${this.#map('Attributes', 'As the device reported them', device.attributes, device.attributesRequested ? 'Asked for; the device answers at its next contact.' : 'It has not reported any yet.')}
        ${this.#map('Metadata', 'As people set it', device.metadata, 'None yet.', session.may('devices-write'))}
      </div></div>`;
  }

  #software(device: Device): TemplateResult {
    const line = (label: string, ref: Device['assigned'], missing: string) => html`<div class="tile"><span class="name">${label}</span>
      ${ref ? html`<a class="quiet figure-link break" href=${releaseLink(ref.id)}><span class="muted">${ref.name}</span> <b>${ref.version}</b></a>` : html`<span class="muted">${missing}</span>`}</div>`;
    const reported = device.attributes['version'] ?? device.attributes['sw_version'] ?? device.attributes['firmware'];
    return html`<div class="tiles three">
      ${line('Assigned', device.assigned, 'nothing')}
      ${line('Confirmed', device.installed, 'nothing yet')}
      <div class="tile"><span class="name">Reported</span>${reported ? html`<b class="break">${reported}</b>` : html`<span class="muted">nothing</span>`}</div></div>`;
  }

  #identity(device: Device): TemplateResult {
    const missing = html`<span class="muted">–</span>`;
    return html`<section class="card"><div class="card-head"><h2>Identity</h2></div><div class="card-body"><dl class="facts">
      <dt>Name</dt><dd>${device.name === device.id ? missing : device.name}</dd>
      <dt>Group</dt><dd>${device.group ? html`<a href=${fleetLink(equals('group', device.group))}>${device.group}</a>` : missing}</dd>
      <dt>Tags</dt><dd>${device.tags.length > 0 ? tagList(device.tags) : missing}</dd>
      <dt>Hardware</dt><dd>${device.hardware.model} <span class="muted">rev</span> ${device.hardware.revision}</dd>
      <dt>Address</dt><dd>${device.address ? html`<code>${device.address}</code>` : missing}</dd>
      <dt>Last seen</dt><dd><m-time .at=${device.lastSeen}></m-time></dd>
      <dt>Registered</dt><dd><m-time .at=${device.createdAt}></m-time> by ${device.origin.replaceAll('-', ' ')}</dd>
      <dt>Token</dt><dd>${device.hasToken ? 'has its own' : 'none'}</dd>
      ${device.autoConfirm ? html`<dt>Consent</dt><dd>agrees to updates by itself</dd>` : nothing}
    </dl></div></section>`;
  }

  #map(title: string, about: string, map: Record<string, string>, missing: string, editable = false): TemplateResult {
    const entries = Object.entries(map).sort(([a], [b]) => a.localeCompare(b));
    return html`<section class="card"><div class="card-head"><h2 title=${about}>${title}</h2>
      ${editable ? html`<div class="actions"><button class="button small plain" @click=${() => { this.open = 'edit'; }}>${icon('edit', 14)}Edit</button></div>` : nothing}</div>
      <div class="card-body">${entries.length === 0 ? html`<p class="muted">${missing}</p>` : html`<dl class="facts">${entries.map(([key, value]) => html`<dt class="break">${key}</dt><dd>${value}</dd>`)}</dl>`}</div></section>`;
  }

  #history(): TemplateResult {
    const items = this.#timeline.value;
    return html`<section class="card"><div class="card-head"><h2>Timeline</h2></div><div class="card-body">
      ${problemNote(this.#timeline.problem)}
      ${items === undefined ? bones(5) : items.length === 0 ? html`<p class="muted">Nothing yet.</p>` : html`<ol class="timeline">${folded(items).map((item) => {
        const words = eventWords(item.type, item.data ?? {});
        return html`<li><span class="state ${words.tone}">${icon(words.icon, 15)}</span>
          <span class="break">${words.title}${words.detail ? html` <span class="muted">${words.detail}</span>` : nothing}${item.reports > 1 ? html` <span class="tag">${item.reports} reports</span>` : nothing}
            ${item.actor && !item.actor.endsWith(`:${this.deviceId}`) ? html`<span class="muted small"> by ${actorName(item.actor)}</span>` : nothing}</span>
          <span class="muted small"><m-time .at=${item.at}></m-time></span></li>`;
      })}</ol>
      ${items.length >= this.timelineSize ? html`<button class="button small" @click=${() => { this.timelineSize += TIMELINE_STEP * 2; void this.#timeline.load(); }}>Show earlier</button>` : nothing}`}
    </div></section>`;
  }

  #dialogs({ device, etag }: { device: Device; etag: string }): TemplateResult | typeof nothing {
    const close = (): void => { this.open = undefined; };
    if (this.open === 'edit') return html`<m-device-edit .device=${device} .etag=${etag} .onClose=${close} .onSaved=${() => void this.#load()}></m-device-edit>`;
    if (this.open === 'assign') return html`<m-device-assign .device=${device} .onClose=${close} .onDone=${() => void this.#load()}></m-device-assign>`;
    if (this.open === 'why') return html`<m-device-why .deviceId=${device.id} .onClose=${close}></m-device-why>`;
    if (this.open === 'hold') return html`<m-device-hold .deviceId=${device.id} .onClose=${close} .onDone=${() => void this.#load()}></m-device-hold>`;
    if (this.open === 'enrol') return html`<m-device-enrol .device=${device} .onClose=${close} .onDone=${() => void this.#load()}></m-device-enrol>`;
    if (this.open === 'agent') return html`<m-agent-enrol .deviceId=${device.id} .deviceName=${device.name} .onClose=${close} .onDone=${() => this.#refreshApps.ask()}></m-agent-enrol>`;
    if (this.open === 'token') {
      return dialog({
        heading: 'Issue a token', close,
        body: this.token ? secretOnce(this.token, 'Token') : html`<p>The device signs in with it. ${device.hasToken ? html`<b>The token it has now stops working at once.</b>` : ''}</p>${problemNote(this.#work.problem)}`,
        foot: this.token ? html`<button class="button primary" @click=${close}>Done</button>` : html`<m-curl class="start" .call=${devices.issueToken(device.id)}></m-curl>
          <button class="button" @click=${close}>Cancel</button><button class="button primary" ?disabled=${this.#work.busy} @click=${() => this.#work.run(async () => {
            this.token = (await api.send<{ token: string }>(devices.issueToken(device.id))).data.token;
          })}>Issue token</button>`,
      });
    }
    if (this.open === 'withdraw') {
      const call = devices.withdrawToken(device.id);
      return dialog({
        heading: `Take the token of ${device.id} away?`, close,
        body: html`${note('warn', 'It stops working at once. What the device may do without one is said by the settings; mostly nothing, until it is given another.')}${problemNote(this.#work.problem)}`,
        foot: html`<m-curl class="start" .call=${call}></m-curl><button class="button" autofocus @click=${close}>Cancel</button>
          <button class="button solid-danger" ?disabled=${this.#work.busy} @click=${() => this.#work.run(async () => {
            await api.send(call);
            toast('The token is taken away');
            close();
            this.#refresh.ask();
          })}>Take it away</button>`,
      });
    }
    if (this.open === 'key') {
      const call = config.destroyKey(device.id);
      return dialog({
        heading: `Destroy the key of ${device.id}’s secrets?`, close,
        body: html`${note('warn', html`<b>There is no way back.</b> Every secret that was ever written for this device, in any registry, can be read by nobody any more, here and in all of history. Its other values stay.`)}
          <p>Backups that were made before still hold the key; they, too, have to go for the secrets to be gone. <a href="/docs/configuration-layers" target="_blank" rel="noopener">More about that</a></p>${problemNote(this.#work.problem)}`,
        foot: html`<m-curl class="start" .call=${call}></m-curl><button class="button" autofocus @click=${close}>Cancel</button>
          <button class="button solid-danger" ?disabled=${this.#work.busy} @click=${() => this.#work.run(async () => {
            await api.send(call);
            toast('The key is destroyed');
            close();
            this.#refreshConfig.ask();
            this.#refresh.ask();
          })}>Destroy the key</button>`,
      });
    }
    if (this.open === 'remove') {
      const call = devices.remove(device.id, etag);
      return dialog({
        heading: `Decommission ${device.id}?`, close,
        body: html`${note('warn', `It leaves the fleet, and ${device.action ? 'its running update is ended' : 'no update reaches it any more'}. Its history is kept, and the id may be registered again.`)}${problemNote(this.#work.problem)}`,
        foot: html`<m-curl class="start" .call=${call}></m-curl><button class="button" autofocus @click=${close}>Cancel</button>
          <button class="button solid-danger" ?disabled=${this.#work.busy} @click=${() => this.#work.run(async () => {
            await api.send(call);
            toast(`${device.id} decommissioned`);
            go('/fleet');
          })}>Decommission</button>`,
      });
    }
    return nothing;
  }

  #do(call: Parameters<typeof api.send>[0], said: string): void {
    void this.#work.run(async () => {
      await api.send(call);
      toast(said);
      this.#refresh.ask();
    });
  }
}
customElements.define('page-device', DevicePage);
