import { html, nothing } from 'lit';
import { config, type Id } from '../api/config.ts';
import { api } from '../api/http.ts';
import { documentId, EXAMPLE } from '../model/config.ts';
import { registryLink } from '../routes.ts';
import { Base, Work } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { go } from '../ui/navigation.ts';
import { note, problemNote } from '../ui/pieces.ts';
import { session } from '../ui/session.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import './schema-editor.ts';

/** Defines a registry from a text that is typed, pasted, or dropped as a file. */
class RegistryNew extends Base {
  static override properties = { text: { state: true }, fits: { state: true }, over: { state: true } };
  declare text: string;
  declare fits: boolean;
  declare over: boolean;
  #work = new Work(this);

  constructor() {
    super();
    this.text = '';
    this.fits = false;
    this.over = false;
  }

  protected override entered(): void {
    const leave = (event: BeforeUnloadEvent): void => { if (this.text.trim() !== '') event.preventDefault(); };
    window.addEventListener('beforeunload', leave);
    this.until(() => window.removeEventListener('beforeunload', leave));
  }

  protected override render() {
    const id = documentId(this.text);
    const call = this.fits ? config.define(this.text) : undefined;
    return html`<div class="page" @dragover=${(event: DragEvent) => { event.preventDefault(); this.over = true; }} @dragleave=${(event: DragEvent) => { if (event.relatedTarget === null || !this.contains(event.relatedTarget as Node)) this.over = false; }} @drop=${this.#dropped}>
      <div class="page-head"><div><div class="crumb"><a href="/config">Registries</a></div><h1>New registry</h1></div>
        <div class="actions"><label class="button">${icon('up')}Take a file<input class="sr" type="file" @change=${this.#chosen}></label>
          <button class="button" ?disabled=${this.text.trim() !== ''} @click=${() => { this.text = EXAMPLE; }}>${icon('file')}Begin with an example</button></div></div>
      ${this.over ? html`<div class="drop over">${icon('up', 26)}<b>Drop it here</b>You see what is wrong with it before anything is defined.</div>` : nothing}
      ${session.may('config-admin') ? html`<section class="card"><form class="card-body form lab-form" @submit=${(event: Event) => { event.preventDefault(); if (call) void this.#define(call); }}>
        <m-schema-editor .text=${this.text} .onText=${(text: string) => { this.text = text; }} .onFits=${(fits: boolean) => { this.fits = fits; }}></m-schema-editor>
        ${problemNote(this.#work.problem)}
        <div class="form-foot"><button class="button primary" ?disabled=${!call || this.#work.busy}>${id ? `Define ${id.account}/${id.name}` : 'Define'}</button><a class="button" href="/config">Cancel</a><span class="grow"></span><m-curl .call=${call}></m-curl>
          <p class="muted small foot-note">A registry of this account and name that is there already gets this schema. <a href="/docs/registry-schemas" target="_blank" rel="noopener">The language</a></p></div>
      </form></section>` : note('info', 'Only administrators of configuration define registries.')}
    </div>`;
  }

  async #define(call: ReturnType<typeof config.define>): Promise<void> {
    await this.#work.run(async () => {
      const { data, status } = await api.send<Id>(call);
      toast(status === 201 ? `${data.account}/${data.name} is defined` : `${data.account}/${data.name} has this schema now`);
      this.text = '';
      go(registryLink(data));
    });
  }

  #chosen = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    void this.#take(input.files?.[0]);
    input.value = '';
  };

  #dropped = (event: DragEvent): void => {
    event.preventDefault();
    this.over = false;
    void this.#take(event.dataTransfer?.files[0]);
  };

  async #take(file: File | undefined): Promise<void> {
    if (!file) return;
    try {
      this.text = await file.text();
    } catch {
      toast(`${file.name} cannot be read`, 'bad');
    }
  }
}
customElements.define('page-registry-new', RegistryNew);
