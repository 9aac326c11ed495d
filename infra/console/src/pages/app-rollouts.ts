import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { apps, type AppRollout } from '../api/apps.ts';
import { Problem } from '../api/problem.ts';
import { Throttle } from '../live/frames.ts';
import { hub } from '../live/hub.ts';
import { laddered } from '../model/config.ts';
import { count, percent } from '../model/format.ts';
import { placeWords } from '../model/places.ts';
import { PAUSED } from '../model/rollout-deeds.ts';
import { countsOf } from '../model/rollout-math.ts';
import { appRolloutLink } from '../routes.ts';
import { Base } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { bones, empty, problemNote } from '../ui/pieces.ts';
import { CONFIG_ROLLOUT, state } from '../ui/states.ts';
import '../ui/curl.ts';
import '../ui/time.ts';
import { mayWriteApps } from './app-parts.ts';
import { partsBar } from './rollout-bar.ts';

const STEP = 50;

/** Rollouts of an app's releases, newest first. */
class AppRollouts extends Base {
  static override properties = { app: {}, rows: { state: true }, next: { state: true }, problem: { state: true } };
  declare app: string;
  declare rows: AppRollout[] | undefined;
  declare next: string | undefined;
  declare problem: Problem | undefined;
  #abort = new AbortController();
  #refresh = new Throttle(() => ((this.rows?.length ?? 0) <= STEP ? this.#load() : undefined), 700);

  protected override entered(): void {
    this.until(hub.onEvents((batch) => { if (batch.some((event) => event.subject.startsWith('app-rollouts/'))) this.#refresh.ask(); }));
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
      const page = await apps.rollouts({ app: this.app, limit: STEP, ...(cursor && { cursor }) }, abort.signal);
      if (abort.signal.aborted) return;
      this.rows = cursor ? [...(this.rows ?? []), ...page.items] : page.items;
      this.next = page.next ?? undefined;
      this.problem = undefined;
    } catch (thrown) {
      if (!abort.signal.aborted) this.problem = Problem.of(thrown);
    }
  }

  protected override render(): TemplateResult {
    return html`<div class="stack">
      <div class="toolbar">${mayWriteApps() ? html`<a class="button primary" href="/apps/-/rollouts/new?app=${encodeURIComponent(this.app)}">${icon('plus')}New rollout</a>` : nothing}<span class="grow"></span><m-curl .call=${{ method: 'GET', path: '/app-rollouts', query: { app: this.app } }}></m-curl></div>
      ${problemNote(this.problem, () => void this.#load())}
      ${this.rows === undefined ? (this.problem ? nothing : html`<div class="card"><div class="card-body">${bones(6)}</div></div>`)
        : this.rows.length === 0 ? html`<div class="card">${empty('rollouts', 'No rollouts yet', 'A rollout brings a release to many devices, group by group, and stops by itself when too many fail. In the end a project or a group stays with it.')}</div>`
        : html`<ul class="stack rollout-list">${this.rows.map((each) => this.#card(each))}</ul>
          ${this.next ? html`<div class="earlier"><button class="button" @click=${() => void this.#load(this.next)}>Show more</button></div>` : nothing}`}
    </div>`;
  }

  #card(rollout: AppRollout): TemplateResult {
    const counts = countsOf(laddered(rollout.groups));
    const passed = rollout.groups.filter((each) => each.state === 'finished').length;
    return html`<li><a class="card rollout-card" href=${appRolloutLink(rollout.id)}>
      <span class="stack tight"><b class="break">${rollout.plan.name}</b><span class="muted small break">${rollout.plan.version}, for ${placeWords(rollout.plan.place)}</span></span>
      <span class="stack tight rollout-state">${state(CONFIG_ROLLOUT, rollout.state, true)}${rollout.pauseCause && PAUSED[rollout.pauseCause] ? html`<span class="small warn-text">${PAUSED[rollout.pauseCause]}</span>` : nothing}</span>
      <span class="stack tight">${partsBar(counts, rollout.plan.name)}<span class="muted small">${count(counts.succeeded)} of ${count(counts.size)} succeeded${counts.failed > 0 ? html`, <span class="bad-text">${count(counts.failed)} failed (${percent(counts.failed, counts.size)})</span>` : nothing}</span></span>
      <span class="muted small">${passed} of ${rollout.groups.length} ${rollout.groups.length === 1 ? 'group' : 'groups'} passed</span>
      <span class="muted small right"><m-time .at=${rollout.endedAt ?? rollout.startedAt ?? rollout.createdAt}></m-time></span></a></li>`;
  }
}
customElements.define('m-app-rollouts', AppRollouts);
