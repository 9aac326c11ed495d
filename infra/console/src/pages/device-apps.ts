import { html, nothing, type TemplateResult } from 'lit';
import { apps, type AppLine, type Installation } from '../api/apps.ts';
import { deviceAppLink } from '../routes.ts';
import { Base, Resource } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { go } from '../ui/navigation.ts';
import { dialog, field, problemNote, valueOf } from '../ui/pieces.ts';
import { CONDITION, state } from '../ui/states.ts';
import '../ui/curl.ts';
import { mayWriteApps, sourceLink, wantedAndReported } from './app-parts.ts';

/** The apps of a device: what is wanted beside what is. */
class DeviceApps extends Base {
  static override properties = { deviceId: {}, installations: { attribute: false }, adding: { state: true }, choice: { state: true } };
  declare deviceId: string;
  declare installations: Installation[];
  declare adding: boolean;
  declare choice: string;
  #catalogue = new Resource<AppLine[]>(this, (signal) => apps.list(signal));

  constructor() {
    super();
    this.choice = '';
  }

  protected override render(): TemplateResult {
    return html`<section class="card"><div class="card-head"><h2>Apps</h2><div class="actions"><m-curl .call=${{ method: 'GET', path: `/devices/${encodeURIComponent(this.deviceId)}/apps` }}></m-curl>
        ${mayWriteApps() ? html`<button class="button small" @click=${() => { this.adding = true; void this.#catalogue.load(); }}>${icon('plus', 14)}Another app</button>` : nothing}</div></div>
      <div class="card-body flush">${this.installations.length === 0 ? html`<p class="card-body muted">None is wanted here, and none was heard of.</p>` : this.#table()}</div></section>
      ${this.adding ? this.#dialog() : nothing}`;
  }

  #table(): TemplateResult {
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Apps on the device"><table class="list"><thead><tr><th>App</th><th>Standing</th><th>Wanted</th><th>Is</th><th>Said by</th></tr></thead>
      <tbody>${this.installations.map((each) => html`<tr><td class="break"><a href=${deviceAppLink(this.deviceId, each.app)}><b>${each.app}</b></a>${each.stage === 'dev' ? html` <span class="tag">${icon('wrench', 12)}built there</span>` : nothing}</td>
        <td>${state(CONDITION, each.condition)}</td>${wantedAndReported(each)}<td>${each.wanted ? sourceLink(each.wanted.targetFrom) : nothing}</td></tr>`)}</tbody></table></div>`;
  }

  #dialog(): TemplateResult {
    const close = (): void => { this.adding = false; };
    const others = this.#catalogue.value?.filter((each) => !this.installations.some((one) => one.app === each.name && one.stage === 'prod')) ?? [];
    const choice = others.some((each) => each.name === this.choice) ? this.choice : (others[0]?.name ?? '');
    return dialog({
      heading: 'Another app on this device', close,
      submit: () => { if (choice) go(deviceAppLink(this.deviceId, choice)); },
      body: html`${problemNote(this.#catalogue.problem)}${this.#catalogue.value && others.length === 0 ? html`<p>All apps of the catalogue are in the list already.</p>`
        : field({ label: 'App', id: 'd-app' }, html`<select class="input" id="d-app" autofocus @change=${(event: Event) => { this.choice = valueOf(event); }}>${others.map((each) => html`<option value=${each.name} ?selected=${each.name === choice}>${each.name}</option>`)}</select>`)}`,
      foot: html`<button type="button" class="button" @click=${close}>Cancel</button><button class="button primary" ?disabled=${choice === ''}>Go on</button>`,
    });
  }
}
customElements.define('m-device-apps', DeviceApps);
