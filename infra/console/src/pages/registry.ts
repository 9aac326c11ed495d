import { html, nothing, type TemplateResult } from 'lit';
import { config, type Registry, type RegistryView } from '../api/config.ts';
import { Throttle } from '../live/frames.ts';
import { hub } from '../live/hub.ts';
import { count, plural } from '../model/format.ts';
import type { RegistryTab } from '../routes.ts';
import { Base, Resource } from '../ui/element.ts';
import { actorName, onNames } from '../ui/names.ts';
import { bones, problemNote } from '../ui/pieces.ts';
import { ACCESS, state } from '../ui/states.ts';
import '../ui/curl.ts';
import '../ui/time.ts';
import { isOfConfig, registryTabs, splitId } from './config-parts.ts';
import './config-rollouts.ts';
import './registry-drift.ts';
import './registry-schema.ts';
import './registry-values.ts';

/** One registry: what it lets be seen and written, who has values, who differs, what is being rolled out, its schema. */
class RegistryPage extends Base {
  static override properties = { path: {}, tab: {} };
  declare path: string;
  declare tab: RegistryTab;
  #registry = new Resource<Registry>(this, (signal) => config.one(splitId(this.path).id, signal));
  #refresh = new Throttle(() => this.#registry.load(), 600);

  protected override entered(): void {
    void this.#registry.load();
    this.until(onNames(() => this.requestUpdate()));
    const subject = `registries/${this.path}`;
    this.until(hub.onEvents((batch) => { if (batch.some((event) => event.subject === subject && isOfConfig(event))) this.#refresh.ask(); }));
    this.until(hub.onGap(() => this.#refresh.ask()));
    this.until(() => this.#refresh.stop());
  }

  protected override render() {
    const { id } = splitId(this.path);
    const registry = this.#registry.value;
    return html`<div class="page">
      <div class="page-head"><div><div class="crumb"><a href="/config">Registries</a></div><h1>${id.name}</h1></div>
        ${registry ? html`<span class="sub break">${registry.summary || id.account}</span>` : nothing}
        <div class="actions"><m-curl .call=${{ method: 'GET', path: `/registries/${encodeURIComponent(id.account)}/${encodeURIComponent(id.name)}` }}></m-curl></div></div>
      ${registryTabs(id, this.tab)}
      ${problemNote(this.#registry.problem, () => void this.#registry.load())}
      ${registry ? this.#part(registry) : this.#registry.problem ? nothing : html`<div class="card"><div class="card-body">${bones(8)}</div></div>`}
    </div>`;
  }

  #part(registry: Registry): TemplateResult {
    switch (this.tab) {
      case 'values': return html`<m-registry-values .registry=${registry}></m-registry-values>`;
      case 'drift': return html`<m-registry-drift .registry=${registry}></m-registry-drift>`;
      case 'rollouts': return html`<m-config-rollouts .registry=${registry}></m-config-rollouts>`;
      case 'schema': return html`<m-registry-schema .registry=${registry} .onSaved=${() => void this.#registry.load()}></m-registry-schema>`;
      default: return this.#views(registry);
    }
  }

  #views(registry: Registry): TemplateResult {
    return html`<div class="columns"><div class="stack">${registry.views.map((view) => this.#view(view))}</div>
      <section class="card"><div class="card-head"><h2>About</h2></div><div class="card-body"><dl class="facts">
        <dt>Account</dt><dd><code>${registry.account}</code></dd>
        <dt>Name</dt><dd><code>${registry.name}</code></dd>
        ${registry.summary ? html`<dt>Summary</dt><dd>${registry.summary}</dd>` : nothing}
        <dt>Generation</dt><dd>${registry.profile}</dd>
        <dt>Revision</dt><dd>${registry.revision}</dd>
        <dt>Views</dt><dd>${plural(registry.views.length, 'view')}</dd>
        <dt>Databags</dt><dd>${count(registry.databags)}</dd>
        <dt>Changed</dt><dd><m-time .at=${registry.changedAt}></m-time>${registry.changedBy ? html` <span class="muted">by ${actorName(registry.changedBy)}</span>` : nothing}</dd>
      </dl></div></section></div>`;
  }

  #view(view: RegistryView): TemplateResult {
    return html`<section class="card"><div class="card-head"><h2>${view.name}</h2>${view.summary ? html`<span class="muted break">${view.summary}</span>` : nothing}</div>
      <div class="scroll" tabindex="0" role="region" aria-label="Rules of ${view.name}"><table class="list rules"><thead><tr><th>Request</th><th>Storage</th><th>Access</th></tr></thead>
      <tbody>${view.rules.map((rule) => html`<tr><td><code>${rule.request}</code></td><td><code>${rule.storage}</code></td><td>${state(ACCESS, rule.access)}</td></tr>`)}</tbody></table></div></section>`;
  }
}
customElements.define('page-registry', RegistryPage);
