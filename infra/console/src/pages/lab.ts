import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { lab, type Board, type BoardClass, type BoardState } from '../api/lab.ts';
import { Throttle } from '../live/frames.ts';
import { hub } from '../live/hub.ts';
import { count, plural } from '../model/format.ts';
import { BOARD_STATES, type BoardFilter, byName, fits } from '../model/lab.ts';
import { boardLink } from '../routes.ts';
import { Base, Resource } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { query, setQuery } from '../ui/navigation.ts';
import { onNames } from '../ui/names.ts';
import { bones, check, empty, problemNote, valueOf } from '../ui/pieces.ts';
import { session } from '../ui/session.ts';
import { BOARD, state } from '../ui/states.ts';
import '../ui/curl.ts';
import './board-deeds.ts';
import { isOfLab, kindOf, labTabs, powerState, standing } from './lab-parts.ts';
import './lab-reserve.ts';

/** The wall of boards, live. */
class Lab extends Base {
  static override properties = { filter: { state: true }, reserving: { state: true } };
  declare filter: BoardFilter;
  declare reserving: boolean;
  #boards = new Resource<Board[]>(this, async (signal) => (await lab.boards({}, signal)).sort(byName));
  #classes = new Resource<BoardClass[]>(this, async (signal) => (await lab.classes(signal)).sort(byName));
  #refresh = new Throttle(() => this.#load(), 300);

  constructor() {
    super();
    this.filter = { brdclass: query('class'), state: query('state'), mine: query('mine') === 'true', words: query('q') };
  }

  protected override entered(): void {
    void this.#load();
    this.until(onNames(() => this.requestUpdate()));
    this.until(hub.onEvents((batch) => { if (batch.some(isOfLab)) this.#refresh.ask(); }));
    this.until(hub.onGap(() => this.#refresh.ask()));
    this.until(() => this.#refresh.stop());
  }

  #load = async (): Promise<void> => {
    await Promise.all([this.#boards.load(), this.#classes.load()]);
  };

  #choose(changes: Partial<BoardFilter>): void {
    this.filter = { ...this.filter, ...changes };
    const { brdclass, state: asked, mine, words } = this.filter;
    setQuery({ class: brdclass, state: asked, mine: mine ? 'true' : undefined, q: words });
  }

  protected override render() {
    const boards = this.#boards.value;
    const classes = this.#classes.value;
    const problem = this.#boards.problem ?? this.#classes.problem;
    return html`<div class="page">
      <div class="page-head"><h1>Lab</h1><span class="sub">${boards ? plural(boards.length, 'board') : ''}</span>
        <div class="actions">${session.may('lab-use') ? html`<button class="button primary" ?disabled=${!boards?.length || !classes} @click=${() => { this.reserving = true; }}>${icon('lock')}Reserve a board</button>` : nothing}</div></div>
      ${labTabs('boards')}
      ${problemNote(problem, () => void this.#load())}
      ${boards && classes ? boards.length === 0 ? this.#none() : this.#wall(boards, classes) : problem ? nothing : html`<div class="card"><div class="card-body">${bones(9)}</div></div>`}
      ${this.reserving && boards && classes ? html`<m-lab-reserve .boards=${boards} .classes=${classes} .chosen=${this.filter.brdclass} .onClose=${() => { this.reserving = false; }}></m-lab-reserve>` : nothing}
    </div>`;
  }

  #none(): TemplateResult {
    return html`<div class="card">${empty('board', 'No boards yet', session.may('lab-admin') ? html`Say in the <a href="/lab/-/configuration">configuration</a> which boards there are and how they are wired.` : 'An administrator of the lab says in its configuration which boards there are.')}</div>`;
  }

  #wall(boards: Board[], classes: BoardClass[]): TemplateResult {
    const others = boards.filter((each) => fits(each, { ...this.filter, state: '' }));
    const shown = others.filter((each) => fits(each, this.filter));
    return html`
      <div class="tiles" role="group" aria-label="Boards by state">${BOARD_STATES.map((each) => this.#tile(each, others))}</div>
      <div class="toolbar">
        <select class="input choice" aria-label="Class" @change=${(event: Event) => this.#choose({ brdclass: valueOf(event) })}>
          <option value="" ?selected=${this.filter.brdclass === ''}>All classes</option>
          ${classes.map((each) => html`<option value=${each.name} ?selected=${this.filter.brdclass === each.name}>${each.name}, ${each.free} of ${each.total} free</option>`)}</select>
        <div class="combo grow">${icon('search')}<input class="input" type="search" aria-label="Search boards" placeholder="Search: a name, a tag, a purpose" .value=${this.filter.words} @input=${(event: Event) => this.#choose({ words: valueOf(event) })}></div>
        <span class="mine">${check('Only mine', this.filter.mine, (mine) => this.#choose({ mine }))}</span>
        <m-curl .call=${{ method: 'GET', path: '/lab/boards', query: { class: this.filter.brdclass, state: this.filter.state, mine: this.filter.mine || undefined } }}></m-curl>
      </div>
      ${shown.length === 0 ? html`<div class="card">${empty('search', 'No board fits', html`<button class="button small" @click=${() => this.#choose({ brdclass: '', state: '', mine: false, words: '' })}>Show all boards</button>`)}</div>`
        : html`<ul class="wall" aria-label="Boards">${repeat(shown, (each) => each.name, (each) => this.#card(each))}</ul>`}`;
  }

  #tile(each: BoardState, boards: Board[]): TemplateResult {
    const look = BOARD[each];
    const figure = boards.filter((board) => board.state === each).length;
    return html`<button class="tile" aria-pressed=${this.filter.state === each ? 'true' : 'false'} @click=${() => this.#choose({ state: this.filter.state === each ? '' : each })}>
      <span class="name state ${look.tone}">${icon(look.icon, 14)}${look.label}</span><span class="figure">${count(figure)}</span></button>`;
  }

  #card(board: Board): TemplateResult {
    return html`<li class="card board ${board.state} ${board.mine ? 'mine' : ''}">
      <div class="row between top"><h2><a class="quiet break" href=${boardLink(board.name)}>${board.name}</a></h2>${state(BOARD, board.state, true)}</div>
      ${kindOf(board)}
      <div class="board-standing">${standing(board)}</div>
      <div class="board-foot">${powerState(board)}<m-board-deeds brief .board=${board} .onChanged=${() => this.#refresh.ask()}></m-board-deeds></div>
    </li>`;
  }
}
customElements.define('page-lab', Lab);
