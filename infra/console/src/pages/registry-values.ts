import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { config, type DatabagLine, type Registry } from '../api/config.ts';
import { Problem } from '../api/problem.ts';
import { Throttle } from '../live/frames.ts';
import { hub } from '../live/hub.ts';
import { layerOf, type LayerKind, layerWords } from '../model/layers.ts';
import { databagLink } from '../routes.ts';
import { Base } from '../ui/element.ts';
import { actorName, onNames } from '../ui/names.ts';
import { go, query, setQuery } from '../ui/navigation.ts';
import { bones, empty, field, problemNote, valueOf } from '../ui/pieces.ts';
import { LAYERS, state } from '../ui/states.ts';
import '../ui/curl.ts';
import '../ui/time.ts';
import { isOfConfig } from './config-parts.ts';

const STEP = 100;
const KINDS: [LayerKind | '', string][] = [['', 'All'], ['fleet', 'Fleet'], ['group', 'Groups'], ['device', 'Devices'], ['actual', 'As it is'], ['staged', 'Rollouts']];

/** Who has values of a registry, layer by layer, and the way to a layer that has none yet. */
class RegistryValues extends Base {
  static override properties = { registry: { attribute: false }, kind: { state: true }, rows: { state: true }, next: { state: true }, problem: { state: true }, where: { state: true }, name: { state: true } };
  declare registry: Registry;
  declare kind: LayerKind | '';
  declare rows: DatabagLine[] | undefined;
  declare next: string | undefined;
  declare problem: Problem | undefined;
  declare where: LayerKind;
  declare name: string;
  #abort = new AbortController();
  /** Somebody who has read on is not thrown back to the first page. */
  #refresh = new Throttle(() => ((this.rows?.length ?? 0) <= STEP ? this.#load() : undefined), 1000);

  constructor() {
    super();
    const asked = query('kind');
    this.kind = KINDS.find(([kind]) => kind === asked)?.[0] ?? '';
    this.where = 'device';
    this.name = '';
  }

  protected override entered(): void {
    this.until(onNames(() => this.requestUpdate()));
    this.until(hub.onEvents((batch) => { if (batch.some(isOfConfig)) this.#refresh.ask(); }));
    this.until(hub.onGap(() => this.#refresh.ask()));
    this.until(() => { this.#abort.abort(); this.#refresh.stop(); });
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('kind')) void this.#load();
  }

  async #load(cursor?: string): Promise<void> {
    this.#abort.abort();
    const abort = new AbortController();
    this.#abort = abort;
    try {
      const page = await config.databags(this.registry, { kind: this.kind, limit: STEP, ...(cursor && { cursor }) }, abort.signal);
      if (abort.signal.aborted) return;
      this.rows = cursor ? [...(this.rows ?? []), ...page.items] : page.items;
      this.next = page.next ?? undefined;
      this.problem = undefined;
    } catch (thrown) {
      if (!abort.signal.aborted) this.problem = Problem.of(thrown);
    }
  }

  protected override render(): TemplateResult {
    const path = `/registries/${encodeURIComponent(this.registry.account)}/${encodeURIComponent(this.registry.name)}/databags`;
    return html`<div class="stack">
      <div class="toolbar"><fieldset class="segments"><legend class="sr">Layer</legend>${KINDS.map(([kind, label]) => html`<label><input type="radio" name="kind" .checked=${this.kind === kind} @change=${() => { this.kind = kind; setQuery({ kind }); }}>${label}</label>`)}</fieldset><span class="grow"></span>
        <m-curl .call=${{ method: 'GET', path, query: { kind: this.kind } }}></m-curl></div>
      ${problemNote(this.problem, () => void this.#load())}
      ${this.rows === undefined ? (this.problem ? nothing : html`<div class="card"><div class="card-body">${bones(6)}</div></div>`)
        : this.rows.length === 0 ? html`<div class="card">${empty('layers', 'No values here yet', 'Values are wished for the fleet, for a group or for one device, the later over the earlier; what a device has, its own programs write.')}</div>` : this.#table(this.rows)}
      ${this.#goTo()}
    </div>`;
  }

  #table(rows: DatabagLine[]): TemplateResult {
    return html`<div class="card scroll" tabindex="0" role="region" aria-label="Databags"><table class="list"><thead><tr><th>Whose</th><th>Layer</th><th class="num">Version</th><th>By</th><th class="num">Changed</th></tr></thead>
      <tbody>${rows.map((each) => html`<tr><td class="break"><a href=${databagLink(this.registry, each.layer)}>${layerWords(each.layer)}</a></td><td>${state(LAYERS, layerOf(each.layer).kind)}</td>
        <td class="num">${each.version}</td><td class="break muted">${each.changedBy ? actorName(each.changedBy) : ''}</td><td class="num"><m-time .at=${each.changedAt}></m-time></td></tr>`)}</tbody></table>
      ${this.next ? html`<div class="earlier"><button class="button" @click=${() => void this.#load(this.next)}>Show more</button></div>` : nothing}</div>`;
  }

  #goTo(): TemplateResult {
    const ready = this.where === 'fleet' || this.name.trim() !== '';
    return html`<section class="card"><div class="card-head"><h2>Go to a layer</h2></div><form class="card-body go-to" @submit=${(event: Event) => { event.preventDefault(); if (ready) go(databagLink(this.registry, this.where === 'fleet' ? 'fleet' : `${this.where}/${this.name.trim()}`)); }}>
      ${field({ label: 'Values of', id: 'v-where' }, html`<select class="input" id="v-where" @change=${(event: Event) => { this.where = valueOf(event) as LayerKind; }}>
        ${([['fleet', 'the whole fleet'], ['group', 'a group'], ['device', 'a device'], ['actual', 'a device, as it is']] as [LayerKind, string][]).map(([kind, label]) => html`<option value=${kind} ?selected=${kind === this.where}>${label}</option>`)}</select>`)}
      ${this.where === 'fleet' ? nothing : field({ label: this.where === 'group' ? 'Group' : 'Device', id: 'v-name' }, html`<input class="input" id="v-name" autocomplete="off" spellcheck="false" placeholder=${this.where === 'group' ? 'site/line' : 'its id'} .value=${this.name} @input=${(event: Event) => { this.name = valueOf(event); }}>`)}
      <button class="button" ?disabled=${!ready}>Go there</button></form></section>`;
  }
}
customElements.define('m-registry-values', RegistryValues);
