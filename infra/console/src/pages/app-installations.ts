import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { apps, type Condition, type Installation } from '../api/apps.ts';
import { Problem } from '../api/problem.ts';
import { Throttle, VIEW_FOLLOWS } from '../live/frames.ts';
import { hub } from '../live/hub.ts';
import { count } from '../model/format.ts';
import { deviceAppLink } from '../routes.ts';
import { Base } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { query, setQuery } from '../ui/navigation.ts';
import { bones, empty, problemNote } from '../ui/pieces.ts';
import { CONDITION, state } from '../ui/states.ts';
import '../ui/curl.ts';
import '../ui/time.ts';
import { isOfApps, sourceLink, wantedAndReported } from './app-parts.ts';

const STEP = 100;
const ORDER = Object.keys(CONDITION) as Condition[];

/** An app across devices: what is wanted beside what is, and how many stand how. */
class AppInstallations extends Base {
  static override properties = { app: {}, condition: { state: true }, rows: { state: true }, counts: { state: true }, next: { state: true }, problem: { state: true } };
  declare app: string;
  declare condition: Condition | undefined;
  declare rows: Installation[] | undefined;
  declare counts: Partial<Record<Condition, number>>;
  declare next: string | undefined;
  declare problem: Problem | undefined;
  #abort = new AbortController();
  /** Somebody who has read on is not thrown back to the first page. */
  #refresh = new Throttle(() => ((this.rows?.length ?? 0) <= STEP ? this.#load() : undefined), 1500, VIEW_FOLLOWS);

  constructor() {
    super();
    this.condition = ORDER.find((each) => each === query('condition'));
    this.counts = {};
  }

  protected override entered(): void {
    this.until(hub.onEvents((batch) => { if (batch.some(isOfApps)) this.#refresh.ask(); }));
    this.until(hub.onGap(() => this.#refresh.ask()));
    this.until(() => { this.#abort.abort(); this.#refresh.stop(); });
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    void this.#load();
  }

  async #load(cursor?: string): Promise<void> {
    this.#abort.abort();
    const abort = new AbortController();
    this.#abort = abort;
    try {
      const page = await apps.installations(this.app, { ...(this.condition && { condition: this.condition }), limit: STEP, ...(cursor && { cursor }) }, abort.signal);
      if (abort.signal.aborted) return;
      this.rows = cursor ? [...(this.rows ?? []), ...page.items] : page.items;
      this.counts = page.counts;
      this.next = page.next ?? undefined;
      this.problem = undefined;
    } catch (thrown) {
      if (!abort.signal.aborted) this.problem = Problem.of(thrown);
    }
  }

  #choose(condition: Condition): void {
    this.condition = this.condition === condition ? undefined : condition;
    setQuery({ condition: this.condition });
    void this.#load();
  }

  protected override render(): TemplateResult {
    const path = `/apps/${encodeURIComponent(this.app)}/installations`;
    return html`<div class="stack">
      <div class="toolbar"><div class="tiles grow" role="group" aria-label="How many stand how">${ORDER.filter((each) => (this.counts[each] ?? 0) > 0 || each === 'in-step' || each === this.condition).map((each) => html`<button class="tile" aria-pressed=${this.condition === each ? 'true' : 'false'} @click=${() => this.#choose(each)}>
        <span class="name">${state(CONDITION, each)}</span><span class="figure">${count(this.counts[each] ?? 0)}</span></button>`)}</div>
        <m-curl .call=${{ method: 'GET', path, query: { condition: this.condition } }}></m-curl></div>
      ${problemNote(this.problem, () => void this.#load())}
      ${this.rows === undefined ? (this.problem ? nothing : html`<div class="card"><div class="card-body">${bones(6)}</div></div>`)
        : this.rows.length === 0 ? html`<div class="card">${this.condition ? empty('search', 'No device stands like that', html`<button class="button" @click=${() => this.#choose(this.condition!)}>Show all</button>`) : empty('apps', 'On no device yet', 'Say where it should run: in a project, in a group of devices, or on one device’s page. Devices need an agent.')}</div>` : this.#table(this.rows)}
    </div>`;
  }

  #table(rows: Installation[]): TemplateResult {
    return html`<div class="card scroll" tabindex="0" role="region" aria-label="Devices with the app"><table class="list"><thead><tr><th>Device</th><th>Standing</th><th>Wanted</th><th>Is</th><th>Said by</th><th class="num">Since</th></tr></thead>
      <tbody>${rows.map((each) => html`<tr><td class="break"><a href=${deviceAppLink(each.device, each.app)}>${each.device}</a>${each.stage === 'dev' ? html` <span class="tag">${icon('wrench', 12)}built there</span>` : nothing}</td>
        <td>${state(CONDITION, each.condition)}</td>${wantedAndReported(each)}<td>${each.wanted ? sourceLink(each.wanted.targetFrom) : nothing}</td><td class="num"><m-time .at=${each.reported?.since}></m-time></td></tr>`)}</tbody></table>
      ${this.next ? html`<div class="earlier"><button class="button" @click=${() => void this.#load(this.next)}>Show more</button></div>` : nothing}</div>`;
  }
}
customElements.define('m-app-installations', AppInstallations);
