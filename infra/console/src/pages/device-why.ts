import { html, nothing, type TemplateResult } from 'lit';
import { devices } from '../api/devices.ts';
import { api } from '../api/http.ts';
import type { Why, WhyStep } from '../api/types.ts';
import { ruleWords } from '../model/why.ts';
import { subjectLink } from '../routes.ts';
import { Base, Resource, Work } from '../ui/element.ts';
import { icon, type IconName } from '../ui/icons.ts';
import { bones, dialog, field, note, problemNote, valueOf } from '../ui/pieces.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';

const OUTCOMES: Record<WhyStep['outcome'], { icon: IconName; tone: string; label: string }> = {
  applies: { icon: 'check', tone: 'ok', label: 'applies' },
  passes: { icon: 'ring', tone: 'idle', label: 'says nothing against it' },
  blocks: { icon: 'stop', tone: 'bad', label: 'keeps it back' },
};

/** Where a rule's own thing is shown: a thing of the API by its page, and nothing outside of this console. */
function inner(link: string | null | undefined): string | undefined {
  if (!link) return undefined;
  return subjectLink(link.replace(/^\/(api\/v1\/)?/, '')) ?? (/^\/(?!\/|api\/)/.test(link) ? link : undefined);
}

/** Why a device is, or is not, updated: the rules that decide, in the order in which they are asked. */
class DeviceWhy extends Base {
  static override properties = { deviceId: {} };
  declare deviceId: string;
  onClose: () => void = () => {};
  #why = new Resource<Why>(this, (signal) => devices.why(this.deviceId, signal));

  protected override entered(): void {
    void this.#why.load();
  }

  protected override render() {
    const why = this.#why.value;
    return dialog({
      heading: `Why ${this.deviceId} stands as it does`,
      wide: true,
      close: this.onClose,
      body: html`${problemNote(this.#why.problem, () => void this.#why.load())}
        ${why ? html`<p><b>${why.summary}</b></p><ol class="why">${why.steps.map((each) => this.#step(each))}</ol>` : this.#why.problem ? nothing : bones(6)}`,
      foot: html`<m-curl class="start" .call=${{ method: 'GET', path: `/devices/${encodeURIComponent(this.deviceId)}/why` }}></m-curl>
        <button class="button" @click=${() => void this.#why.load()}>${icon('refresh')}Ask again</button><button class="button primary" autofocus @click=${this.onClose}>Close</button>`,
    });
  }

  #step(step: WhyStep): TemplateResult {
    const look = OUTCOMES[step.outcome] ?? OUTCOMES.passes;
    const link = inner(step.link);
    return html`<li class=${step.outcome}><span class="state ${look.tone}">${icon(look.icon, 15)}<span class="sr">${look.label}</span></span>
      <span class="break"><b>${ruleWords(step.rule)}</b>: ${step.text}${link ? html` <a href=${link} @click=${this.onClose}>Look at it</a>` : nothing}</span></li>`;
  }
}
customElements.define('m-device-why', DeviceWhy);

/** Keeps a device from rollouts and standing assignments, with a reason for others. */
class DeviceHold extends Base {
  static override properties = { deviceId: {}, reason: { state: true } };
  declare deviceId: string;
  declare reason: string;
  onClose: () => void = () => {};
  onDone: () => void = () => {};
  #work = new Work(this);

  constructor() {
    super();
    this.reason = '';
  }

  protected override render() {
    const call = devices.hold(this.deviceId, this.reason.trim());
    const ready = this.reason.trim() !== '';
    return dialog({
      heading: `Hold ${this.deviceId} back?`,
      close: this.onClose,
      submit: () => { if (ready) void this.#hold(); },
      body: html`${note('info', 'Rollouts and standing assignments leave it alone until it is let go. What is under way goes on, and a release can still be given to it by hand.')}
        ${field({ label: 'Why', id: 'h-reason', note: 'Shown to all who look at the device.', fault: this.#work.problem?.at('/reason') }, html`<input class="input" id="h-reason" maxlength="255" autocomplete="off" autofocus .value=${this.reason} @input=${(event: Event) => { this.reason = valueOf(event); }}>`)}
        ${problemNote(this.#work.problem)}`,
      foot: html`<m-curl class="start" .call=${ready ? call : undefined}></m-curl><button type="button" class="button" @click=${this.onClose}>Cancel</button>
        <button class="button primary" ?disabled=${!ready || this.#work.busy}>Hold back</button>`,
    });
  }

  async #hold(): Promise<void> {
    const held = await this.#work.run(async () => {
      await api.send(devices.hold(this.deviceId, this.reason.trim()));
      toast(`${this.deviceId} is held back`);
    });
    if (held) {
      this.onClose();
      this.onDone();
    }
  }
}
customElements.define('m-device-hold', DeviceHold);
