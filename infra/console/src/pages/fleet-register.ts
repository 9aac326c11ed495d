import { html, nothing } from 'lit';
import { devices } from '../api/devices.ts';
import type { Call } from '../api/call.ts';
import { api } from '../api/http.ts';
import type { Device } from '../api/types.ts';
import { plural } from '../model/format.ts';
import { deviceLink } from '../routes.ts';
import { Base, Work } from '../ui/element.ts';
import '../ui/curl.ts';
import { check, dialog, field, note, problemNote, secretOnce, valueOf } from '../ui/pieces.ts';
import { toast } from '../ui/toasts.ts';

interface Outcome { line: number; id: string; status: 'created' | 'exists' | 'refused'; code?: string; message?: string }

/** Registers one device, or a pasted list of them. */
class Register extends Base {
  static override properties = { many: { state: true }, deviceId: { state: true }, name: { state: true }, group: { state: true }, tags: { state: true }, issueToken: { state: true }, list: { state: true }, made: { state: true }, outcomes: { state: true } };
  declare many: boolean;
  declare deviceId: string;
  declare name: string;
  declare group: string;
  declare tags: string;
  declare issueToken: boolean;
  declare list: string;
  declare made: (Device & { token?: string }) | undefined;
  declare outcomes: Outcome[] | undefined;
  onClose: () => void = () => {};
  onDone: () => void = () => {};
  #work = new Work(this);

  constructor() {
    super();
    this.many = false;
    this.deviceId = this.name = this.group = this.tags = this.list = '';
    this.issueToken = true;
  }

  get #call(): Call | undefined {
    const tags = this.tags.split(/[\s,]+/).filter(Boolean);
    if (this.many) {
      const lines = this.list.split('\n').map((line) => line.trim()).filter(Boolean)
        .map((id) => ({ id, ...(this.group.trim() && { group: this.group.trim() }), ...(tags.length > 0 && { tags }) }));
      return lines.length === 0 ? undefined : devices.registerMany(lines);
    }
    if (this.deviceId.trim() === '') return undefined;
    return devices.register({ id: this.deviceId.trim(), name: this.name.trim(), group: this.group.trim(), ...(tags.length > 0 && { tags }), ...(this.issueToken && { issueToken: true }) });
  }

  protected override render() {
    if (this.made) return this.#done(this.made);
    if (this.outcomes) return this.#list(this.outcomes);
    const text = (key: 'deviceId' | 'name' | 'group' | 'tags', id: string, focus = false) => html`<input class="input" id=${id} autocomplete="off" spellcheck="false" ?autofocus=${focus}
      .value=${this[key]} @input=${(event: Event) => { this[key] = valueOf(event); }}>`;
    return dialog({
      heading: 'Register device',
      close: this.onClose,
      submit: () => void this.#send(),
      body: html`
        <fieldset class="segments"><legend class="sr">How many</legend>
          <label><input type="radio" name="many" .checked=${!this.many} @change=${() => { this.many = false; }}>One device</label>
          <label><input type="radio" name="many" .checked=${this.many} @change=${() => { this.many = true; }}>A list</label></fieldset>
        ${this.many
          ? field({ label: 'Device ids, one a line', id: 'r-list' }, html`<textarea class="input mono" id="r-list" rows="7" spellcheck="false" .value=${this.list} @input=${(event: Event) => { this.list = valueOf(event); }}></textarea>`)
          : html`${field({ label: 'Device id', id: 'r-id', note: 'As the device calls itself, for example its serial number. No spaces or slashes.', fault: this.#work.problem?.at('/id') }, text('deviceId', 'r-id', true))}
            ${field({ label: 'Name', id: 'r-name', optional: true }, text('name', 'r-name'))}`}
        <div class="form-grid">
          ${field({ label: 'Group', id: 'r-group', optional: true }, text('group', 'r-group'))}
          ${field({ label: 'Tags', id: 'r-tags', optional: true, note: 'Separated by spaces' }, text('tags', 'r-tags'))}
        </div>
        ${this.many ? nothing : check('Make a token for it', this.issueToken, (on) => { this.issueToken = on; }, 'The device signs in with it. It is shown once.')}
        ${problemNote(this.#work.problem)}`,
      foot: html`<m-curl class="start" .call=${this.#call}></m-curl>
        <button type="button" class="button" @click=${this.onClose}>Cancel</button>
        <button class="button primary" ?disabled=${!this.#call || this.#work.busy}>Register</button>`,
    });
  }

  #done(made: Device & { token?: string }) {
    return dialog({
      heading: `${made.id} is registered`,
      close: this.onClose,
      body: made.token ? secretOnce(made.token, 'Token') : note('ok', 'It will be shown as online when it is heard for the first time.'),
      foot: html`<a class="button" href=${deviceLink(made.id)}>Open it</a><button class="button primary" @click=${this.onClose}>Done</button>`,
    });
  }

  #list(outcomes: Outcome[]) {
    const of = (status: Outcome['status']): Outcome[] => outcomes.filter((each) => each.status === status);
    const refused = of('refused');
    return dialog({
      heading: 'The list is registered',
      close: this.onClose,
      body: html`${note(refused.length > 0 ? 'warn' : 'ok', `${plural(of('created').length, 'device')} registered, ${of('exists').length} known before, ${refused.length} refused.`)}
        ${refused.length > 0 ? html`<div class="log" tabindex="0" role="region" aria-label="Refused"><ul>${refused.map((each) => html`<li><span>${each.line}</span><span>${each.id ?? ''}</span><span>${each.message ?? each.code}</span></li>`)}</ul></div>` : nothing}`,
      foot: html`<button class="button primary" @click=${this.onClose}>Done</button>`,
    });
  }

  async #send(): Promise<void> {
    const call = this.#call;
    if (!call) return;
    await this.#work.run(async () => {
      if (this.many) {
        this.outcomes = (await api.send<Outcome[]>(call)).data;
      } else {
        this.made = (await api.send<Device & { token?: string }>(call)).data;
        toast(`${this.made.id} registered`);
      }
      this.onDone();
    });
  }
}
customElements.define('m-register', Register);
