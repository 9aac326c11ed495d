import { html, nothing, type PropertyValues } from 'lit';
import { devices } from '../api/devices.ts';
import { api } from '../api/http.ts';
import type { Device } from '../api/types.ts';
import { Base, Work } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { dialog, field, note, problemNote, valueOf } from '../ui/pieces.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';

/** Changes what operators own of a device. Only what was changed is sent, and only onto the version that was seen. */
class DeviceEdit extends Base {
  static override properties = { device: { attribute: false }, etag: {}, name: { state: true }, group: { state: true }, tags: { state: true }, metadata: { state: true } };
  declare device: Device;
  declare etag: string;
  declare name: string;
  declare group: string;
  declare tags: string;
  declare metadata: { key: string; value: string }[];
  onClose: () => void = () => {};
  onSaved: () => void = () => {};
  #work = new Work(this);
  #etag = '';
  #before: Device | undefined;

  protected override willUpdate(_changed: PropertyValues): void {
    // The device may change behind the dialog; what is typed here stays, and the save is refused with 412.
    if (this.#before) return;
    this.#begin();
  }

  #begin(): void {
    this.#before = this.device;
    this.#etag = this.etag;
    this.name = this.device.name;
    this.group = this.device.group ?? '';
    this.tags = this.device.tags.join(' ');
    this.metadata = Object.entries(this.device.metadata).map(([key, value]) => ({ key, value }));
  }

  /** The members that differ from what was seen. */
  get #changes() {
    const before = this.#before!;
    const tags = [...new Set(this.tags.split(/[\s,]+/).filter(Boolean))];
    const wanted = Object.fromEntries(this.metadata.filter(({ key }) => key.trim() !== '').map(({ key, value }) => [key.trim(), value]));
    const metadata: Record<string, string | null> = {};
    for (const [key, value] of Object.entries(wanted)) if (before.metadata[key] !== value) metadata[key] = value;
    for (const key of Object.keys(before.metadata)) if (!(key in wanted)) metadata[key] = null;
    return {
      ...(this.name.trim() !== before.name && { name: this.name.trim() }),
      ...(this.group.trim() !== (before.group ?? '') && { group: this.group.trim() }),
      ...(tags.join(' ') !== before.tags.join(' ') && { tags }),
      ...(Object.keys(metadata).length > 0 && { metadata }),
    };
  }

  protected override render() {
    const changes = this.#changes;
    const changed = Object.keys(changes).length > 0;
    const call = changed ? devices.change(this.device.id, this.#etag, changes) : undefined;
    const lost = this.#work.problem?.status === 412;
    const text = (key: 'name' | 'group' | 'tags', id: string) => html`<input class="input" id=${id} autocomplete="off" spellcheck="false" .value=${this[key]} @input=${(event: Event) => { this[key] = valueOf(event); }}>`;
    return dialog({
      heading: `Edit ${this.device.id}`,
      close: this.onClose,
      submit: () => {
        if (!call) return this.onClose();
        void this.#work.run(async () => {
          await api.send(call);
          toast('Saved');
          this.onSaved();
          this.onClose();
        });
      },
      body: html`
        <div class="form-grid">${field({ label: 'Name', id: 'e-name', fault: this.#work.problem?.at('/name') }, text('name', 'e-name'))}
          ${field({ label: 'Group', id: 'e-group', fault: this.#work.problem?.at('/group') }, text('group', 'e-group'))}</div>
        ${field({ label: 'Tags', id: 'e-tags', note: 'Separated by spaces', fault: this.#work.problem?.at('/tags') }, text('tags', 'e-tags'))}
        <fieldset class="stack tight"><legend class="label">Metadata</legend>
          ${this.metadata.map((each, i) => html`<div class="row">
            <input class="input mono" aria-label="Key ${i + 1}" placeholder="key" autocomplete="off" spellcheck="false" .value=${each.key} @input=${(event: Event) => this.#set(i, { key: valueOf(event) })}>
            <input class="input" aria-label="Value ${i + 1}" placeholder="value" autocomplete="off" .value=${each.value} @input=${(event: Event) => this.#set(i, { value: valueOf(event) })}>
            <button type="button" class="button plain icon small" aria-label="Remove ${each.key || 'this entry'}" @click=${() => { this.metadata = this.metadata.filter((_, j) => j !== i); }}>${icon('trash', 14)}</button></div>`)}
          <div><button type="button" class="button small" @click=${() => { this.metadata = [...this.metadata, { key: '', value: '' }]; }}>${icon('plus', 14)}Add an entry</button></div>
        </fieldset>
        ${problemNote(this.#work.problem)}
        ${lost ? note('info', html`<button type="button" class="button small" @click=${() => { this.#begin(); this.#work.clear(); }}>${icon('refresh', 14)}Start again from the newest state</button>`) : nothing}`,
      foot: html`<m-curl class="start" .call=${call}></m-curl><button type="button" class="button" @click=${this.onClose}>Cancel</button>
        <button class="button primary" ?disabled=${!changed || this.#work.busy}>Save</button>`,
    });
  }

  #set(index: number, part: Partial<{ key: string; value: string }>): void {
    this.metadata = this.metadata.map((each, i) => (i === index ? { ...each, ...part } : each));
  }
}
customElements.define('m-device-edit', DeviceEdit);
