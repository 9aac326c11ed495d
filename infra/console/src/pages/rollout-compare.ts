import { html, nothing, type TemplateResult } from 'lit';
import { rollouts } from '../api/rollouts.ts';
import type { Rollout } from '../api/types.ts';
import { count, duration, percent } from '../model/format.ts';
import { compared, type Comparison, type Side } from '../model/rollout-compare.ts';
import { countsOf } from '../model/rollout-math.ts';
import { rolloutLink } from '../routes.ts';
import { Base, Resource } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { query, setQuery } from '../ui/navigation.ts';
import { bones, empty, field, problemNote, valueOf } from '../ui/pieces.ts';
import { ROLLOUT, state } from '../ui/states.ts';
import '../ui/curl.ts';
import { partsBar } from './rollout-bar.ts';

/** Two rollouts beside each other: which went better, and what was done otherwise. */
class RolloutComparison extends Base {
  static override properties = { a: { state: true }, b: { state: true } };
  declare a: string;
  declare b: string;
  #list = new Resource<Rollout[]>(this, (signal) => rollouts.list(undefined, signal));
  #pair = new Resource<[Rollout, Rollout]>(this, (signal) => Promise.all([rollouts.one(this.a, signal), rollouts.one(this.b, signal)]));

  constructor() {
    super();
    this.a = query('a');
    this.b = query('b');
  }

  protected override entered(): void {
    void this.#list.load();
    this.#read();
  }

  #read(): void {
    setQuery({ a: this.a, b: this.b });
    if (this.a && this.b) void this.#pair.load();
  }

  protected override render() {
    const list = this.#list.value;
    const pick = (key: 'a' | 'b', label: string): TemplateResult => field({ label, id: `c-${key}` }, html`<select class="input" id="c-${key}" @change=${(event: Event) => { this[key] = valueOf(event); this.#read(); }}>
      <option value="" ?selected=${this[key] === ''}>${list ? 'Choose a rollout' : 'Loading…'}</option>
      ${(list ?? []).map((each) => html`<option value=${each.id} ?selected=${each.id === this[key]}>${each.plan.name} – ${ROLLOUT[each.state]?.label ?? each.state}</option>`)}</select>`);
    return html`<div class="page">
      <div class="page-head"><div><div class="crumb"><a href="/rollouts">Rollouts</a></div><h1>Two rollouts</h1></div>
        <div class="actions"><m-curl .call=${this.a && this.b ? rollouts.compare(this.a, this.b) : undefined}></m-curl></div></div>
      ${problemNote(this.#list.problem, () => void this.#list.load())}
      <div class="form-grid">${pick('a', 'One')}${pick('b', 'The other')}</div>
      ${this.a && this.b ? this.#both() : html`<div class="card">${empty('columns', 'Choose two', 'Their figures, reasons and brakes are shown beside each other.')}</div>`}
    </div>`;
  }

  #both(): TemplateResult {
    const pair = this.#pair.value;
    if (!pair) return html`${problemNote(this.#pair.problem, () => void this.#pair.load())}${this.#pair.problem ? nothing : html`<div class="card"><div class="card-body">${bones(8)}</div></div>`}`;
    const [a, b] = pair;
    const result = compared(a, b);
    return html`${problemNote(this.#pair.problem, () => void this.#pair.load())}
      ${table('How they went', a, b, this.#figures(a, b, result))}
      ${table('Why devices failed', a, b, result.reasons.length === 0 ? [row('No device failed in either', '', '')] : result.reasons.map((each) => row(each.message || 'No reason given', count(each.a), count(each.b))))}
      ${table('Brakes', a, b, result.brakes.map((each) => row(each.words, mark(each.a), mark(each.b))))}`;
  }

  #figures(a: Rollout, b: Rollout, result: Comparison): TemplateResult[] {
    const part = (of: (side: Side) => number) => [result.a, result.b].map((side) => html`${count(of(side))} <span class="muted small">${percent(of(side), side.members)}</span>`) as [TemplateResult, TemplateResult];
    const took = (side: Side): string => (side.tookMs === undefined ? 'not started' : duration(side.tookMs));
    return [
      row('Release', `${a.plan.release.name} ${a.plan.release.version}`, `${b.plan.release.name} ${b.plan.release.version}`),
      row('State', state(ROLLOUT, a.state), state(ROLLOUT, b.state)),
      row('So far', partsBar(countsOf(a.groups), a.plan.name), partsBar(countsOf(b.groups), b.plan.name)),
      row('Members', count(result.a.members), count(result.b.members)),
      row('Succeeded', ...part((side) => side.succeeded)), row('Failed', ...part((side) => side.failed)), row('Under way', ...part((side) => side.open)),
      row('Groups', count(a.groups.length), count(b.groups.length)),
      row('Took', took(result.a), took(result.b)),
    ];
  }
}

const row = (name: string, a: unknown, b: unknown): TemplateResult => html`<tr><th scope="row" class="break">${name}</th><td>${a}</td><td>${b}</td></tr>`;
const mark = (has: boolean): TemplateResult => (has ? html`<span class="state ok">${icon('check', 15)}yes</span>` : html`<span class="state idle">${icon('dashed', 15)}no</span>`);

function table(heading: string, a: Rollout, b: Rollout, rows: TemplateResult[]): TemplateResult {
  return html`<section class="card"><div class="card-head"><h2>${heading}</h2></div><div class="scroll" tabindex="0" role="region" aria-label=${heading}><table class="list versus">
    <thead><tr><td></td><th scope="col"><a href=${rolloutLink(a.id)}>${a.plan.name}</a></th><th scope="col"><a href=${rolloutLink(b.id)}>${b.plan.name}</a></th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}
customElements.define('page-rollout-compare', RolloutComparison);
