import { html, nothing } from 'lit';
import { api } from '../api/http.ts';
import { observe, type Doc, type Enrolment, type EnrolmentBody } from '../api/observe.ts';
import type { Device, Page } from '../api/types.ts';
import { type DocumentKind, KIND_NAMES, KINDS, uidFault } from '../model/documents.ts';
import { Base, Resource, Work } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { bones, check, dialog, field, note, problemNote, valueOf } from '../ui/pieces.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';

type Uses = Record<DocumentKind, string[]>;

/** Enrols a device for observation, or changes how it is enrolled; only what was changed is sent. */
class DeviceEnrol extends Base {
  static override properties = { device: { attribute: false }, enrolment: { attribute: false }, uid: { state: true }, address: { state: true }, publicKey: { state: true }, uses: { state: true } };
  declare device: Device;
  declare enrolment: Enrolment | undefined;
  declare uid: string;
  declare address: string;
  declare publicKey: string;
  declare uses: Uses;
  onClose: () => void = () => {};
  onDone: () => void = () => {};
  #work = new Work(this);
  #before: Enrolment | undefined;
  #begun = false;

  protected override willUpdate(): void {
    // What changes behind the dialog does not touch what is typed; the save is refused with 412 then.
    if (!this.#begun) this.#begin();
  }

  #begin(): void {
    this.#begun = true;
    this.#before = this.enrolment;
    this.uid = this.enrolment?.uid ?? (uidFault(this.device.id) === undefined ? this.device.id : '');
    this.address = this.enrolment?.address ?? this.device.address ?? '';
    this.publicKey = this.enrolment?.publicKey ?? '';
    this.uses = Object.fromEntries(KIND_NAMES.map((kind) => [kind, [...(this.enrolment?.uses[kind] ?? [])]])) as Uses;
  }

  /** The members that differ from what was seen. */
  #changes(before: Enrolment): EnrolmentBody {
    const same = (a: string[], b: string[]): boolean => a.length === b.length && a.every((each) => b.includes(each));
    const uses = Object.fromEntries(KIND_NAMES.filter((kind) => !same(this.uses[kind], before.uses[kind] ?? [])).map((kind) => [kind, this.uses[kind]]));
    return {
      ...(this.uid !== before.uid && { uid: this.uid }),
      ...(this.address.trim() !== before.address && { address: this.address.trim() }),
      ...(this.publicKey.trim() !== before.publicKey.trim() && { publicKey: this.publicKey.trim() }),
      ...(Object.keys(uses).length > 0 && { uses }),
    };
  }

  protected override render() {
    const problem = this.#work.problem;
    const fault = this.uid === '' ? undefined : uidFault(this.uid);
    const secret = /PRIVATE KEY/.test(this.publicKey) ? 'This is a private key. It is not sent: keep it to yourself.' : undefined;
    const sound = this.uid !== '' && !fault && !secret && this.address.trim() !== '';
    const call = !sound ? undefined : this.#before ? this.#change(this.#before)
      : observe.enrol(this.device.id, { uid: this.uid, address: this.address.trim(), publicKey: this.publicKey.trim(), uses: this.uses });
    return dialog({
      heading: this.#before ? `Edit how ${this.device.id} is observed` : `Enrol ${this.device.id} for observation`,
      close: this.onClose,
      submit: () => {
        if (call) void this.#work.run(async () => {
          await api.send(call);
          toast(this.#before ? 'Saved' : `${this.uid} is enrolled`);
          this.onDone();
          this.onClose();
        });
      },
      body: html`
        <div class="form-grid">${field({ label: 'Uid', id: 'n-uid', fault: fault ?? problem?.at('/uid'), note: this.#before ? 'Another uid renames it; it stays the same device.' : 'The name that dashboards and alerts know it by.' }, html`<input class="input mono" id="n-uid" autocomplete="off" spellcheck="false" aria-describedby="n-uid-note" .value=${this.uid} @input=${(event: Event) => { this.uid = valueOf(event); }}>`)}
          ${field({ label: 'Address', id: 'n-address', fault: problem?.at('/address'), note: 'IPv4 or IPv6, as those who observe it reach it.' }, html`<input class="input mono" id="n-address" autocomplete="off" spellcheck="false" aria-describedby="n-address-note" .value=${this.address} @input=${(event: Event) => { this.address = valueOf(event); }}>`)}</div>
        ${field({ label: 'SSH public key', id: 'n-key', optional: true, fault: secret ?? problem?.at('/publicKey') }, html`<textarea class="input mono" id="n-key" rows="3" autocomplete="off" spellcheck="false" placeholder="ssh-ed25519 AAAA…" .value=${this.publicKey} @input=${(event: Event) => { this.publicKey = valueOf(event); }}></textarea>`)}
        <fieldset class="stack tight"><legend class="label">Uses</legend>${KIND_NAMES.map((kind) => html`<m-document-pick .kind=${kind} .chosen=${this.uses[kind]} .onChosen=${(chosen: string[]) => { this.uses = { ...this.uses, [kind]: chosen }; }}></m-document-pick>`)}</fieldset>
        ${problemNote(problem)}
        ${problem?.status === 412 ? note('info', html`<button type="button" class="button small" @click=${() => { this.#begin(); this.#work.clear(); }}>${icon('refresh', 14)}Start again from the newest state</button>`) : nothing}`,
      foot: html`<m-curl class="start" .call=${call}></m-curl><button type="button" class="button" @click=${this.onClose}>Cancel</button>
        <button class="button primary" ?disabled=${!call || this.#work.busy}>${this.#before ? 'Save' : 'Enrol'}</button>`,
    });
  }

  #change(before: Enrolment) {
    const changes = this.#changes(before);
    return Object.keys(changes).length > 0 ? observe.change(this.device.id, before.version, changes) : undefined;
  }
}
customElements.define('m-device-enrol', DeviceEnrol);

const SHOWN = 100;

/** Which documents of one kind a device uses; folded, with how many are chosen. They are read when it is opened. */
class DocumentPick extends Base {
  static override properties = { kind: {}, chosen: { attribute: false }, q: { state: true } };
  declare kind: DocumentKind;
  declare chosen: string[];
  declare q: string;
  onChosen: (chosen: string[]) => void = () => {};
  #list = new Resource<Page<Doc>>(this, (signal) => observe.list(this.kind, { q: this.q, limit: SHOWN }, signal));
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.q = '';
  }

  protected override entered(): void {
    this.until(() => clearTimeout(this.#timer));
  }

  protected override render() {
    const page = this.#list.value;
    const found = page?.items.map((each) => each.uid) ?? [];
    // What is chosen stays in sight, also when a search does not find it.
    const uids = [...this.chosen.filter((each) => !found.includes(each)), ...found];
    return html`<details class="more pick" @toggle=${(event: Event) => { if ((event.target as HTMLDetailsElement).open && page === undefined) void this.#list.load(); }}>
      <summary>${KINDS[this.kind].many} <span class="muted">${this.chosen.length === 0 ? 'none' : this.chosen.length}</span></summary>
      <div class="stack tight">
        ${page?.next || this.q ? html`<input class="input" type="search" aria-label="Search ${KINDS[this.kind].many}" placeholder="Search by uid" .value=${this.q} @input=${this.#typed}>` : nothing}
        ${problemNote(this.#list.problem, () => void this.#list.load())}
        ${page === undefined ? (this.#list.problem ? nothing : bones(2)) : uids.length === 0 ? html`<p class="muted small">There are none.</p>`
          : html`<div class="stack tight pick-list">${uids.map((uid) => check(uid, this.chosen.includes(uid), (on) => this.onChosen(on ? [...this.chosen, uid] : this.chosen.filter((each) => each !== uid))))}</div>`}
      </div></details>`;
  }

  #typed = (event: Event): void => {
    this.q = valueOf(event);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#list.load(), 200);
  };
}
customElements.define('m-document-pick', DocumentPick);
