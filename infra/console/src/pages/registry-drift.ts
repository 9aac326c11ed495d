import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { config, type DriftLine, type Registry } from '../api/config.ts';
import { Problem } from '../api/problem.ts';
import { Throttle } from '../live/frames.ts';
import { hub } from '../live/hub.ts';
import { plural } from '../model/format.ts';
import { databagLink, deviceLink } from '../routes.ts';
import { Base } from '../ui/element.ts';
import { bones, empty, problemNote } from '../ui/pieces.ts';
import '../ui/curl.ts';
import '../ui/time.ts';
import { isOfConfig } from './config-parts.ts';

const STEP = 100;
const PATHS_SHOWN = 6;

/** Devices that do not have what they should. */
class RegistryDrift extends Base {
  static override properties = { registry: { attribute: false }, rows: { state: true }, next: { state: true }, total: { state: true }, problem: { state: true } };
  declare registry: Registry;
  declare rows: DriftLine[] | undefined;
  declare next: string | undefined;
  declare total: number;
  declare problem: Problem | undefined;
  #abort = new AbortController();
  #refresh = new Throttle(() => ((this.rows?.length ?? 0) <= STEP ? this.#load() : undefined), 1000);

  protected override entered(): void {
    this.until(hub.onEvents((batch) => { if (batch.some((event) => isOfConfig(event) || /\.registry\.device-(grouped|decommissioned|registered)/.test(event.type))) this.#refresh.ask(); }));
    this.until(hub.onGap(() => this.#refresh.ask()));
    this.until(() => { this.#abort.abort(); this.#refresh.stop(); });
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    void this.#load();
  }

  async #load(cursor?: string): Promise<void> {
    this.#abort.abort();
    const abort = new AbortController();
    this.#abort = abort;
    try {
      const page = await config.drift(this.registry, { limit: STEP, ...(cursor && { cursor }) }, abort.signal);
      if (abort.signal.aborted) return;
      this.rows = cursor ? [...(this.rows ?? []), ...page.items] : page.items;
      this.next = page.next ?? undefined;
      this.total = page.total;
      this.problem = undefined;
    } catch (thrown) {
      if (!abort.signal.aborted) this.problem = Problem.of(thrown);
    }
  }

  protected override render(): TemplateResult {
    const path = `/registries/${encodeURIComponent(this.registry.account)}/${encodeURIComponent(this.registry.name)}/drift`;
    return html`<div class="stack">
      <div class="toolbar"><span class="muted" role="status">${this.rows ? `${plural(this.total, 'device')} ${this.total === 1 ? 'does' : 'do'} not have what ${this.total === 1 ? 'it' : 'they'} should` : ''}</span><span class="grow"></span><m-curl .call=${{ method: 'GET', path }}></m-curl></div>
      ${problemNote(this.problem, () => void this.#load())}
      ${this.rows === undefined ? (this.problem ? nothing : html`<div class="card"><div class="card-body">${bones(6)}</div></div>`)
        : this.rows.length === 0 ? html`<div class="card">${empty('done', 'No device differs', 'Only devices that tell what they have can differ from what they should have. Secrets are not compared.')}</div>` : this.#table(this.rows)}
    </div>`;
  }

  #table(rows: DriftLine[]): TemplateResult {
    return html`<div class="card scroll" tabindex="0" role="region" aria-label="Devices that differ"><table class="list"><thead><tr><th>Device</th><th>Differs at</th><th><span class="sr">Its layers</span></th><th class="num">Since</th></tr></thead>
      <tbody>${rows.map((each) => html`<tr><td class="break"><a href=${deviceLink(each.device)}>${each.device}</a></td>
        <td class="break"><span class="tags">${each.paths.slice(0, PATHS_SHOWN).map((path) => html`<code class="tag">${path}</code>`)}${each.paths.length > PATHS_SHOWN ? html`<span class="muted small">and ${each.paths.length - PATHS_SHOWN} more</span>` : nothing}</span></td>
        <td class="nowrap"><a href=${databagLink(this.registry, `device/${each.device}`)}>wished<span class="sr"> for ${each.device}</span></a> · <a href=${databagLink(this.registry, `actual/${each.device}`)}>as it is<span class="sr"> on ${each.device}</span></a></td>
        <td class="num"><m-time .at=${each.since}></m-time></td></tr>`)}</tbody></table>
      ${this.next ? html`<div class="earlier"><button class="button" @click=${() => void this.#load(this.next)}>Show more</button></div>` : nothing}</div>`;
  }
}
customElements.define('m-registry-drift', RegistryDrift);
