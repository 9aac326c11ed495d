import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { rollouts } from '../api/rollouts.ts';
import { Problem } from '../api/problem.ts';
import type { Page, RolloutDevice } from '../api/types.ts';
import { Throttle, VIEW_FOLLOWS } from '../live/frames.ts';
import { deviceLink } from '../routes.ts';
import { Base } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { bones, problemNote, valueOf } from '../ui/pieces.ts';
import { ACTION, MEMBER, state } from '../ui/states.ts';
import '../ui/time.ts';

const STEP = 50;

/** The members of a rollout and where each stands. Read anew, gently, while the rollout moves. */
class RolloutDevices extends Base {
  static override properties = { rolloutId: {}, groups: { attribute: false }, version: {}, reason: {}, reasonWords: {}, group: { state: true }, status: { state: true }, rows: { state: true }, next: { state: true }, problem: { state: true } };
  declare rolloutId: string;
  declare groups: string[];
  declare version: number;
  /** Only those that failed for this. */
  declare reason: string | undefined;
  declare reasonWords: string | undefined;
  declare group: string;
  declare status: string;
  declare rows: RolloutDevice[] | undefined;
  declare next: string | undefined;
  declare problem: Problem | undefined;
  onReason: (reason: string | undefined) => void = () => {};
  /** Another kind of rollout reads its members elsewhere. */
  read: (id: string, query: { group?: string; status?: string; reason?: string; limit?: number; after?: string }, signal: AbortSignal) => Promise<Page<RolloutDevice>> = rollouts.devices;
  #abort = new AbortController();
  #refresh = new Throttle(() => this.#load(), 2000, VIEW_FOLLOWS);

  constructor() {
    super();
    this.group = this.status = '';
  }

  protected override entered(): void {
    this.until(() => {
      this.#abort.abort();
      this.#refresh.stop();
    });
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('group') || changed.has('status') || changed.has('reason')) void this.#load();
    // Somebody who has read on is not thrown back to the first page.
    else if (changed.has('version') && (this.rows?.length ?? 0) <= STEP) this.#refresh.ask();
  }

  async #load(after?: string): Promise<void> {
    this.#abort.abort();
    const abort = new AbortController();
    this.#abort = abort;
    try {
      const page = await this.read(this.rolloutId, { ...(this.reason !== undefined ? { status: 'failed', reason: this.reason } : { group: this.group, status: this.status }), limit: STEP, ...(after && { after }) }, abort.signal);
      if (abort.signal.aborted) return;
      this.rows = after ? [...(this.rows ?? []), ...page.items] : page.items;
      this.next = page.next ?? undefined;
      this.problem = undefined;
    } catch (thrown) {
      if (!abort.signal.aborted) this.problem = Problem.of(thrown);
    }
  }

  protected override render(): TemplateResult {
    const choice = (label: string, value: string, change: (value: string) => void, options: [string, string][]): TemplateResult => html`<select class="input choice" aria-label=${label} @change=${(event: Event) => change(valueOf(event))}>
      <option value="" ?selected=${value === ''}>${label}: all</option>${options.map(([key, text]) => html`<option value=${key} ?selected=${key === value}>${text}</option>`)}</select>`;
    return html`<section class="card"><div class="card-head"><h2>Devices</h2><div class="actions">
        ${this.reason !== undefined ? html`<button type="button" class="button small" @click=${() => this.onReason(undefined)}><span class="cut reason-chip">Failed for “${this.reasonWords || this.reason || 'no reason given'}”</span>${icon('cross', 14)}<span class="sr">Show all again</span></button>` : html`
        ${this.groups.length > 1 ? choice('Group', this.group, (value) => { this.group = value; }, this.groups.map((name, i): [string, string] => [String(i), name])) : nothing}
        ${choice('State', this.status, (value) => { this.status = value; }, Object.entries(MEMBER).map(([key, look]): [string, string] => [key, look.label]))}`}</div></div>
      <div class="card-body flush">
        ${this.problem ? html`<div class="card-body">${problemNote(this.problem, () => void this.#load())}</div>` : nothing}
        ${this.rows === undefined ? (this.problem ? nothing : html`<div class="card-body">${bones(5)}</div>`) : this.rows.length === 0 ? html`<p class="card-body muted">No device ${this.group || this.status || this.reason !== undefined ? 'fits this choice' : 'is under way yet'}.</p>` : html`
          <div class="scroll" tabindex="0" role="region" aria-label="Devices of the rollout"><table class="list"><thead><tr><th>Device</th><th>Group</th><th>State</th><th>Last word</th><th class="num">Changed</th></tr></thead><tbody>
          ${this.rows.map((each) => html`<tr><td><a href=${deviceLink(each.id)}>${each.id}</a></td><td class="muted">${this.groups[each.group] ?? each.group + 1}</td>
            <td>${state(MEMBER, each.status)}${each.status === 'running' && each.actionStatus ? html` <span class="muted small">${ACTION[each.actionStatus]?.label ?? each.actionStatus}</span>` : nothing}</td>
            <td class="break">${each.message ?? ''}</td><td class="num"><m-time .at=${each.changedAt}></m-time></td></tr>`)}</tbody></table></div>
          ${this.next ? html`<div class="card-body"><button class="button small" @click=${() => void this.#load(this.next)}>Show more</button></div>` : nothing}`}
      </div></section>`;
  }
}
customElements.define('m-rollout-devices', RolloutDevices);
