import { html } from 'lit';
import { releases } from '../api/devices.ts';
import type { Release } from '../api/types.ts';
import { Base, Resource } from './element.ts';
import { field, problemNote, valueOf } from './pieces.ts';

/** `<m-release-pick .onPick=${…}>`: one of the valid releases on the shelf. */
class ReleasePick extends Base {
  static override properties = { value: {}, label: {}, inputId: {} };
  declare value: string;
  declare label: string | undefined;
  declare inputId: string | undefined;
  onPick: (id: string, release: Release) => void = () => {};
  #list = new Resource<Release[]>(this, (signal) => releases.list(undefined, signal));

  constructor() {
    super();
    this.value = '';
  }

  protected override entered(): void {
    void this.#list.load().then(() => {
      const preset = this.#list.value?.find((each) => each.id === this.value);
      if (preset) this.onPick(preset.id, preset);
    });
  }

  protected override render() {
    const id = this.inputId ?? 'release';
    const valid = this.#list.value?.filter((each) => each.valid) ?? [];
    return html`${field({ label: this.label ?? 'Release', id, note: this.#list.value && valid.length === 0 ? html`There is no release yet. <a href="/software">Upload one</a> first.` : undefined },
      html`<select class="input" id=${id} .value=${this.value} @change=${(event: Event) => {
        this.value = valueOf(event);
        const release = valid.find((each) => each.id === this.value);
        if (release) this.onPick(this.value, release);
      }}>
        <option value="" ?selected=${this.value === ''}>${this.#list.loading ? 'Loading…' : 'Choose a release'}</option>
        ${valid.map((each) => html`<option value=${each.id} ?selected=${each.id === this.value}>${each.name} ${each.version}</option>`)}
      </select>`)}
      ${problemNote(this.#list.problem, () => void this.#list.load())}`;
  }
}
customElements.define('m-release-pick', ReleasePick);
