import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { config, type ConfigRollout, type Registry } from '../api/config.ts';
import { Problem } from '../api/problem.ts';
import { Throttle } from '../live/frames.ts';
import { hub } from '../live/hub.ts';
import { laddered } from '../model/config.ts';
import { count, percent } from '../model/format.ts';
import { layerWords } from '../model/layers.ts';
import { PAUSED } from '../model/rollout-deeds.ts';
import { countsOf } from '../model/rollout-math.ts';
import { configRolloutLink, registryLink } from '../routes.ts';
import { Base } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { bones, empty, problemNote } from '../ui/pieces.ts';
import { CONFIG_ROLLOUT, state } from '../ui/states.ts';
import '../ui/curl.ts';
import '../ui/time.ts';
import { mayWrite } from './config-parts.ts';
import { partsBar } from './rollout-bar.ts';

const STEP = 50;

/** Rollouts of a registry's values, newest first. */
class ConfigRollouts extends Base {
  static override properties = { registry: { attribute: false }, rows: { state: true }, next: { state: true }, problem: { state: true } };
  declare registry: Registry;
  declare rows: ConfigRollout[] | undefined;
  declare next: string | undefined;
  declare problem: Problem | undefined;
  #abort = new AbortController();
  #refresh = new Throttle(() => ((this.rows?.length ?? 0) <= STEP ? this.#load() : undefined), 700);

  protected override entered(): void {
    this.until(hub.onEvents((batch) => { if (batch.some((event) => event.subject.startsWith('config-rollouts/'))) this.#refresh.ask(); }));
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
      const page = await config.rollouts(this.registry, { limit: STEP, ...(cursor && { cursor }) }, abort.signal);
      if (abort.signal.aborted) return;
      this.rows = cursor ? [...(this.rows ?? []), ...page.items] : page.items;
      this.next = page.next ?? undefined;
      this.problem = undefined;
    } catch (thrown) {
      if (!abort.signal.aborted) this.problem = Problem.of(thrown);
    }
  }

  protected override render(): TemplateResult {
    const path = `/registries/${encodeURIComponent(this.registry.account)}/${encodeURIComponent(this.registry.name)}/rollouts`;
    return html`<div class="stack">
      <div class="toolbar">${mayWrite() ? html`<a class="button primary" href="${registryLink(this.registry, 'rollouts')}/new">${icon('plus')}New rollout</a>` : nothing}<span class="grow"></span><m-curl .call=${{ method: 'GET', path }}></m-curl></div>
      ${problemNote(this.problem, () => void this.#load())}
      ${this.rows === undefined ? (this.problem ? nothing : html`<div class="card"><div class="card-body">${bones(6)}</div></div>`)
        : this.rows.length === 0 ? html`<div class="card">${empty('rollouts', 'No rollouts yet', 'A rollout gives values to many devices, group by group, and stops by itself when too many cannot apply them. In the end the fleet or a group has them.')}</div>`
        : html`<ul class="stack rollout-list">${this.rows.map((each) => this.#card(each))}</ul>
          ${this.next ? html`<div class="earlier"><button class="button" @click=${() => void this.#load(this.next)}>Show more</button></div>` : nothing}`}
    </div>`;
  }

  #card(rollout: ConfigRollout): TemplateResult {
    const counts = countsOf(laddered(rollout.groups));
    const passed = rollout.groups.filter((each) => each.state === 'finished').length;
    return html`<li><a class="card rollout-card" href=${configRolloutLink(this.registry, rollout.id)}>
      <span class="stack tight"><b class="break">${rollout.plan.name}</b><span class="muted small break">${rollout.plan.view}, for ${layerWords(rollout.plan.target)}</span></span>
      <span class="stack tight rollout-state">${state(CONFIG_ROLLOUT, rollout.state, true)}${rollout.pauseCause && PAUSED[rollout.pauseCause] ? html`<span class="small warn-text">${PAUSED[rollout.pauseCause]}</span>` : nothing}</span>
      <span class="stack tight">${partsBar(counts, rollout.plan.name)}<span class="muted small">${count(counts.succeeded)} of ${count(counts.size)} succeeded${counts.failed > 0 ? html`, <span class="bad-text">${count(counts.failed)} failed (${percent(counts.failed, counts.size)})</span>` : nothing}</span></span>
      <span class="muted small">${passed} of ${rollout.groups.length} ${rollout.groups.length === 1 ? 'group' : 'groups'} passed</span>
      <span class="muted small right"><m-time .at=${rollout.endedAt ?? rollout.startedAt ?? rollout.createdAt}></m-time></span></a></li>`;
  }
}
customElements.define('m-config-rollouts', ConfigRollouts);
