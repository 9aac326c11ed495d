import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { devices } from '../api/devices.ts';
import { api } from '../api/http.ts';
import type { Problem } from '../api/problem.ts';
import type { Action } from '../api/types.ts';
import { clock, dateTime } from '../model/format.ts';
import { releaseLink, rolloutLink } from '../routes.ts';
import { styled } from '../ui/directives.ts';
import { Base, Work } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { bones, dialog, note, problemNote } from '../ui/pieces.ts';
import { session } from '../ui/session.ts';
import { ACTION, state } from '../ui/states.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import '../ui/time.ts';

/** The updates of one device: the running one with its bar and log, the newest open, the earlier ones folded. */
class Actions extends Base {
  static override properties = { deviceId: {}, actions: { attribute: false }, problem: { attribute: false }, toggled: { state: true }, canceling: { state: true } };
  declare deviceId: string;
  declare actions: Action[] | undefined;
  declare problem: Problem | undefined;
  declare toggled: ReadonlySet<number>;
  declare canceling: { action: Action; force: boolean } | undefined;
  onChanged: () => void = () => {};
  #work = new Work(this);

  constructor() {
    super();
    this.toggled = new Set();
  }

  /** The log follows its end unless somebody scrolled up to read. */
  protected override willUpdate(_changed: PropertyValues): void {
    for (const log of this.querySelectorAll<HTMLElement>('.log')) log.dataset['end'] = String(log.scrollHeight - log.scrollTop - log.clientHeight < 30);
  }

  protected override updated(_changed: PropertyValues): void {
    for (const log of this.querySelectorAll<HTMLElement>('.log')) if (log.dataset['end'] !== 'false') log.scrollTop = log.scrollHeight;
  }

  protected override render() {
    const actions = this.actions;
    return html`<section class="card"><div class="card-head"><h2>Updates</h2></div>
      <div class="card-body flush">
        ${this.problem ? html`<div class="card-body">${problemNote(this.problem)}</div>` : nothing}
        ${actions === undefined ? html`<div class="card-body">${bones(4)}</div>` : actions.length === 0 ? html`<p class="muted card-body">No update was ever assigned.</p>`
          : actions.map((action) => this.#action(action))}
      </div></section>
      ${this.canceling ? this.#confirm(this.canceling) : nothing}`;
  }

  #action(action: Action): TemplateResult {
    const newest = action === this.actions?.[0];
    const open = (action.active || newest) !== this.toggled.has(action.action);
    const done = action.of && action.done !== null && action.done !== undefined ? Math.min(1, action.done / action.of) : undefined;
    return html`<article class="action ${action.active ? 'active' : ''}">
      <div class="row wrap">
        <button class="button plain small icon" aria-expanded=${open ? 'true' : 'false'} aria-label="Log of update ${action.action}" @click=${() => this.#fold(action.action)}>${icon(open ? 'opened' : 'closed', 14)}</button>
        ${state(ACTION, action.status, true)}
        <span class="grow break"><a class="quiet" href=${releaseLink(action.release.id)}><span class="muted">${action.release.name}</span> <b>${action.release.version}</b></a>
          <span class="muted small"> #${action.action} · ${action.type.replace('-', ' ')}${action.timedOut ? ' · timed out' : ''}${action.rollout ? html` · <a href=${rolloutLink(action.rollout)}>rollout</a>` : nothing}${this.#care(action)}</span></span>
        <span class="muted small"><m-time .at=${action.changedAt}></m-time></span>
        ${this.#buttons(action)}
      </div>
      ${action.active ? html`<div class="bar" role="progressbar" aria-label="Progress of update ${action.action}" aria-valuemin="0" aria-valuemax=${action.of ?? 1} aria-valuenow=${done === undefined ? nothing : (action.done ?? 0)}
        aria-valuetext=${done === undefined ? ACTION[action.status]?.label ?? action.status : `${action.done} of ${action.of}`}><i class="info" ${styled({ width: `${(done ?? 0) * 100}%` })}></i></div>` : nothing}
      ${action.meaning ? html`<p class="muted small break">${action.meaning}</p>` : nothing}
      ${open ? this.#log(action) : nothing}
    </article>`;
  }

  #log(action: Action): TemplateResult {
    if (action.entries.length === 0) return html`<p class="muted small">The device has not said anything yet.</p>`;
    return html`<div class="log" tabindex="0" role="log" aria-label="Log of update ${action.action}"><ol>${action.entries.map((entry) => html`<li>
      <time class="muted" datetime=${entry.at} title=${dateTime(entry.at)}>${clock(entry.at)}</time>${state(ACTION, entry.status)}
      <span>${entry.messages.join('\n')}${entry.code !== null && entry.code !== undefined ? html`<span class="muted"> code ${entry.code}</span>` : nothing}</span></li>`)}</ol></div>`;
  }

  /** Which try it is, what is still awaited, what it undoes. */
  #care(action: Action): TemplateResult {
    return html`${action.attempt && action.attempts && action.attempts > 1 ? ` · try ${action.attempt} of ${action.attempts}` : ''}${action.retryAt ? html` · tried again <m-time .at=${action.retryAt}></m-time>` : nothing}
      ${action.status === 'installed' && action.provenBy ? html` · must report its version <m-time .at=${action.provenBy}></m-time>${action.reportedVersion ? `, says ${action.reportedVersion}` : ''}` : nothing}${action.rollsBack ? html` · undoes <a href=${rolloutLink(action.rollsBack)}>a rollout</a>` : nothing}`;
  }

  #buttons(action: Action): TemplateResult | typeof nothing {
    if (!action.active || !session.may('rollouts-operate')) return nothing;
    const force = action.status === 'canceling' || action.status === 'cancel-rejected';
    return html`<button class="button small ${force ? 'danger' : ''}" @click=${() => { this.canceling = { action, force }; }}>${icon(force ? 'stop' : 'cross', 14)}${force ? 'Force the end' : 'Cancel'}</button>`;
  }

  #confirm({ action, force }: { action: Action; force: boolean }): TemplateResult {
    const close = (): void => { this.canceling = undefined; this.#work.clear(); };
    const call = devices.cancel(this.deviceId, action.action, force);
    return dialog({
      heading: force ? 'End this update by force?' : 'Cancel this update?',
      close,
      body: html`${force ? note('warn', 'The update counts as cancelled at once, without the device’s word. The device may still finish what it is doing.')
        : html`<p>The device is asked to stop. It may refuse when it is past the point of return; then you can end the update by force.</p>`}${problemNote(this.#work.problem)}`,
      foot: html`<m-curl class="start" .call=${call}></m-curl><button class="button" autofocus @click=${close}>Keep it</button>
        <button class="button solid-danger" ?disabled=${this.#work.busy} @click=${() => this.#work.run(async () => {
          await api.send(call);
          toast(force ? 'Update ended' : 'The device is asked to stop');
          this.canceling = undefined;
          this.onChanged();
        })}>${force ? 'End by force' : 'Cancel update'}</button>`,
    });
  }

  #fold(number: number): void {
    const next = new Set(this.toggled);
    if (!next.delete(number)) next.add(number);
    this.toggled = next;
  }
}
customElements.define('m-actions', Actions);
