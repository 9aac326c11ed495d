import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { api } from '../api/http.ts';
import { lab, type LabRequest } from '../api/lab.ts';
import { Throttle } from '../live/frames.ts';
import { hub } from '../live/hub.ts';
import { duration, plural } from '../model/format.ts';
import { queueOrder, wanted } from '../model/lab.ts';
import { boardLink } from '../routes.ts';
import { Base, Resource, Work } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { onNames } from '../ui/names.ts';
import { bones, dialog, empty, problemNote } from '../ui/pieces.ts';
import { REQUEST, state } from '../ui/states.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import '../ui/time.ts';
import { holderName, isOfLab, labTabs, rights } from './lab-parts.ts';

/** Who waits for what, in the order in which they are served. */
class LabQueue extends Base {
  static override properties = { cancelling: { state: true } };
  declare cancelling: LabRequest | undefined;
  #list = new Resource<LabRequest[]>(this, async (signal) => (await lab.requests(signal)).sort(queueOrder));
  #work = new Work(this);
  #refresh = new Throttle(() => this.#list.load(), 300);

  protected override entered(): void {
    void this.#list.load();
    this.until(onNames(() => this.requestUpdate()));
    this.until(hub.onEvents((batch) => { if (batch.some(isOfLab)) this.#refresh.ask(); }));
    this.until(hub.onGap(() => this.#refresh.ask()));
    this.until(() => this.#refresh.stop());
  }

  protected override render() {
    const list = this.#list.value;
    const waiting = list?.filter((each) => each.state === 'waiting' || each.state === 'granted') ?? [];
    const over = list?.filter((each) => !waiting.includes(each)) ?? [];
    return html`<div class="page">
      <div class="page-head"><h1>Lab</h1><span class="sub">${list ? `${plural(waiting.length, 'request')} waiting` : ''}</span><div class="actions"><m-curl .call=${{ method: 'GET', path: '/lab/reservations' }}></m-curl></div></div>
      ${labTabs('queue')}
      ${problemNote(this.#list.problem, () => void this.#list.load())}
      ${list === undefined ? (this.#list.problem ? nothing : html`<div class="card"><div class="card-body">${bones(5)}</div></div>`) : html`
        ${waiting.length === 0 ? html`<div class="card">${empty('clock', 'Nobody waits', 'Who asks for a board that is taken can queue for it, and is served here in turn.')}</div>` : this.#table('Waiting requests', waiting, true)}
        ${over.length === 0 ? nothing : html`<h2>Over</h2>${this.#table('Requests that are over', over, false)}`}`}
      ${this.cancelling ? this.#ask(this.cancelling) : nothing}
    </div>`;
  }

  #table(label: string, list: LabRequest[], waiting: boolean): TemplateResult {
    return html`<div class="card scroll" tabindex="0" role="region" aria-label=${label}><table class="list"><thead><tr>${waiting ? html`<th class="num">Place</th>` : nothing}<th>Wanted</th><th>State</th><th>By</th><th class="num">For</th><th class="num">${waiting ? 'Since' : 'Ended'}</th>${waiting ? html`<th class="num">Until</th><th><span class="sr">Actions</span></th>` : nothing}</tr></thead>
      <tbody>${repeat(list, (each) => each.id, (each) => html`<tr>
        ${waiting ? html`<td class="num"><b>${each.position > 0 ? each.position : html`<span class="muted">–</span>`}</b></td>` : nothing}
        <td class="break"><b>${wanted(each.selector)}</b>${each.priority === 0 ? nothing : html` <span class="tag">priority ${each.priority}</span>`}${each.purpose ? html`<br><span class="muted">${each.purpose}</span>` : nothing}</td>
        <td>${state(REQUEST, each.state)}${each.board ? html` <a class="nowrap" href=${boardLink(each.board)}>${each.board}</a>` : nothing}${each.message ? html`<br><span class="muted small break">${each.message}</span>` : nothing}</td>
        <td>${holderName(each, each.mine)}</td>
        <td class="num nowrap">${each.seconds ? duration(each.seconds * 1000) : html`<span class="muted">as usual</span>`}</td>
        <td class="num"><m-time .at=${waiting ? each.queuedAt : each.changedAt}></m-time></td>
        ${waiting ? html`<td class="num">${each.until ? html`<m-time .at=${each.until}></m-time>` : html`<span class="muted">no limit</span>`}</td>
          <td class="end">${each.state === 'waiting' && (each.mine || rights() === 'admin') ? html`<button class="button small" @click=${() => { this.#work.clear(); this.cancelling = each; }}>Cancel<span class="sr"> the request for ${wanted(each.selector)}</span></button>` : nothing}</td>` : nothing}</tr>`)}</tbody></table></div>`;
  }

  #ask(request: LabRequest): TemplateResult {
    const close = (): void => { this.cancelling = undefined; };
    const call = lab.cancel(request.id);
    return dialog({
      heading: `Cancel the request for ${wanted(request.selector)}?`, close,
      body: html`<p>${request.mine ? 'You lose' : 'They lose'} the place in line.</p>${problemNote(this.#work.problem)}`,
      foot: html`<m-curl class="start" .call=${call}></m-curl><button class="button" autofocus @click=${close}>Keep it</button>
        <button class="button solid-danger" ?disabled=${this.#work.busy} @click=${() => this.#work.run(async () => {
          await api.send(call);
          toast('Request cancelled');
          close();
          await this.#list.load();
        })}>${icon('cross')}Cancel request</button>`,
    });
  }
}
customElements.define('page-lab-queue', LabQueue);
