import { html, nothing, type TemplateResult } from 'lit';
import { api } from '../api/http.ts';
import { lab } from '../api/lab.ts';
import { Problem } from '../api/problem.ts';
import type { AuditItem } from '../api/types.ts';
import { actorName, onNames } from '../ui/names.ts';
import { csvCell, saveAs } from '../model/export.ts';
import { eventWords } from '../model/event-words.ts';
import { dateTime } from '../model/format.ts';
import { Base } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { query, setQuery } from '../ui/navigation.ts';
import { bones, dialog, empty, problemNote, valueOf } from '../ui/pieces.ts';
import { session } from '../ui/session.ts';
import '../ui/curl.ts';
import '../ui/time.ts';

const STEP = 100;

/** Kinds of actors, as patterns. */
const WHO: [string, string][] = [['', 'Everybody'], ['user:*', 'People'], ['token:*', 'API tokens'], ['device:*', 'Devices'], ['gateway*', 'Gateways'], ['system*', 'The system']];

/** The server matches whole words with `*`; people type parts. */
const anywhere = (text: string): string => (text.trim() === '' || text.includes('*') ? text.trim() : `*${text.trim()}*`);

/** Who did what, when, from where and why; also what was refused. */
class Audit extends Base {
  static override properties = { actor: { state: true }, command: { state: true }, outcome: { state: true }, items: { state: true }, next: { state: true }, problem: { state: true }, opened: { state: true }, loading: { state: true } };
  declare actor: string;
  declare command: string;
  declare outcome: string;
  declare items: AuditItem[] | undefined;
  declare next: string | number | undefined;
  declare problem: Problem | undefined;
  declare opened: AuditItem | undefined;
  declare loading: boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #abort = new AbortController();

  constructor() {
    super();
    this.actor = query('actor');
    this.command = query('command');
    this.outcome = query('outcome');
  }

  protected override entered(): void {
    void this.#load();
    this.until(onNames(() => this.requestUpdate()));
    this.until(() => this.#abort.abort());
  }

  get #question() {
    return { actor: anywhere(this.actor), command: anywhere(this.command), outcome: this.outcome, limit: STEP };
  }

  async #load(before?: string | number): Promise<void> {
    this.#abort.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.loading = true;
    try {
      const page = await api.get<{ items: AuditItem[]; next?: string | number | null }>('/audit', { ...this.#question, before }, abort.signal);
      if (abort.signal.aborted) return;
      this.items = before === undefined ? page.items : [...(this.items ?? []), ...page.items];
      // A page may be short and still have one before it: the server looks at so many entries and no more.
      this.next = page.next ?? undefined;
      this.problem = undefined;
    } catch (thrown) {
      if (!abort.signal.aborted) this.problem = Problem.of(thrown);
    } finally {
      if (!abort.signal.aborted) this.loading = false;
    }
  }

  #ask(part: Partial<{ actor: string; command: string; outcome: string }>): void {
    Object.assign(this, part);
    setQuery({ actor: this.actor, command: this.command, outcome: this.outcome });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#load(), 250);
  }

  protected override render() {
    const { items } = this;
    return html`<div class="page"><div class="page-head"><h1>Audit</h1><div class="actions"><button class="button" ?disabled=${!items?.length} @click=${() => this.#export()}>${icon('down')}CSV</button></div></div>
      <div class="toolbar">
        <select class="input choice" aria-label="Who" @change=${(event: Event) => this.#ask({ actor: valueOf(event) })}>${WHO.map(([value, label]) => html`<option value=${value} ?selected=${value === this.actor}>${label}</option>`)}
          ${WHO.some(([value]) => value === this.actor) ? nothing : html`<option value=${this.actor} selected>As typed</option>`}</select>
        <input class="input choice-wide" type="search" aria-label="Actor" placeholder="Actor, such as user or gateway" .value=${this.actor} @input=${(event: Event) => this.#ask({ actor: valueOf(event) })}>
        <input class="input choice-wide" type="search" aria-label="Command" placeholder="Command, such as updates.StartRollout" .value=${this.command} @input=${(event: Event) => this.#ask({ command: valueOf(event) })}>
        <select class="input choice" aria-label="Outcome" @change=${(event: Event) => this.#ask({ outcome: valueOf(event) })}>${[['', 'Accepted and refused'], ['accepted', 'Accepted'], ['refused', 'Refused']].map(([value, label]) => html`<option value=${value!} ?selected=${value === this.outcome}>${label}</option>`)}</select>
        <span class="grow"></span><m-curl .call=${{ method: 'GET', path: '/audit', query: this.#question }}></m-curl></div>
      ${problemNote(this.problem, () => void this.#load())}
      ${items === undefined ? (this.problem ? nothing : html`<div class="card"><div class="card-body">${bones(10)}</div></div>`) : items.length === 0 ? html`<div class="card">${empty('audit', 'Nothing fits', 'Take a part of the filter away.')}</div>` : html`
        <div class="card scroll" tabindex="0" role="region" aria-label="Audit trail"><table class="list"><thead><tr><th>When</th><th>Who</th><th>Did</th><th>To</th><th>Outcome</th><th>Why</th><th><span class="sr">Details</span></th></tr></thead><tbody>
        ${items.map((item) => html`<tr><td class="nowrap"><m-time full .at=${item.at}></m-time></td><td class="break">${actorName(item.actor)}</td><td class="nowrap"><span class="muted">${item.command?.split('.').slice(0, -1).join('.')}</span> ${item.command?.split('.').at(-1)}</td><td class="break mono">${item.target}</td>
          <td class="nowrap">${this.#outcome(item)}</td><td class="break muted">${item.reason ?? ''}</td><td class="end"><button class="button small plain icon" aria-label="Details of entry ${item.position}" @click=${() => { this.opened = item; }}>${icon('more', 14)}</button></td></tr>`)}
        </tbody></table></div>
        ${this.next !== undefined ? html`<div><button class="button" ?disabled=${this.loading} @click=${() => void this.#load(this.next)}>Show earlier</button></div>` : nothing}`}
      ${this.opened ? this.#details(this.opened) : nothing}</div>`;
  }

  #outcome(item: AuditItem): TemplateResult {
    return item.outcome === 'refused' ? html`<span class="state warn">${icon('cross', 15)}Refused</span>` : html`<span class="state ok">${icon('check', 15)}Accepted</span>`;
  }

  #details(item: AuditItem): TemplateResult {
    const close = (): void => { this.opened = undefined; };
    const output = item.data && session.may('lab-admin') ? lab.output(item.data) : undefined;
    const facts: [string, unknown][] = [['When', dateTime(item.at)], ['Who', actorName(item.actor)], ['From', item.address], ['Command', item.command], ['To', item.target], ['Outcome', item.outcome], ['Code', item.code], ['Why', item.reason], ['Event', item.event], ['Ended', item.data && item.event ? eventWords(item.event, item.data).detail : undefined], ['Correlation', item.correlation], ['Position', item.position]];
    return dialog({
      heading: item.command ?? 'Entry', close,
      body: html`<dl class="facts">${facts.filter(([, value]) => value !== null && value !== undefined && value !== '').map(([name, value]) => html`<dt>${name}</dt><dd>${String(value)}</dd>`)}${output ? html`<dt>Output</dt><dd><a href=${output} target="_blank" rel="noopener">What it said</a></dd>` : nothing}</dl>`,
      foot: html`<button class="button primary" autofocus @click=${close}>Close</button>`,
    });
  }

  #export(): void {
    const head = ['position', 'at', 'actor', 'address', 'command', 'target', 'outcome', 'code', 'reason', 'correlation'] as const;
    const rows = (this.items ?? []).map((item) => head.map((key) => csvCell(item[key])).join(','));
    saveAs('audit.csv', 'text/csv', `${[head.join(','), ...rows].join('\r\n')}\r\n`);
  }
}
customElements.define('page-audit', Audit);
