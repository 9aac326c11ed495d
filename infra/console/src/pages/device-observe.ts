import { html, nothing, type TemplateResult } from 'lit';
import { api } from '../api/http.ts';
import { observe, type Certificate, type DeviceLinks, type Enrolment, type LinkGroup, type Observed } from '../api/observe.ts';
import type { Device } from '../api/types.ts';
import { KIND_NAMES, KINDS, outwardLink } from '../model/documents.ts';
import { documentLink } from '../routes.ts';
import { Base, Work } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { copy, dialog, note, problemNote } from '../ui/pieces.ts';
import { session } from '../ui/session.ts';
import { CERTIFICATE, state } from '../ui/states.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import '../ui/time.ts';
import './device-certificate.ts';
import './device-enrol.ts';

/** How a device is observed: where to look at it, under which name it is known, its certificate. */
class DeviceObserve extends Base {
  static override properties = { device: { attribute: false }, observed: { attribute: false }, open: { state: true } };
  declare device: Device;
  declare observed: Observed;
  declare open: 'edit' | 'end' | 'sign' | undefined;
  onChanged: () => void = () => {};
  #work = new Work(this);

  protected override render() {
    const { enrolment, certificate, links } = this.observed;
    return html`<div class="stack">${this.#links(links)}${this.#enrolment(enrolment)}${certificate ? this.#certificate(certificate) : nothing}</div>${this.#dialogs()}`;
  }

  #links(links: DeviceLinks): TemplateResult {
    const recordings = outwardLink(links.recordings);
    return html`<section class="card"><div class="card-head"><h2>Look at it</h2></div><div class="card-body"><ul class="stack tight out-links">
      ${this.#group('Grafana', links.grafana)}${this.#group('Foxglove', links.foxglove)}
      <li>${recordings ? html`<a href=${recordings} target="_blank" rel="noopener noreferrer">${icon('outward', 15)}Recordings</a>` : html`<span class="muted">Recordings: no link</span>`}</li>
    </ul></div></section>`;
  }

  /** An application and, below it, the pages of it that this device uses. */
  #group(name: string, group: LinkGroup): TemplateResult {
    const outward = (target: string, label: string): TemplateResult => {
      const href = outwardLink(target);
      return href ? html`<a class="break" href=${href} target="_blank" rel="noopener noreferrer">${icon('outward', 15)}${label}</a>` : html`<span class="muted">${label}: no link</span>`;
    };
    return html`<li class="stack tight">${outward(group.main, name)}
      ${group.documents.length === 0 ? nothing : html`<ul class="stack tight">${group.documents.map((each) => html`<li>${outward(each.target, each.document)}</li>`)}</ul>`}</li>`;
  }

  #enrolment(enrolment: Enrolment): TemplateResult {
    return html`<section class="card"><div class="card-head"><h2>Observation</h2>
      ${session.may('observe-write') ? html`<div class="actions"><button class="button small plain" @click=${() => { this.open = 'edit'; }}>${icon('edit', 14)}Edit<span class="sr"> the enrolment</span></button>
        <button class="button small plain" @click=${() => { this.#work.clear(); this.open = 'end'; }}>${icon('cross', 14)}End<span class="sr"> the enrolment</span></button></div>` : nothing}</div>
      <div class="card-body"><dl class="facts">
        <dt>Uid</dt><dd><code>${enrolment.uid}</code></dd>
        <dt>Address</dt><dd><code>${enrolment.address}</code></dd>
        <dt>SSH key</dt><dd>${enrolment.publicKey ? html`<span class="row"><code class="cut grow" title=${enrolment.publicKey}>${enrolment.publicKey}</code><button type="button" class="button plain small icon" aria-label="Copy the SSH key" @click=${() => copy(enrolment.publicKey, 'SSH key copied')}>${icon('copy', 14)}</button></span>` : html`<span class="muted">none</span>`}</dd>
        ${KIND_NAMES.map((kind) => {
          const uids = enrolment.uses[kind] ?? [];
          return html`<dt>${KINDS[kind].brief}</dt><dd>${uids.length === 0 ? html`<span class="muted">none</span>` : html`<ul>${uids.map((uid) => html`<li><a href=${documentLink(kind, uid)}>${uid}</a></li>`)}</ul>`}</dd>`;
        })}
        ${enrolment.certificate ? nothing : html`<dt>Certificate</dt><dd class="muted">never asked for</dd>`}
        <dt>Enrolled</dt><dd><m-time .at=${enrolment.enrolledAt}></m-time></dd>
      </dl></div></section>`;
  }

  #certificate(certificate: Certificate): TemplateResult {
    const pem = (label: string, text: string): TemplateResult | typeof nothing => text === '' ? nothing : html`<details class="more"><summary>${label}</summary>
      <div class="stack tight"><pre class="code" tabindex="0" aria-label=${label}>${text}</pre><div><button type="button" class="button small" @click=${() => copy(text, `${label} copied`)}>${icon('copy', 14)}Copy</button></div></div></details>`;
    return html`<section class="card"><div class="card-head"><h2>Certificate</h2>${state(CERTIFICATE, certificate.status, true)}
      ${session.may('observe-write') ? html`<div class="actions"><button class="button small ${certificate.status === 'pending' ? 'primary' : 'plain'}" @click=${() => { this.open = 'sign'; }}>${icon('shield', 14)}Decide</button></div>` : nothing}</div>
      <div class="card-body stack"><dl class="facts">
        <dt>Asked for</dt><dd><m-time .at=${certificate.createdAt}></m-time></dd>
        <dt>Changed</dt><dd><m-time .at=${certificate.updatedAt}></m-time></dd>
        ${certificate.expiresAt ? html`<dt>Ends</dt><dd><m-time .at=${certificate.expiresAt}></m-time></dd>` : nothing}
      </dl><div class="stack tight">${pem('Request', certificate.csr)}${pem('Certificate', certificate.certificate)}${pem('Authority', certificate.ca)}${pem('Chain', certificate.chain)}</div></div></section>`;
  }

  #dialogs(): TemplateResult | typeof nothing {
    const close = (): void => { this.open = undefined; };
    const { enrolment, certificate } = this.observed;
    if (this.open === 'edit') return html`<m-device-enrol .device=${this.device} .enrolment=${enrolment} .onClose=${close} .onDone=${() => this.onChanged()}></m-device-enrol>`;
    if (this.open === 'sign' && certificate) return html`<m-device-certificate .certificate=${certificate} .version=${enrolment.version} .onClose=${close} .onDone=${() => this.onChanged()}></m-device-certificate>`;
    if (this.open === 'end') {
      const call = observe.end(enrolment.deviceId, enrolment.version);
      return dialog({
        heading: `Observe ${enrolment.uid} no longer?`, close,
        body: html`${note('warn', this.device.origin === 'enrolment' ? 'It came by its enrolment. Unless it has a token, or speaks another protocol as well, it leaves the fleet with it. Its history is kept.'
          : 'It stays in the fleet. Links, alerts that are rendered for it and its certificate end; the uid is free again.')}${problemNote(this.#work.problem)}`,
        foot: html`<m-curl class="start" .call=${call}></m-curl><button class="button" autofocus @click=${close}>Cancel</button>
          <button class="button solid-danger" ?disabled=${this.#work.busy} @click=${() => this.#work.run(async () => {
            await api.send(call);
            toast(`${enrolment.uid} is observed no longer`);
            close();
            this.onChanged();
          })}>End the enrolment</button>`,
      });
    }
    return nothing;
  }
}
customElements.define('m-device-observe', DeviceObserve);
