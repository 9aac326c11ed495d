import { html, nothing } from 'lit';
import { api } from '../api/http.ts';
import { observe, type Certificate, type Decision } from '../api/observe.ts';
import { chained, pemFault } from '../model/documents.ts';
import { Base, Work } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { copy, dialog, field, note, problemNote, valueOf } from '../ui/pieces.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';

type Text = 'own' | 'ca' | 'chain';

/** A signer's word on a certificate request: the signed certificate is pasted, or the request is denied. */
class DeviceCertificate extends Base {
  static override properties = { certificate: { attribute: false }, version: { type: Number }, verdict: { state: true }, own: { state: true }, ca: { state: true }, chain: { state: true } };
  declare certificate: Certificate;
  declare version: number;
  declare verdict: 'signed' | 'denied';
  declare own: string;
  declare ca: string;
  declare chain: string;
  onClose: () => void = () => {};
  onDone: () => void = () => {};
  #work = new Work(this);
  /** As it was when the dialog opened: a new request meanwhile is not what was signed. */
  #version: number | undefined;

  constructor() {
    super();
    this.verdict = 'signed';
    this.own = '';
    this.ca = '';
    this.chain = '';
  }

  protected override willUpdate(): void {
    this.#version ??= this.version;
  }

  get #decision(): Decision | undefined {
    if (this.verdict === 'denied') return { status: 'denied' };
    if (this.own.trim() === '' || [this.own, this.ca, this.chain].some((each) => pemFault(each) !== undefined)) return undefined;
    const ca = this.ca.trim();
    return { status: 'signed', certificate: chained(this.own), ...(ca && { ca: chained(ca) }), chain: this.chain.trim() ? chained(this.chain) : chained(this.own, ca) };
  }

  protected override render() {
    const decision = this.#decision;
    const call = decision && observe.decide(this.certificate.deviceId, this.#version!, decision);
    const choice = (value: 'signed' | 'denied', label: string) => html`<label><input type="radio" name="verdict" .checked=${this.verdict === value} @change=${() => { this.verdict = value; }}>${label}</label>`;
    const area = (key: Text, id: string, rows: number) => html`<textarea class="input mono" id=${id} rows=${rows} spellcheck="false" autocomplete="off" placeholder="-----BEGIN CERTIFICATE-----" aria-describedby="${id}-note" .value=${this[key]} @input=${(event: Event) => { this[key] = valueOf(event); }}></textarea>`;
    return dialog({
      heading: 'Decide on the certificate',
      wide: true,
      close: this.onClose,
      submit: () => {
        if (call) void this.#work.run(async () => {
          await api.send(call);
          toast(this.verdict === 'signed' ? 'Certificate handed over' : 'Request denied');
          this.onDone();
          this.onClose();
        });
      },
      body: html`
        <fieldset class="segments"><legend class="sr">Decision</legend>${choice('signed', 'Signed')}${choice('denied', 'Denied')}</fieldset>
        ${this.verdict === 'denied' ? note('info', 'The device is told. It may ask again.') : html`
          <div class="row wrap"><span class="grow">Sign the request with your authority, then paste what came out.</span><button type="button" class="button small" @click=${() => copy(this.certificate.csr, 'Request copied')}>${icon('copy', 14)}Copy the request</button></div>
          ${field({ label: 'Certificate of the device', id: 'c-own', fault: pemFault(this.own), note: 'In PEM.' }, area('own', 'c-own', 5))}
          ${field({ label: 'Certificate of the authority', id: 'c-ca', optional: true, fault: pemFault(this.ca), note: 'In PEM.' }, area('ca', 'c-ca', 4))}
          ${field({ label: 'Chain', id: 'c-chain', optional: true, fault: pemFault(this.chain), note: 'What the device gets. Left empty: its certificate, then that of the authority.' }, area('chain', 'c-chain', 3))}`}
        ${problemNote(this.#work.problem)}
        ${this.#work.problem?.status === 412 ? note('info', 'The request or the enrolment has changed. Close this, look at it again, and sign the newest request.') : nothing}`,
      foot: html`<m-curl class="start" .call=${call}></m-curl><button type="button" class="button" @click=${this.onClose}>Cancel</button>
        <button class="button ${this.verdict === 'denied' ? 'solid-danger' : 'primary'}" ?disabled=${!call || this.#work.busy}>${this.verdict === 'denied' ? 'Deny' : 'Hand it over'}</button>`,
    });
  }
}
customElements.define('m-device-certificate', DeviceCertificate);
