import { html, nothing, type TemplateResult } from 'lit';
import { config, type DeviceRegistry } from '../api/config.ts';
import { driftPaths, type WishLine, wishLines } from '../model/config.ts';
import { plural } from '../model/format.ts';
import { layerWords } from '../model/layers.ts';
import { databagLink, registryLink } from '../routes.ts';
import { Base } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { OUTCOME, state } from '../ui/states.ts';
import '../ui/curl.ts';
import '../ui/time.ts';
import { masked, valueText } from './config-parts.ts';

/** What a device should have of each registry, what it has, and where these differ. */
class DeviceConfig extends Base {
  static override properties = { deviceId: {}, registries: { attribute: false } };
  declare deviceId: string;
  declare registries: DeviceRegistry[];

  protected override render(): TemplateResult {
    return html`<section class="card"><div class="card-head"><h2>Configuration</h2></div><div class="card-body flush">${this.registries.map((each) => this.#registry(each))}</div></section>`;
  }

  #registry({ id, wanted, actual }: DeviceRegistry): TemplateResult {
    const drift = driftPaths(wanted, actual);
    const { outcome } = wanted;
    const lines = wishLines(wanted, actual);
    return html`<article class="registry-part">
      <div class="row wrap"><h3 class="grow break"><a href=${registryLink(id)}>${id.account}/${id.name}</a></h3>${this.#standing(actual.version, drift)}
        <a class="small" href=${databagLink(id, `device/${this.deviceId}`)}>its own wishes</a><a class="small" href=${databagLink(id, `actual/${this.deviceId}`)}>as it is</a><m-curl .call=${config.readWanted(id, this.deviceId)}></m-curl></div>
      ${outcome ? html`<p class="small">${state(OUTCOME, outcome.status)} <span class="muted">it said <m-time .at=${outcome.at}></m-time>${outcome.current ? '' : ', of what it should have had then'}</span>${outcome.message ? html` <span class="break">${outcome.message}</span>` : nothing}</p>` : nothing}
      ${lines.length === 0 ? html`<p class="muted small">Nothing is wished for it here.</p>` : this.#table(`${id.account}/${id.name}`, lines, actual.version > 0)}
    </article>`;
  }

  #standing(version: number, drift: string[]): TemplateResult {
    if (version === 0) return html`<span class="state idle pill" title="Its programs have not written what they have">${icon('dashed', 14)}Does not tell</span>`;
    return drift.length === 0 ? html`<span class="state ok pill">${icon('check', 14)}As it should be</span>` : html`<span class="state warn pill">${icon('alert', 14)}Differs at ${plural(drift.length, 'place')}</span>`;
  }

  #table(name: string, lines: WishLine[], tells: boolean): TemplateResult {
    const id = this.registries.find((each) => `${each.id.account}/${each.id.name}` === name)!.id;
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Wishes of ${name}"><table class="list"><thead><tr><th>Path</th><th>Should be</th>${tells ? html`<th>Is</th>` : nothing}<th>Said by</th></tr></thead>
      <tbody>${lines.map((each) => html`<tr class=${each.differs ? 'differs' : ''}><td class="break"><code>${each.path}</code>${each.differs ? html` <span class="state warn">${icon('alert', 14)}<span class="sr">differs</span></span>` : nothing}</td>
        <td class="break">${each.secret ? masked() : each.wanted ? valueText(each.wanted) : nothing}</td>
        ${tells ? html`<td class="break">${each.secret && !each.differs ? masked() : each.has ? valueText(each.has) : html`<span class="muted">nothing</span>`}</td>` : nothing}
        <td>${each.source ? html`<a href=${databagLink(id, each.source)}>${layerWords(each.source)}</a>` : nothing}</td></tr>`)}</tbody></table></div>`;
  }
}
customElements.define('m-device-config', DeviceConfig);
