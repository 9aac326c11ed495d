import { html, nothing, type TemplateResult } from 'lit';
import { apps, type Agent, type AgentOrder, type Project, type Stats } from '../api/apps.ts';
import type { Call } from '../api/call.ts';
import { api } from '../api/http.ts';
import { AGENT_DEEDS, fileName } from '../model/apps.ts';
import { saveAs } from '../model/export.ts';
import { bytes } from '../model/format.ts';
import { projectLink, terminalLink } from '../routes.ts';
import { styled } from '../ui/directives.ts';
import { Base, Resource, Work } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { dialog, field, note, problemNote, valueOf } from '../ui/pieces.ts';
import { session } from '../ui/session.ts';
import { AGENT, state } from '../ui/states.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import '../ui/menu.ts';
import '../ui/time.ts';
import './agent-operations.ts';
import type { AgentWork } from './agent-operations.ts';

type Open = 'rotate' | 'move' | 'end' | { work: AgentWork };
const ORDERS = Object.keys(AGENT_DEEDS) as AgentOrder[];

/** The agent of a device: whether it is there, what it measures, its file and its project, and what it can be told. */
class DeviceAgent extends Base {
  static override properties = { agent: { attribute: false }, deviceName: {}, open: { state: true }, file: { state: true }, project: { state: true } };
  declare agent: Agent;
  declare deviceName: string;
  declare open: Open | undefined;
  /** The new file, as long as its dialog is open. */
  declare file: string | undefined;
  declare project: string;
  onChanged: () => void = () => {};
  #projects = new Resource<Project[]>(this, (signal) => apps.projects(signal));
  #work = new Work(this);

  #begin(open: Open): void {
    this.#work.clear();
    this.file = undefined;
    this.project = String(this.agent.project);
    if (open === 'move') void this.#projects.load();
    this.open = open;
  }

  protected override render(): TemplateResult {
    const { agent } = this;
    const { os, agentVersion } = agent.system;
    return html`<section class="card"><div class="card-head"><h2>Agent</h2>${state(AGENT, agent.status, true)}<div class="actions">
        ${session.may('apps-shell') ? html`<a class="button small" href=${terminalLink(agent.device)}>${icon('terminal', 14)}Terminal</a>` : nothing}${this.#menu()}</div></div>
      <div class="card-body stack">
        ${agent.status === 'emergency' ? note('bad', 'Its disk is nearly full: apps are stopped, and nothing new starts. Clean up images, or make room.') : nothing}
        ${agent.status === 'never-seen' ? note('info', 'It has not signed in yet. Start it with its file.') : nothing}
        <dl class="facts">
          <dt>Since</dt><dd><m-time .at=${agent.statusSince}></m-time></dd>
          <dt>Project</dt><dd><a href=${projectLink(agent.project)}>${agent.projectName || agent.project}</a></dd>
          ${agentVersion ? html`<dt>Version</dt><dd>${agentVersion}</dd>` : nothing}
          ${agent.architecture ? html`<dt>Architecture</dt><dd>${agent.architecture}</dd>` : nothing}
          ${os ? html`<dt>System</dt><dd>${os}</dd>` : nothing}
          <dt>Tunnels</dt><dd>${agent.tunnelCapable ? 'can be opened' : html`<span class="muted">cannot be opened</span>`}</dd>
          <dt>Serial</dt><dd><code class="break">${agent.serial}</code></dd>
          <dt>Enrolled</dt><dd><m-time .at=${agent.enrolledAt}></m-time></dd></dl>
        ${agent.reading ? this.#reading(agent.reading) : nothing}
      </div></section>${this.#dialogs()}`;
  }

  #reading({ at, stats }: { at: string; stats: Stats }): TemplateResult {
    const bar = (label: string, part: number, whole: number, words: string): TemplateResult => {
      const share = whole > 0 ? Math.min(100, (part / whole) * 100) : 0;
      return html`<div class="measure"><span>${label}</span><span class="bar" role="img" aria-label="${label}: ${words}"><i class=${share > 95 ? 'bad' : share > 85 ? 'warn' : 'info'} ${styled({ width: `${share}%` })}></i></span><span class="muted small">${words}</span></div>`;
    };
    return html`<div class="stack tight" role="group" aria-label="What it measured">
      ${bar('Processors', stats.cpuUsage, 100, `${stats.cpuUsage.toFixed(0)} % of ${stats.cpuCount}`)}
      ${bar('Memory', stats.memoryUsed, stats.memoryTotal, `${bytes(stats.memoryUsed)} of ${bytes(stats.memoryTotal)}`)}
      ${bar('Disk', stats.storageUsed, stats.storageTotal, `${bytes(stats.storageFree)} free of ${bytes(stats.storageTotal)}`)}
      ${stats.dockerAppsMounted ? bar('Disk of apps', stats.dockerAppsUsed, stats.dockerAppsTotal, `${bytes(stats.dockerAppsFree)} free of ${bytes(stats.dockerAppsTotal)}`) : nothing}
      <span class="muted small">measured <m-time .at=${at}></m-time></span></div>`;
  }

  #menu(): TemplateResult | typeof nothing {
    const work = (each: AgentWork, label: string): TemplateResult => html`<button ?disabled=${!this.agent.online} @click=${() => this.#begin({ work: each })}>${icon(each.kind === 'ask' ? 'eye' : each.kind === 'execute' ? 'terminal' : each.order === 'shutdown' || each.order === 'reboot' ? 'power' : 'refresh')}${label}</button>`;
    return html`<m-menu look="button small icon" .label=${'More about the agent'} .button=${icon('more', 14)} .items=${() => html`
      ${session.may('apps-operate') ? html`${ORDERS.map((order) => work({ kind: 'order', order }, AGENT_DEEDS[order].label))}` : nothing}
      ${session.may('apps-shell') ? work({ kind: 'execute' }, 'Run a command') : nothing}
      ${([['containers', 'Containers'], ['images', 'Images'], ['network', 'Network'], ['tunnels', 'Tunnels'], ['metadata', 'What it says of itself'], ['log', 'Its own log']] as const).map(([question, label]) => work({ kind: 'ask', question }, label))}
      ${session.may('apps-write') ? html`<hr><button @click=${() => this.#begin('move')}>${icon('group')}Move to another project</button>
        <button @click=${() => this.#begin('rotate')}>${icon('key')}New secret and file</button>
        <button class="bad-text" @click=${() => this.#begin('end')}>${icon('trash')}End its enrolment</button>` : nothing}`}></m-menu>`;
  }

  #dialogs(): TemplateResult | typeof nothing {
    const { agent } = this;
    const close = (): void => { this.open = undefined; this.file = undefined; };
    if (this.open === undefined) return nothing;
    if (typeof this.open === 'object') return html`<m-agent-operation .deviceId=${agent.device} .work=${this.open.work} .onClose=${close}></m-agent-operation>`;
    if (this.open === 'rotate') {
      const call = apps.rotate(agent.device);
      return dialog({
        heading: 'New secret and file', close,
        body: this.file ? agentFile(this.deviceName, this.file) : html`<p>The agent gets another secret, and you its new file. <b>The file it has now is worth nothing any more</b>: as soon as its connection breaks off, it cannot come back without the new one.</p>${problemNote(this.#work.problem)}`,
        foot: this.file ? html`<button class="button primary" @click=${close}>Done</button>` : html`<m-curl class="start" .call=${call}></m-curl><button class="button" autofocus @click=${close}>Cancel</button>
          <button class="button solid-danger" ?disabled=${this.#work.busy} @click=${() => void this.#work.run(async () => { this.file = await api.text(call); keepFile(this.deviceName, this.file); })}>Make a new one</button>`,
      });
    }
    if (this.open === 'move') {
      const call = apps.move(agent.device, Number(this.project));
      return dialog({
        heading: 'Move to another project', close,
        submit: () => void this.#do(call, 'Moved; it needs no new file', close),
        body: html`${field({ label: 'Project', id: 'm-project', note: 'It is told what that project says about apps, and runs what is wanted there.' }, html`<select class="input" id="m-project" autofocus @change=${(event: Event) => { this.project = valueOf(event); }}>${(this.#projects.value ?? []).map((each) => html`<option value=${each.key} ?selected=${String(each.key) === this.project}>${each.name}</option>`)}</select>`)}
          ${problemNote(this.#projects.problem ?? this.#work.problem)}`,
        foot: html`<m-curl class="start" .call=${call}></m-curl><button type="button" class="button" @click=${close}>Cancel</button><button class="button primary" ?disabled=${this.#work.busy || this.project === String(agent.project)}>Move</button>`,
      });
    }
    const call = apps.endAgent(agent.device);
    return dialog({
      heading: 'End the agent’s enrolment?', close,
      body: html`${note('warn', 'It cannot sign in any more, and its secrets are destroyed. Apps that run on the device go on running; nothing is heard of them. What is wanted of the device stays.')}${problemNote(this.#work.problem)}`,
      foot: html`<m-curl class="start" .call=${call}></m-curl><button class="button" autofocus @click=${close}>Cancel</button><button class="button solid-danger" ?disabled=${this.#work.busy} @click=${() => void this.#do(call, 'Its enrolment has ended', close)}>End it</button>`,
    });
  }

  async #do(call: Call, said: string, close: () => void): Promise<void> {
    await this.#work.run(async () => {
      await api.send(call);
      toast(said);
      close();
      this.onChanged();
    });
  }
}
customElements.define('m-device-agent', DeviceAgent);

/** Hands the file over; the server tells it only once. */
export function keepFile(device: string, file: string): void {
  saveAs(fileName(device), 'application/json', file);
}

export function agentFile(device: string, file: string): TemplateResult {
  return html`<div class="stack">${note('warn', html`<b>This is shown only once.</b> It holds the agent’s secret; the server will not tell it again.`)}
    <p>Bring <code>${fileName(device)}</code> to the device, and start the agent with <code>-config ${fileName(device)}</code>. It must be able to write it.</p>
    <div><button class="button" @click=${() => keepFile(device, file)}>${icon('down')}Download it again</button></div></div>`;
}

/** Lets a device's agent sign in: asks for the project, then hands over its file. */
class AgentEnrol extends Base {
  static override properties = { deviceId: {}, deviceName: {}, project: { state: true }, file: { state: true } };
  declare deviceId: string;
  declare deviceName: string;
  declare project: string;
  declare file: string | undefined;
  onClose: () => void = () => {};
  onDone: () => void = () => {};
  #projects = new Resource<Project[]>(this, (signal) => apps.projects(signal));
  #work = new Work(this);

  constructor() {
    super();
    this.project = '1';
  }

  protected override entered(): void {
    void this.#projects.load();
  }

  protected override render(): TemplateResult {
    const call = apps.enrol(this.deviceId, Number(this.project));
    return dialog({
      heading: this.file ? 'The agent’s file' : 'Enrol its agent', close: this.onClose,
      submit: () => {
        if (!this.file) void this.#work.run(async () => {
          this.file = await api.text(call);
          keepFile(this.deviceName, this.file);
          this.onDone();
        });
      },
      body: this.file ? agentFile(this.deviceName, this.file) : html`<p>The agent is the program that runs apps on the device. You get a file that it is started with.</p>
        ${field({ label: 'Project', id: 'e-project' }, html`<select class="input" id="e-project" autofocus @change=${(event: Event) => { this.project = valueOf(event); }}>${(this.#projects.value ?? []).map((each) => html`<option value=${each.key} ?selected=${String(each.key) === this.project}>${each.name}</option>`)}</select>`)}
        ${problemNote(this.#projects.problem ?? this.#work.problem)}`,
      foot: this.file ? html`<button type="button" class="button primary" @click=${this.onClose}>Done</button>` : html`<m-curl class="start" .call=${call}></m-curl><button type="button" class="button" @click=${this.onClose}>Cancel</button><button class="button primary" ?disabled=${this.#work.busy}>Enrol</button>`,
    });
  }
}
customElements.define('m-agent-enrol', AgentEnrol);
