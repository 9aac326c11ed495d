import { html, nothing, type TemplateResult } from 'lit';
import { apps, type AppView } from '../api/apps.ts';
import { api } from '../api/http.ts';
import { Throttle } from '../live/frames.ts';
import { hub } from '../live/hub.ts';
import type { AppTab } from '../routes.ts';
import { Base, Resource, Work } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { go } from '../ui/navigation.ts';
import { bones, dialog, note, problemNote } from '../ui/pieces.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import '../ui/menu.ts';
import './app-definition.ts';
import './app-installations.ts';
import { appTabs, mayWriteApps } from './app-parts.ts';
import './app-places.ts';
import './app-releases.ts';
import './app-rollouts.ts';

/** One app: its releases, where it is wanted, how it stands on devices, what is being rolled out, what it is. */
class AppPage extends Base {
  static override properties = { appName: {}, tab: {}, removing: { state: true } };
  declare appName: string;
  declare tab: AppTab;
  declare removing: boolean;
  #app = new Resource<AppView>(this, (signal) => apps.one(this.appName, signal));
  #work = new Work(this);
  #refresh = new Throttle(() => this.#app.load(), 500);

  protected override entered(): void {
    void this.#app.load();
    const subject = `apps/${this.appName}`;
    this.until(hub.onEvents((batch) => { if (batch.some((event) => event.subject === subject)) this.#refresh.ask(); }));
    this.until(hub.onGap(() => this.#refresh.ask()));
    this.until(() => this.#refresh.stop());
  }

  protected override render() {
    const app = this.#app.value;
    return html`<div class="page">
      <div class="page-head"><div><div class="crumb"><a href="/apps">Apps</a></div><h1>${this.appName}</h1></div>
        ${app?.description ? html`<span class="sub break first-line">${app.description.split('\n')[0]}</span>` : nothing}
        <div class="actions"><m-curl .call=${apps.read(this.appName)}></m-curl>
          ${app && mayWriteApps() ? html`<a class="button primary" href="/apps/-/rollouts/new?app=${encodeURIComponent(app.name)}">${icon('rollouts')}Roll out</a>
            <m-menu look="button icon" .label=${'More'} .button=${icon('more')} .items=${() => html`<button class="bad-text" @click=${() => { this.#work.clear(); this.removing = true; }}>${icon('trash')}Remove from the catalogue</button>`}></m-menu>` : nothing}</div></div>
      ${appTabs(this.appName, this.tab)}
      ${problemNote(this.#app.problem, () => void this.#app.load())}
      ${app ? this.#part(app) : this.#app.problem ? nothing : html`<div class="card"><div class="card-body">${bones(8)}</div></div>`}
      ${app && this.removing ? this.#ask(app) : nothing}
    </div>`;
  }

  #part(app: AppView): TemplateResult {
    switch (this.tab) {
      case 'installations': return html`<m-app-installations .app=${app.name}></m-app-installations>`;
      case 'places': return html`<m-app-places .app=${app}></m-app-places>`;
      case 'rollouts': return html`<m-app-rollouts .app=${app.name}></m-app-rollouts>`;
      case 'definition': return html`<m-app-definition .app=${app} .onSaved=${() => void this.#app.load()}></m-app-definition>`;
      default: return html`<m-app-releases .app=${app} .onChanged=${() => void this.#app.load()}></m-app-releases>`;
    }
  }

  #ask(app: AppView): TemplateResult {
    const close = (): void => { this.removing = false; };
    const call = apps.remove(app);
    const places = this.#work.problem?.details?.['places'];
    return dialog({
      heading: `Remove ${app.name} from the catalogue?`, close,
      body: html`<p>It can be wanted nowhere any more. Its history is kept. As long as somebody wants it somewhere, it is refused.</p>${problemNote(this.#work.problem)}
        ${Array.isArray(places) ? note('info', html`It is wanted by ${places.map((each, i) => html`${i > 0 ? ', ' : ''}<code class="break">${String(each)}</code>`)}.`) : nothing}`,
      foot: html`<m-curl class="start" .call=${call}></m-curl><button class="button" autofocus @click=${close}>Cancel</button>
        <button class="button solid-danger" ?disabled=${this.#work.busy} @click=${() => void this.#work.run(async () => {
          await api.send(call);
          toast(`${app.name} removed`);
          go('/apps');
        })}>Remove</button>`,
    });
  }
}
customElements.define('page-app', AppPage);
