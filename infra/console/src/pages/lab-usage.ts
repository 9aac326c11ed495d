import { html, nothing, type TemplateResult } from 'lit';
import { lab, type Usage } from '../api/lab.ts';
import { count } from '../model/format.ts';
import { usageFigure } from '../model/lab.ts';
import { boardLink } from '../routes.ts';
import { Base, Resource } from '../ui/element.ts';
import { query, setQuery } from '../ui/navigation.ts';
import { bones, empty, problemNote } from '../ui/pieces.ts';
import '../ui/curl.ts';
import { labTabs } from './lab-parts.ts';

const SPANS: [string, string][] = [['1', 'One day'], ['7', 'A week'], ['30', '30 days'], ['90', '90 days']];

/** The numbers of one row, as they came. */
export function figuresOf(row: Usage): [string, number][] {
  return Object.entries(row).filter((each): each is [string, number] => typeof each[1] === 'number');
}

/** How boards were used: who needs more of what, and which board wastes time. */
class LabUsage extends Base {
  static override properties = { days: { state: true } };
  declare days: string;
  #rows = new Resource<Usage[]>(this, (signal) => lab.usage(this.#query, signal));

  constructor() {
    super();
    this.days = query('days') || '7';
  }

  get #query(): { since: string } {
    return { since: new Date(Math.floor(Date.now() / 60_000) * 60_000 - Number(this.days) * 86_400_000).toISOString() };
  }

  protected override entered(): void {
    void this.#rows.load();
  }

  protected override render() {
    const rows = this.#rows.value;
    return html`<div class="page">
      <div class="page-head"><h1>Lab</h1></div>
      ${labTabs('usage')}
      <div class="toolbar"><fieldset class="segments"><legend class="sr">Over</legend>${SPANS.map(([days, label]) => html`<label><input type="radio" name="days" .checked=${this.days === days} @change=${() => { this.days = days; setQuery({ days }); void this.#rows.load(); }}>${label}</label>`)}</fieldset><span class="grow"></span>
        <m-curl .call=${{ method: 'GET', path: '/lab/usage', query: this.#query }}></m-curl></div>
      ${problemNote(this.#rows.problem, () => void this.#rows.load())}
      ${rows === undefined ? (this.#rows.problem ? nothing : html`<div class="card"><div class="card-body">${bones(6)}</div></div>`) : rows.length === 0 ? html`<div class="card">${empty('gauge', 'Nothing to count yet', 'As soon as boards are lent, their use is counted here.')}</div>` : this.#table(rows)}
    </div>`;
  }

  #table(rows: Usage[]): TemplateResult {
    const names = [...new Set(rows.flatMap((row) => figuresOf(row).map(([name]) => name)))];
    return html`<div class="card scroll" tabindex="0" role="region" aria-label="Use of boards"><table class="list"><thead><tr><th>Board</th><th>Class</th>${names.map((name) => html`<th class="num">${usageFigure(name, 0)[0]}</th>`)}</tr></thead>
      <tbody>${rows.map((row) => html`<tr><td><a href=${boardLink(row.board)}>${row.board}</a></td><td>${row.brdclass}</td>${names.map((name) => {
        const value = row[name];
        return html`<td class="num nowrap">${typeof value !== 'number' ? '–' : value === 0 ? html`<span class="muted">${count(0)}</span>` : usageFigure(name, value)[1]}</td>`;
      })}</tr>`)}</tbody></table></div>`;
  }
}
customElements.define('page-lab-usage', LabUsage);
