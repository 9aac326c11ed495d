import { html, nothing } from 'lit';
import { apps, type Face } from '../api/apps.ts';
import { api } from '../api/http.ts';
import { nameFault } from '../model/apps.ts';
import { appLink } from '../routes.ts';
import { Base, Work } from '../ui/element.ts';
import { go } from '../ui/navigation.ts';
import { field, note, problemNote, valueOf } from '../ui/pieces.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import './app-face.ts';
import { mayWriteApps } from './app-parts.ts';

/** Makes an app. Its name is for good: images, containers and tunnels carry it. */
class AppNew extends Base {
  static override properties = { appName: { state: true }, face: { state: true } };
  declare appName: string;
  declare face: Face | undefined;
  #work = new Work(this);

  constructor() {
    super();
    this.appName = '';
  }

  protected override render() {
    const fault = this.appName === '' ? undefined : nameFault(this.appName);
    const call = this.face && this.appName !== '' && !fault ? apps.create(this.appName, this.face) : undefined;
    return html`<div class="page narrow">
      <div class="page-head"><div><div class="crumb"><a href="/apps">Apps</a></div><h1>New app</h1></div></div>
      ${mayWriteApps() ? html`<section class="card"><form class="card-body form lab-form" novalidate @submit=${(event: Event) => {
        event.preventDefault();
        if (call) void this.#work.run(async () => {
          await api.send(call);
          toast(`${this.appName} is in the catalogue`);
          go(appLink(this.appName));
        });
      }}>
        ${field({ label: 'Name', id: 'n-name', fault, note: 'Lower-case letters, digits and single dashes. It never changes.' }, html`<input class="input mono" id="n-name" autocomplete="off" autocapitalize="off" spellcheck="false" aria-invalid=${fault ? 'true' : nothing} .value=${this.appName} @input=${(event: Event) => { this.appName = valueOf(event).trim(); }}>`)}
        <m-app-face .onFace=${(face: Face | undefined) => { this.face = face; }}></m-app-face>
        ${problemNote(this.#work.problem)}
        <div class="form-foot"><button class="button primary" ?disabled=${!call || this.#work.busy}>Make the app</button><a class="button" href="/apps">Cancel</a><span class="grow"></span><m-curl .call=${call}></m-curl></div>
      </form></section>` : note('info', 'Only who may write apps makes one.')}
    </div>`;
  }
}
customElements.define('page-app-new', AppNew);
