import { html, nothing, type TemplateResult } from 'lit';
import type { Call } from '../api/call.ts';
import { api } from '../api/http.ts';
import { rollouts } from '../api/rollouts.ts';
import type { RollbackScope, Rollout } from '../api/types.ts';
import { plural } from '../model/format.ts';
import { brakeWords, careOf } from '../model/rollout-brakes.ts';
import type { Deed } from '../model/rollout-deeds.ts';
import { countsOf, seenPause } from '../model/rollout-math.ts';
import { rolloutLink } from '../routes.ts';
import { Base, Work } from '../ui/element.ts';
import type { IconName } from '../ui/icons.ts';
import { go } from '../ui/navigation.ts';
import { dialog, field, note, problemNote, valueOf } from '../ui/pieces.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';

export interface DeedLook { label: string; icon: IconName; look: '' | 'primary' | 'danger'; /** Beside the name, not in the menu. */ plain?: boolean; asks?: string; done: string }

/** How each order looks; one without a question is given at once. */
export const DEEDS: Record<Deed, DeedLook> = {
  start: { label: 'Start', icon: 'play', look: 'primary', plain: true, done: 'Rollout started', asks: 'The first group is offered the release now.' },
  pause: { label: 'Pause', icon: 'pause', look: '', plain: true, done: 'Rollout paused' },
  resume: { label: 'Resume', icon: 'play', look: 'primary', plain: true, done: 'Rollout goes on', asks: 'It goes on with the groups that are left. A group that failed is not judged again.' },
  abort: { label: 'Abort', icon: 'stop', look: 'danger', plain: true, done: 'Rollout aborted', asks: 'It ends for good. Devices that are updating are asked to stop; those that have finished keep the release.' },
  approve: { label: 'Approve', icon: 'check', look: 'primary', plain: true, done: 'Agreed', asks: 'It may start from then on, by hand or when its time comes.' },
  deny: { label: 'Deny', icon: 'cross', look: 'danger', plain: true, done: 'Said no', asks: 'It can never start. Say why, so that the next one is better.' },
  'next-group': { label: 'Start the next group now', icon: 'arrows', look: '', done: 'Next group started', asks: 'The next group is offered the release at once, whatever the one before says. Its thresholds go on to be watched.' },
  'close-joining': { label: 'Let nobody join any more', icon: 'lock', look: '', done: 'Nobody joins any more', asks: 'Devices that match later are left alone. It finishes when everyone has ended.' },
  rollback: { label: 'Roll back', icon: 'refresh', look: 'danger', done: 'Devices get back what they had', asks: 'The rollout ends, and devices are given the release that they had before it. Devices of which that is not known, and those that were given something else since, are left alone.' },
  'retry-failed': { label: 'Try the failed ones again', icon: 'refresh', look: 'primary', plain: true, done: 'New rollout planned', asks: 'A new rollout with the same plan is made; its members are the devices that failed here.' },
  delete: { label: 'Delete', icon: 'trash', look: 'danger', done: 'Rollout deleted', asks: 'It leaves the list. What devices did stays in their history and in the audit.' },
};

const SCOPES: Record<RollbackScope, string> = {
  failed: 'Those on which it succeeded keep the release.',
  all: 'Those on which it succeeded, too. Those under way are asked to stop first.',
};

/** Asks before an order is given, and gives it. */
class RolloutOrderDialog extends Base {
  static override properties = { rollout: { attribute: false }, deed: {}, remark: { state: true }, scope: { state: true } };
  declare rollout: Rollout;
  declare deed: Deed;
  declare remark: string;
  declare scope: RollbackScope;
  onClose: () => void = () => {};
  onDone: () => void = () => {};
  #work = new Work(this);

  constructor() {
    super();
    this.remark = '';
    this.scope = 'failed';
  }

  get #call(): Call {
    const { id } = this.rollout;
    switch (this.deed) {
      case 'delete': return rollouts.remove(id);
      case 'approve': case 'deny': return rollouts.order(id, this.deed, { remark: this.remark.trim() });
      case 'rollback': return rollouts.order(id, this.deed, { scope: this.scope });
      case 'resume': return rollouts.order(id, this.deed, seenPause(this.rollout));
      default: return rollouts.order(id, this.deed);
    }
  }

  /** What was begun for those that failed can go on to all, not the other way round. */
  get #scopes(): RollbackScope[] {
    return this.rollout.rollback ? ['all'] : ['failed', 'all'];
  }

  protected override willUpdate(): void {
    if (!this.#scopes.includes(this.scope)) this.scope = 'all';
  }

  protected override render() {
    const { label, asks, look } = DEEDS[this.deed];
    const danger = look === 'danger';
    return dialog({
      heading: `${label}: “${this.rollout.plan.name}”?`,
      close: this.onClose,
      submit: () => void this.#give(),
      body: html`<p>${asks}</p>${this.#more()}${problemNote(this.#work.problem)}`,
      foot: html`<m-curl class="start" .call=${this.#call}></m-curl><button type="button" class="button" ?autofocus=${danger} @click=${this.onClose}>Cancel</button>
        <button class="button ${danger ? 'solid-danger' : 'primary'}" ?autofocus=${!danger && this.deed !== 'approve'} ?disabled=${this.#work.busy}>${label}</button>`,
    });
  }

  #more(): TemplateResult | typeof nothing {
    const { rollout } = this;
    const counts = countsOf(rollout.groups);
    const next = rollout.groups.find((each) => each.state === 'scheduled');
    switch (this.deed) {
      case 'start': return rollout.groups[0] ? html`<p class="muted">${rollout.groups[0].name}: ${plural(rollout.groups[0].size, 'device')}, ${plural(counts.size, 'device')} in all.</p>` : nothing;
      case 'resume': return next && rollout.pauseCause === 'group-succeeded' ? html`<p class="muted">${next.name} starts: ${plural(next.size, 'device')}.</p>` : nothing;
      case 'next-group': return next ? html`<p class="muted">${next.name}: ${plural(next.size, 'device')}.</p>` : nothing;
      case 'retry-failed': return html`<p class="muted">${plural(counts.failed, 'device')} failed.</p>`;
      case 'approve': return html`<p class="muted">${plural(counts.size, 'device')} in ${plural(rollout.groups.length, 'group')}.</p><ul class="sentences">${brakeWords(careOf(rollout.plan)).map((each) => html`<li>${each}</li>`)}</ul>${this.#remark(true)}`;
      case 'deny': return this.#remark(false);
      case 'rollback': return html`<fieldset class="stack tight"><legend class="label">Who gets back what it had</legend>
        ${this.#scopes.map((scope) => html`<label class="check"><input type="radio" name="scope" .checked=${this.scope === scope} @change=${() => { this.scope = scope; }}><span>${scope === 'failed' ? 'Only those on which it failed' : 'All that were offered it'}<span class="note">${SCOPES[scope]}</span></span></label>`)}</fieldset>
        ${this.scope === 'all' ? note('warn', `${plural(counts.succeeded, 'device')} that had succeeded are set back, too.`) : nothing}`;
      default: return nothing;
    }
  }

  #remark(optional: boolean): TemplateResult {
    return field({ label: 'Remark', id: 'r-remark', optional, note: 'Shown to all who look at the rollout, and kept.' }, html`<textarea class="input" id="r-remark" rows="2" maxlength="1000" .value=${this.remark} @input=${(event: Event) => { this.remark = valueOf(event); }}></textarea>`);
  }

  async #give(): Promise<void> {
    await this.#work.run(async () => {
      const { data } = await api.send<Rollout | undefined>(this.#call);
      toast(DEEDS[this.deed].done);
      this.onClose();
      if (this.deed === 'delete') go('/rollouts');
      else if (this.deed === 'retry-failed' && data) go(rolloutLink(data.id));
      else this.onDone();
    });
  }
}
customElements.define('m-rollout-order', RolloutOrderDialog);
