import { html, nothing, type TemplateResult } from 'lit';
import { apps, type AppView, type NewRelease, type ReleaseLine } from '../api/apps.ts';
import type { Call } from '../api/call.ts';
import { api } from '../api/http.ts';
import { ARCHITECTURES, composeFault, objectIn, versionFault } from '../model/apps.ts';
import { type Json, writeJson } from '../model/json.ts';
import { Base, Work } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { check, dialog, empty, field, note, problemNote, valueOf } from '../ui/pieces.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import '../ui/menu.ts';
import '../ui/time.ts';
import { mayWriteApps } from './app-parts.ts';

type Open = { what: 'new' } | { what: 'yank' | 'built'; release: ReleaseLine } | { what: 'composition'; release: ReleaseLine; compose: Json | undefined };

/** An app's releases, the newest first; one is added, offered, taken back. */
class AppReleases extends Base {
  static override properties = { app: { attribute: false }, open: { state: true }, version: { state: true }, notes: { state: true }, architectures: { state: true }, offered: { state: true }, compose: { state: true }, text: { state: true } };
  declare app: AppView;
  declare open: Open | undefined;
  declare version: string;
  declare notes: string;
  declare architectures: string;
  declare offered: boolean;
  declare compose: string;
  /** Why it is taken back, or the architecture that came. */
  declare text: string;
  onChanged: () => void = () => {};
  #work = new Work(this);

  constructor() {
    super();
    this.version = this.notes = this.architectures = this.compose = this.text = '';
    this.offered = true;
  }

  protected override render(): TemplateResult {
    const { releases } = this.app;
    return html`<div class="stack">
      ${mayWriteApps() ? html`<div class="toolbar"><button class="button primary" @click=${() => this.#begin()}>${icon('plus')}New release</button></div>` : nothing}
      ${releases.length === 0 ? html`<div class="card">${empty('software', 'No releases yet', 'A release is a version of the app: images in the registry for one architecture or several, or a composition. Without one nothing can run.')}</div>` : this.#table(releases)}
      ${this.#dialogs()}
    </div>`;
  }

  #begin(): void {
    this.#work.clear();
    this.version = this.notes = this.architectures = '';
    this.offered = true;
    this.compose = this.app.compose ? writeJson(this.app.compose, 2) : '';
    this.open = { what: 'new' };
  }

  #table(releases: ReleaseLine[]): TemplateResult {
    const newest = releases.find((each) => each.offered && !each.yanked);
    return html`<div class="card scroll" tabindex="0" role="region" aria-label="Releases"><table class="list"><thead><tr><th>Version</th><th>Architectures</th><th>Standing</th><th>Notes</th><th class="num">Made</th><th><span class="sr">Deeds</span></th></tr></thead>
      <tbody>${releases.map((each) => html`<tr><td><code><b>${each.version}</b></code>${each.composed ? html`<br><button class="button plain small" @click=${() => void this.#show(each)}>${icon('layers', 14)}composition</button>` : nothing}</td>
        <td>${each.architectures.length === 0 ? html`<span class="muted">all</span>` : html`<span class="tags">${each.architectures.map((one) => html`<span class="tag">${one}</span>`)}</span>`}</td>
        <td>${each.yanked !== undefined && each.yanked !== null ? html`<span class="state warn">${icon('alert', 15)}Taken back</span>${each.yanked ? html`<br><span class="muted small break">${each.yanked}</span>` : nothing}`
          : each === newest ? html`<span class="state ok">${icon('check', 15)}The newest</span>` : each.offered ? html`<span class="state idle">${icon('ring', 15)}Offered</span>` : html`<span class="state info">${icon('dashed', 15)}Not offered yet</span>`}</td>
        <td class="break prewrap">${each.notes}</td><td class="num"><m-time .at=${each.createdAt}></m-time></td>
        <td class="end">${mayWriteApps() && (each.yanked === undefined || each.yanked === null) ? this.#menu(each) : nothing}</td></tr>`)}</tbody></table></div>`;
  }

  #menu(release: ReleaseLine): TemplateResult {
    return html`<m-menu look="button small icon" .label=${`More about ${release.version}`} .button=${icon('more', 14)} .items=${() => html`
      ${release.offered ? nothing : html`<button @click=${() => void this.#do(apps.offer(this.app.name, release.version), `${release.version} is offered`)}>${icon('check')}Offer it to who follows the newest</button>`}
      ${release.architectures.length > 0 ? html`<button @click=${() => { this.#work.clear(); this.text = ''; this.open = { what: 'built', release }; }}>${icon('plus')}There is another architecture</button>` : nothing}
      <button class="bad-text" @click=${() => { this.#work.clear(); this.text = ''; this.open = { what: 'yank', release }; }}>${icon('alert')}Take it back</button>`}></m-menu>`;
  }

  async #show(release: ReleaseLine): Promise<void> {
    await this.#work.run(async () => { this.open = { what: 'composition', release, compose: await apps.composition(this.app.name, release.version) }; });
  }

  get #fresh(): NewRelease | undefined {
    if (versionFault(this.version) || composeFault(this.compose)) return undefined;
    return { version: this.version, notes: this.notes, offered: this.offered, architectures: this.architectures.split(/[\s,]+/).filter(Boolean), compose: this.compose.trim() === '' ? undefined : objectIn(this.compose) };
  }

  #dialogs(): TemplateResult | typeof nothing {
    const close = (): void => { this.open = undefined; };
    if (this.open === undefined) return this.#work.problem ? html`${problemNote(this.#work.problem)}` : nothing;
    if (this.open.what === 'new') return this.#new(close);
    const { release } = this.open;
    if (this.open.what === 'composition') {
      return dialog({ heading: `Composition of ${this.app.name} ${release.version}`, wide: true, close, body: html`<pre class="code document" tabindex="0">${this.open.compose ? writeJson(this.open.compose, 2) : 'none'}</pre>`, foot: html`<button class="button primary" autofocus @click=${close}>Close</button>` });
    }
    const yanks = this.open.what === 'yank';
    const call = yanks ? apps.yank(this.app.name, release.version, this.text.trim()) : apps.built(this.app.name, release.version, this.text.trim());
    return dialog({
      heading: yanks ? `Take ${release.version} back?` : `Another architecture of ${release.version}`, close,
      submit: () => { if (yanks || this.text.trim()) void this.#do(call, yanks ? `${release.version} is taken back` : `${release.version} is there for ${this.text.trim()}`); },
      body: html`${yanks ? note('warn', 'Nobody gets it any more, and it cannot be offered again. Who has it keeps it until there is another.') : nothing}
        ${field({ label: yanks ? 'Why' : 'Architecture', id: 'r-text', optional: yanks, ...(!yanks && { note: 'Such as arm64. Its image is in the registry.' }) }, html`<input class="input" id="r-text" autofocus autocomplete="off" list="r-architectures" .value=${this.text} @input=${(event: Event) => { this.text = valueOf(event); }}>`)}
        ${yanks ? nothing : html`<datalist id="r-architectures">${ARCHITECTURES.map((each) => html`<option value=${each}></option>`)}</datalist>`}${problemNote(this.#work.problem)}`,
      foot: html`<m-curl class="start" .call=${call}></m-curl><button type="button" class="button" @click=${close}>Cancel</button>
        <button class="button ${yanks ? 'solid-danger' : 'primary'}" ?disabled=${this.#work.busy || (!yanks && !this.text.trim())}>${yanks ? 'Take it back' : 'Add'}</button>`,
    });
  }

  #new(close: () => void): TemplateResult {
    const fresh = this.#fresh;
    const call = fresh && apps.release(this.app.name, fresh);
    return dialog({
      heading: `New release of ${this.app.name}`, wide: true, close,
      submit: () => { if (call) void this.#do(call, `${this.version} is released`); },
      body: html`
        ${field({ label: 'Version', id: 'r-version', fault: this.version === '' ? undefined : versionFault(this.version), note: 'It is the tag of its image.' }, html`<input class="input mono" id="r-version" autofocus autocomplete="off" spellcheck="false" .value=${this.version} @input=${(event: Event) => { this.version = valueOf(event).trim(); }}>`)}
        ${field({ label: 'Architectures', id: 'r-arch', optional: true, note: 'With blanks between them, such as amd64 arm64. Left empty: it runs on all.' }, html`<input class="input" id="r-arch" autocomplete="off" spellcheck="false" .value=${this.architectures} @input=${(event: Event) => { this.architectures = valueOf(event); }}>`)}
        ${field({ label: 'Notes', id: 'r-notes', optional: true }, html`<textarea class="input" id="r-notes" rows="2" .value=${this.notes} @input=${(event: Event) => { this.notes = valueOf(event); }}></textarea>`)}
        ${field({ label: 'Composition', id: 'r-compose', optional: true, fault: composeFault(this.compose), note: 'In JSON. The release keeps it, whatever becomes of the app’s own. Left empty: one image.' }, html`<textarea class="input mono" id="r-compose" rows="6" spellcheck="false" autocomplete="off" .value=${this.compose} @input=${(event: Event) => { this.compose = valueOf(event); }}></textarea>`)}
        ${check('Offer it at once', this.offered, (offered) => { this.offered = offered; }, 'Devices that follow the newest release get it. Leave it out to roll it out in stages first.')}
        ${problemNote(this.#work.problem)}`,
      foot: html`<m-curl class="start" .call=${call}></m-curl><button type="button" class="button" @click=${close}>Cancel</button><button class="button primary" ?disabled=${!call || this.#work.busy}>Release</button>`,
    });
  }

  async #do(call: Call, said: string): Promise<void> {
    await this.#work.run(async () => {
      await api.send(call);
      toast(said);
      this.open = undefined;
      this.onChanged();
    });
  }
}
customElements.define('m-app-releases', AppReleases);
