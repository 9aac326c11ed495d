import { html, nothing, type TemplateResult } from 'lit';
import { rollouts } from '../api/rollouts.ts';
import type { Rollout, RolloutComparison } from '../api/types.ts';
import { count, percent } from '../model/format.ts';
import { partWords, span } from '../model/rollout-brakes.ts';
import { type Counts, countsOfTotals } from '../model/rollout-math.ts';
import { rolloutLink } from '../routes.ts';
import { Base, Resource } from '../ui/element.ts';
import { query, setQuery } from '../ui/navigation.ts';
import { bones, empty, field, problemNote, valueOf } from '../ui/pieces.ts';
import { ROLLOUT, state } from '../ui/states.ts';
import '../ui/curl.ts';
import { partsBar } from './rollout-bar.ts';

/** Two rollouts beside each other: which went better, and what was done otherwise. */
class RolloutComparisonPage extends Base {
  static override properties = { a: { state: true }, b: { state: true } };
  declare a: string;
  declare b: string;
  #list = new Resource<Rollout[]>(this, (signal) => rollouts.list(undefined, signal));
  #pair = new Resource<RolloutComparison>(this, (signal) => rollouts.compared(this.a, this.b, signal));

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
    const found = this.#pair.value;
    if (!found) return html`${problemNote(this.#pair.problem, () => void this.#pair.load())}${this.#pair.problem ? nothing : html`<div class="card"><div class="card-body">${bones(8)}</div></div>`}`;
    const { plan, reasons } = found;
    return html`${problemNote(this.#pair.problem, () => void this.#pair.load())}
      ${table('How they went', found, figures(found))}
      ${table('Why devices failed', found, reasons.length === 0 ? [row('No device failed in either', '', '')] : reasons.map((each) => row(html`${each.message || 'No reason given'}${CHANGES[each.change] ? html` <span class="tag">${CHANGES[each.change]}</span>` : nothing}`, count(each.a), count(each.b))))}
      ${table('What was planned otherwise', found, plan.length === 0 ? [row('Nothing: the plans are alike', '', '')] : plan.map((each) => row(partWords(each.part), each.a ?? none, each.b ?? none)))}`;
  }
}

const none = html`<span class="muted">not asked for</span>`;
const CHANGES: Record<string, string | undefined> = { new: 'only in the other', gone: 'only in the one' };
const row = (name: unknown, a: unknown, b: unknown): TemplateResult => html`<tr><th scope="row" class="break">${name}</th><td class="break">${a}</td><td class="break">${b}</td></tr>`;

function figures({ a, b }: RolloutComparison): TemplateResult[] {
  const [one, other] = [countsOfTotals(a.totals), countsOfTotals(b.totals)];
  const part = (name: string, of: (counts: Counts) => number): TemplateResult => row(name, share(one, of), share(other, of));
  const time = (name: string, key: 'half' | 'most' | 'took', missing: string): TemplateResult => row(name, a[key] ? span(a[key]) : missing, b[key] ? span(b[key]) : missing);
  return [
    row('State', state(ROLLOUT, a.state), state(ROLLOUT, b.state)),
    row('So far', partsBar(one, a.name), partsBar(other, b.name)),
    row('Members', count(one.size), count(other.size)),
    part('Succeeded', (each) => each.succeeded), part('Failed', (each) => each.failed), part('Cancelled', (each) => each.canceled), part('Under way', (each) => each.open),
    row('Success among those that ended', a.success === null || a.success === undefined ? '–' : percent(a.success, 1), b.success === null || b.success === undefined ? '–' : percent(b.success, 1)),
    time('Half had succeeded after', 'half', 'not yet'), time('Nine tenths had succeeded after', 'most', 'not yet'), time('Took', 'took', 'not over'),
  ];
}

function share(counts: Counts, of: (counts: Counts) => number): TemplateResult {
  return html`${count(of(counts))} <span class="muted small">${percent(of(counts), counts.size)}</span>`;
}

function table(heading: string, { a, b }: RolloutComparison, rows: TemplateResult[]): TemplateResult {
  return html`<section class="card"><div class="card-head"><h2>${heading}</h2></div><div class="scroll" tabindex="0" role="region" aria-label=${heading}><table class="list versus">
    <thead><tr><td></td><th scope="col"><a href=${rolloutLink(a.id)}>${a.name}</a></th><th scope="col"><a href=${rolloutLink(b.id)}>${b.name}</a></th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}
customElements.define('page-rollout-compare', RolloutComparisonPage);
