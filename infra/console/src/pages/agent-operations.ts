import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { apps, type AgentOrder, type AgentQuestion, type LogWindow } from '../api/apps.ts';
import type { Call } from '../api/call.ts';
import { api } from '../api/http.ts';
import { AGENT_DEEDS, answerText } from '../model/apps.ts';
import { Base, Work } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { bones, check, copy, dialog, field, note, problemNote, valueOf } from '../ui/pieces.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';

/** Something that is asked of an agent, or that it is told. */
export type AgentWork =
  | { kind: 'order'; order: AgentOrder }
  | { kind: 'execute' }
  | { kind: 'ask'; question: AgentQuestion | 'tunnels' | 'log' };

const HEADINGS: Record<AgentQuestion | 'tunnels' | 'log', string> = {
  containers: 'Containers on the device', images: 'Images on the device', storage: 'Processors, memory, disk', network: 'Wired network devices', tunnels: 'Tunnels', metadata: 'What the agent says of itself', log: 'The agent’s own log',
};
const LEVELS = ['debug', 'info', 'warn', 'error'];
const LOG_TAIL = 300;
const WAIT_MILLIS = 10_000;

/** `<m-agent-operation .deviceId .work .onClose>`: a dialog that asks before an order, and shows what the agent answered. */
class AgentOperation extends Base {
  static override properties = { deviceId: {}, work: { attribute: false }, everything: { state: true }, command: { state: true }, level: { state: true }, answer: { state: true } };
  declare deviceId: string;
  declare work: AgentWork;
  /** Of a clean-up: all that no running container uses. */
  declare everything: boolean;
  declare command: string;
  declare level: string;
  declare answer: string | undefined;
  onClose: () => void = () => {};
  #work = new Work(this);

  constructor() {
    super();
    this.everything = false;
    this.command = '';
    this.level = 'info';
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    if (this.work.kind === 'ask') void this.#ask();
  }

  get #call(): Call | undefined {
    switch (this.work.kind) {
      case 'order': return apps.order(this.deviceId, this.work.order, this.everything);
      case 'execute': return this.command.trim() === '' ? undefined : apps.execute(this.deviceId, 'sh', ['-c', this.command], WAIT_MILLIS);
      case 'ask': return this.work.question === 'tunnels' ? apps.tunnels(this.deviceId) : this.work.question === 'log' ? apps.agentLog(this.deviceId, { tail: LOG_TAIL, level: this.level }) : apps.ask(this.deviceId, this.work.question);
    }
  }

  async #ask(): Promise<void> {
    const call = this.#call;
    if (!call) return;
    await this.#work.run(async () => {
      const { data } = await api.send<unknown>(call);
      this.answer = this.#words(data);
    });
  }

  #words(data: unknown): string {
    if (this.work.kind === 'ask' && this.work.question === 'log') return (data as LogWindow).lines.join('\n');
    if (this.work.kind === 'ask' && this.work.question === 'tunnels') return answerText((data as { items: unknown }).items);
    return answerText(this.work.kind === 'execute' ? (data as { output?: unknown }).output : data);
  }

  protected override render(): TemplateResult {
    switch (this.work.kind) {
      case 'order': return this.#order(this.work.order);
      case 'execute': return this.#execute();
      case 'ask': return this.#shown(this.work.question);
    }
  }

  #order(order: AgentOrder): TemplateResult {
    const { label, asks, done, danger } = AGENT_DEEDS[order];
    const call = this.#call;
    const answered = this.answer !== undefined;
    return dialog({
      heading: `${label}?`, close: this.onClose, wide: answered,
      body: html`${danger ? note('warn', asks) : html`<p>${asks}</p>`}
        ${order === 'prune' && !answered ? check('Everything that no running container uses', this.everything, (everything) => { this.everything = everything; }, 'Volumes with their data, too: what apps that are stopped have stored in them is gone.') : nothing}
        <p class="muted small">Who did it is on record.</p>${answered ? this.#answer() : nothing}${problemNote(this.#work.problem)}`,
      foot: answered ? html`<button class="button primary" @click=${this.onClose}>Close</button>` : html`<m-curl class="start" .call=${call}></m-curl><button class="button" autofocus @click=${this.onClose}>Cancel</button>
        <button class="button ${danger || this.everything ? 'solid-danger' : 'primary'}" ?disabled=${this.#work.busy} @click=${() => void this.#work.run(async () => {
          const { data, status } = await api.send<unknown>(call!);
          toast(done);
          if (status === 200) this.answer = answerText(data);
          else this.onClose();
        })}>${label}</button>`,
    });
  }

  #execute(): TemplateResult {
    return dialog({
      heading: 'Run a command', close: this.onClose, wide: true, submit: () => void this.#ask(),
      body: html`${note('warn', 'It runs on the device itself, as root. The command line is on record.')}
        ${field({ label: 'Command', id: 'x-command', note: 'For the shell. What it writes within ten seconds is shown.' }, html`<input class="input mono" id="x-command" autofocus autocomplete="off" autocapitalize="off" spellcheck="false" .value=${this.command} @input=${(event: Event) => { this.command = valueOf(event); }}>`)}
        ${this.#work.busy ? bones(2) : this.answer === undefined ? nothing : this.#answer()}${problemNote(this.#work.problem)}`,
      foot: html`<m-curl class="start" .call=${this.#call}></m-curl><button type="button" class="button" @click=${this.onClose}>Close</button><button class="button primary" ?disabled=${this.#work.busy || !this.#call}>Run</button>`,
    });
  }

  #shown(question: AgentQuestion | 'tunnels' | 'log'): TemplateResult {
    return dialog({
      heading: HEADINGS[question], close: this.onClose, wide: true,
      body: html`${question === 'log' ? html`<div class="row"><label class="label" for="l-level">From</label><select class="input choice" id="l-level" @change=${(event: Event) => { this.level = valueOf(event); void this.#ask(); }}>${LEVELS.map((each) => html`<option value=${each} ?selected=${each === this.level}>${each}</option>`)}</select></div>` : nothing}
        ${this.#work.busy && this.answer === undefined ? bones(6) : this.answer === undefined ? nothing : this.#answer()}${problemNote(this.#work.problem, () => void this.#ask())}`,
      foot: html`<m-curl class="start" .call=${this.#call}></m-curl><button class="button" ?disabled=${this.#work.busy} @click=${() => void this.#ask()}>${icon('refresh')}Ask again</button><button class="button primary" autofocus @click=${this.onClose}>Close</button>`,
    });
  }

  /** What came from a device is only ever text. */
  #answer(): TemplateResult {
    const answer = this.answer ?? '';
    return html`<div class="stack tight"><div class="row between"><h3>It answered</h3><button type="button" class="button small" @click=${() => copy(answer, 'Answer copied')}>${icon('copy', 14)}Copy</button></div>
      <pre class="code document" tabindex="0" aria-label="Answer">${answer || 'nothing'}</pre></div>`;
  }
}
customElements.define('m-agent-operation', AgentOperation);
