import { html, nothing, type TemplateResult } from 'lit';
import { rollouts } from '../api/rollouts.ts';
import type { Rollout, RolloutState } from '../api/types.ts';
import { Throttle, VIEW_FOLLOWS } from '../live/frames.ts';
import { hub } from '../live/hub.ts';
import { count, percent } from '../model/format.ts';
import { PAUSED } from '../model/rollout-deeds.ts';
import { countsOf } from '../model/rollout-math.ts';
import { rolloutLink } from '../routes.ts';
import { Base, Resource } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { query, setQuery } from '../ui/navigation.ts';
import { bones, empty, problemNote } from '../ui/pieces.ts';
import { session } from '../ui/session.ts';
import { ROLLOUT, state } from '../ui/states.ts';
import '../ui/curl.ts';
import '../ui/time.ts';
import { partsBar } from './rollout-bar.ts';

/** The tabs over everything about rollouts. */
export function rolloutTabs(current: 'rollouts' | 'standing'): TemplateResult {
  return html`<nav class="tabs" aria-label="Kinds of rollouts"><a href="/rollouts" aria-current=${current === 'rollouts' ? 'page' : nothing}>Rollouts</a><a href="/rollouts/standing" aria-current=${current === 'standing' ? 'page' : nothing}>Standing assignments</a></nav>`;
}

class Rollouts extends Base {
  static override properties = { only: { state: true } };
  declare only: string;
  #list = new Resource<Rollout[]>(this, (signal) => rollouts.list(this.only || undefined, signal));
  #refresh = new Throttle(() => this.#list.load(), 700, VIEW_FOLLOWS);

  constructor() {
    super();
    this.only = query('state');
  }

  protected override entered(): void {
    void this.#list.load();
    this.until(hub.onEvents((batch) => {
      if (batch.some((event) => event.subject.startsWith('rollouts/'))) this.#refresh.ask();
    }));
    this.until(hub.onGap(() => this.#refresh.ask()));
    this.until(() => this.#refresh.stop());
  }

  protected override render() {
    const list = this.#list.value;
    const choice = (value: string, label: string): TemplateResult => html`<label><input type="radio" name="state" .checked=${this.only === value} @change=${() => { this.only = value; setQuery({ state: value }); void this.#list.load(); }}>${label}</label>`;
    return html`<div class="page">
      <div class="page-head"><h1>Rollouts</h1><div class="actions"><a class="button" href="/rollouts/compare">${icon('columns')}Compare two</a>${session.may('rollouts-write') ? html`<a class="button primary" href="/rollouts/new">${icon('plus')}New rollout</a>` : nothing}</div></div>
      ${rolloutTabs('rollouts')}
      <div class="toolbar"><fieldset class="segments"><legend class="sr">State</legend>${choice('', 'All')}${(['waiting-for-approval', 'approval-denied', 'ready', 'running', 'paused', 'finished', 'stopped'] as RolloutState[]).map((each) => choice(each, ROLLOUT[each].label))}</fieldset><span class="grow"></span>
        <m-curl .call=${{ method: 'GET', path: '/rollouts', query: { state: this.only } }}></m-curl></div>
      ${problemNote(this.#list.problem, () => void this.#list.load())}
      ${list === undefined ? (this.#list.problem ? nothing : html`<div class="card"><div class="card-body">${bones(6)}</div></div>`)
        : list.length === 0 ? html`<div class="card">${empty('rollouts', this.only ? 'None in this state' : 'No rollouts yet', 'A rollout gives a release to many devices, group by group, and stops by itself when too many fail.')}</div>`
        : html`<ul class="stack rollout-list">${list.map((each) => this.#card(each))}</ul>`}
    </div>`;
  }

  #card(rollout: Rollout): TemplateResult {
    const counts = countsOf(rollout.groups);
    const passed = rollout.groups.filter((each) => each.state === 'finished').length;
    return html`<li><a class="card rollout-card" href=${rolloutLink(rollout.id)}>
      <span class="stack tight"><b class="break">${rollout.plan.name}</b><span class="muted small">${rollout.plan.release.name} ${rollout.plan.release.version}</span></span>
      <span class="stack tight rollout-state">${state(ROLLOUT, rollout.state, true)}${rollout.pauseCause && PAUSED[rollout.pauseCause] ? html`<span class="small warn-text">${PAUSED[rollout.pauseCause]}</span>` : rollout.rollback ? html`<span class="small warn-text">${rollout.rollback.endedAt ? 'rolled back' : 'being rolled back'}</span>` : rollout.open && rollout.state === 'running' ? html`<span class="small muted">devices still join</span>` : nothing}</span>
      <span class="stack tight">${partsBar(counts, rollout.plan.name)}<span class="muted small">${count(counts.succeeded)} of ${count(counts.size)} succeeded${counts.failed > 0 ? html`, <span class="bad-text whole">${count(counts.failed)} failed (${percent(counts.failed, counts.size)})</span>` : nothing}</span></span>
      <span class="muted small">${passed} of ${rollout.groups.length} ${rollout.groups.length === 1 ? 'group' : 'groups'} passed</span>
      <span class="muted small right"><m-time .at=${rollout.endedAt ?? rollout.startedAt ?? rollout.createdAt}></m-time></span></a></li>`;
  }
}
customElements.define('page-rollouts', Rollouts);
