import { html, nothing } from 'lit';
import { devices } from '../api/devices.ts';
import { api } from '../api/http.ts';
import { standing } from '../api/rollouts.ts';
import type { AutoAssignment, FleetField, Release } from '../api/types.ts';
import { fleetLink, releaseLink } from '../routes.ts';
import { Base, Resource, Work } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { bones, dialog, empty, field, note, problemNote, valueOf } from '../ui/pieces.ts';
import { session } from '../ui/session.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import '../ui/filter-box.ts';
import '../ui/release-pick.ts';
import '../ui/time.ts';
import { rolloutTabs } from './rollouts.ts';

/** Assignments without an end: every device that fits, now and later, gets a release. */
class Standing extends Base {
  static override properties = { open: { state: true }, removing: { state: true }, name: { state: true }, filter: { state: true }, latest: { state: true }, releaseName: { state: true }, release: { state: true } };
  declare open: boolean;
  declare removing: AutoAssignment | undefined;
  declare name: string;
  declare filter: string;
  declare latest: boolean;
  declare releaseName: string;
  declare release: Release | undefined;
  #list = new Resource<AutoAssignment[]>(this, (signal) => standing.list(signal));
  #fields = new Resource<FleetField[]>(this, (signal) => devices.fields(signal));
  #work = new Work(this);

  protected override entered(): void {
    void this.#list.load();
    void this.#fields.load();
  }

  #start(): void {
    this.name = this.filter = this.releaseName = '';
    this.latest = true;
    this.release = undefined;
    this.#work.clear();
    this.open = true;
  }

  get #call() {
    if (!this.name.trim() || !this.filter.trim() || (!this.latest && !this.release)) return undefined;
    return standing.create({ name: this.name.trim(), filter: this.filter.trim(), ...(this.latest ? { latest: true, releaseName: this.releaseName.trim() } : { releaseId: this.release!.id }) });
  }

  protected override render() {
    const list = this.#list.value;
    const writer = session.may('rollouts-write');
    return html`<div class="page">
      <div class="page-head"><h1>Rollouts</h1><div class="actions">${writer ? html`<button class="button primary" @click=${() => this.#start()}>${icon('plus')}New standing assignment</button>` : nothing}</div></div>
      ${rolloutTabs('standing')}
      ${problemNote(this.#list.problem, () => void this.#list.load())}
      ${list === undefined ? (this.#list.problem ? nothing : html`<div class="card"><div class="card-body">${bones(4)}</div></div>`)
        : list.length === 0 ? html`<div class="card">${empty('refresh', 'No standing assignments', 'With one of these, every device that fits a filter gets a release – also devices that come later.')}</div>`
        : html`<div class="card scroll" tabindex="0" role="region" aria-label="Standing assignments"><table class="list"><thead><tr><th>Name</th><th>Devices</th><th>Gets</th><th>Urgency</th><th class="num">Since</th><th><span class="sr">Actions</span></th></tr></thead><tbody>
          ${list.map((each) => html`<tr><td><b>${each.name}</b></td><td><a href=${fleetLink(each.filter)}><code>${each.filter}</code></a></td>
            <td>${each.release ? html`<a href=${releaseLink(each.release.id)}>${each.release.name} ${each.release.version}</a>` : html`the latest ${each.releaseName ? html`<b>${each.releaseName}</b>` : ''} that fits`}</td>
            <td>${each.type.replace('-', ' ')}</td><td class="num"><m-time .at=${each.createdAt}></m-time></td>
            <td class="end">${writer ? html`<button class="button small plain" aria-label="Delete ${each.name}" @click=${() => { this.#work.clear(); this.removing = each; }}>${icon('trash', 14)}</button>` : nothing}</td></tr>`)}
        </tbody></table></div>`}
      ${this.open ? this.#form() : nothing}
      ${this.removing ? this.#confirm(this.removing) : nothing}
    </div>`;
  }

  #form() {
    const close = (): void => { this.open = false; };
    return dialog({
      heading: 'New standing assignment', close,
      submit: () => {
        const call = this.#call;
        if (call) void this.#work.run(async () => {
          await api.send(call);
          toast('Standing assignment created');
          close();
          await this.#list.load();
        });
      },
      body: html`${field({ label: 'Name', id: 's-name' }, html`<input class="input" id="s-name" autocomplete="off" .value=${this.name} @input=${(event: Event) => { this.name = valueOf(event); }}>`)}
        <div class="field"><label class="label" for="s-filter">Devices</label><m-filter rsqlOnly .inputId=${'s-filter'} .value=${this.filter} .fields=${this.#fields.value ?? []} .onFilter=${(text: string) => { this.filter = text; }}></m-filter></div>
        <fieldset class="segments"><legend class="sr">Which release</legend><label><input type="radio" name="which" .checked=${this.latest} @change=${() => { this.latest = true; }}>The latest that fits</label>
          <label><input type="radio" name="which" .checked=${!this.latest} @change=${() => { this.latest = false; }}>One release</label></fieldset>
        ${this.latest ? field({ label: 'Only releases named', id: 's-release-name', optional: true }, html`<input class="input" id="s-release-name" autocomplete="off" .value=${this.releaseName} @input=${(event: Event) => { this.releaseName = valueOf(event); }}>`)
          : html`<m-release-pick .onPick=${(_: string, release: Release) => { this.release = release; }}></m-release-pick>`}
        ${note('info', 'It works at once, for all devices that fit. For a careful start, use a rollout.')}${problemNote(this.#work.problem)}`,
      foot: html`<m-curl class="start" .call=${this.#call}></m-curl><button type="button" class="button" @click=${close}>Cancel</button><button class="button primary" ?disabled=${!this.#call || this.#work.busy}>Create</button>`,
    });
  }

  #confirm(assignment: AutoAssignment) {
    const close = (): void => { this.removing = undefined; };
    const call = standing.remove(assignment.id);
    return dialog({
      heading: `Delete “${assignment.name}”?`, close,
      body: html`<p>Devices keep what they have; no further device gets the release from here.</p>${problemNote(this.#work.problem)}`,
      foot: html`<m-curl class="start" .call=${call}></m-curl><button class="button" autofocus @click=${close}>Cancel</button><button class="button solid-danger" @click=${() => this.#work.run(async () => {
        await api.send(call);
        close();
        await this.#list.load();
      })}>Delete</button>`,
    });
  }
}
customElements.define('page-standing', Standing);
