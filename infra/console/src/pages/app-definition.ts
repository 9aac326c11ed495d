import { html, nothing, type TemplateResult } from 'lit';
import { apps, type AppView, type Face } from '../api/apps.ts';
import { api } from '../api/http.ts';
import { parametersOf } from '../model/apps.ts';
import { writeJson } from '../model/json.ts';
import { Base, Work } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { note, problemNote } from '../ui/pieces.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import '../ui/time.ts';
import './app-face.ts';
import { mayWriteApps, portList } from './app-parts.ts';

/** What an app is: its parameters, its ports, its composition; and the form that changes them. */
class AppDefinition extends Base {
  static override properties = { app: { attribute: false }, editing: { state: true }, face: { state: true } };
  /** As it was when editing began: somebody else's change meanwhile is not overwritten. */
  #seen: AppView | undefined;
  declare app: AppView;
  declare editing: boolean;
  declare face: Face | undefined;
  onSaved: () => void = () => {};
  #work = new Work(this);

  protected override render(): TemplateResult {
    return this.editing && this.#seen ? this.#form(this.#seen) : this.#shown();
  }

  #form(app: AppView): TemplateResult {
    const call = this.face && apps.change(app, this.face);
    const close = (): void => { this.editing = false; this.#work.clear(); };
    return html`<section class="card"><div class="card-head"><h2>Change ${app.name}</h2></div><form class="card-body form" novalidate @submit=${(event: Event) => {
      event.preventDefault();
      if (call) void this.#work.run(async () => {
        await api.send(call);
        toast(`${app.name} is changed`);
        close();
        this.onSaved();
      });
    }}>
      <m-app-face .app=${app} .onFace=${(face: Face | undefined) => { this.face = face; }}></m-app-face>
      ${problemNote(this.#work.problem)}
      ${this.#work.problem?.status === 412 ? note('info', 'Somebody else changed it. Close this, look at it again, and make your change on top.') : nothing}
      <div class="form-foot"><button class="button primary" ?disabled=${!call || this.#work.busy}>Save</button><button type="button" class="button" @click=${close}>Cancel</button><span class="grow"></span><m-curl .call=${call}></m-curl>
        <p class="muted small foot-note">Releases that are there keep their compositions. Devices hear of parameters and ports at once.</p></div></form></section>`;
  }

  #shown(): TemplateResult {
    const { app } = this;
    const parameters = parametersOf(app.environmentTemplate);
    return html`<div class="columns"><div class="stack">
      <section class="card"><div class="card-head"><h2>Parameters</h2>${mayWriteApps() ? html`<div class="actions"><button class="button small" @click=${() => { this.#seen = app; this.editing = true; }}>${icon('edit', 14)}Edit</button></div>` : nothing}</div>
        ${parameters.length === 0 ? html`<p class="card-body muted">None.</p>` : html`<div class="scroll" tabindex="0" role="region" aria-label="Parameters"><table class="list"><thead><tr><th>Name</th><th>Kind</th><th>Unless somebody says otherwise</th></tr></thead><tbody>${parameters.map((each) => html`<tr>
          <td class="break"><code>${each.name}</code>${each.label === each.name ? nothing : html`<br><span class="small">${each.label}</span>`}${each.description ? html`<br><span class="muted small">${each.description}</span>` : nothing}</td>
          <td>${each.secret ? html`<span class="state">${icon('lock', 14)}secret</span>` : each.kind}${each.unit ? html` <span class="muted">in ${each.unit}</span>` : nothing}${each.choices.length > 0 ? html`<br><span class="muted small">${each.choices.join(', ')}</span>` : nothing}</td>
          <td class="break">${each.fallback === undefined ? html`<span class="muted">nothing</span>` : html`<code>${writeJson(each.fallback)}</code>`}</td></tr>`)}</tbody></table></div>`}</section>
      ${app.compose ? html`<section class="card"><div class="card-head"><h2>Composition</h2></div><div class="card-body"><pre class="code" tabindex="0" aria-label="Composition">${writeJson(app.compose, 2)}</pre></div></section>` : nothing}
      </div><div class="stack">
      <section class="card"><div class="card-head"><h2>About</h2></div><div class="card-body stack"><dl class="facts"><dt>Name</dt><dd><code>${app.name}</code></dd><dt>Key</dt><dd>${app.key}</dd><dt>Made</dt><dd><m-time .at=${app.createdAt}></m-time></dd><dt>Revision</dt><dd>${app.revision}</dd></dl>
        ${app.description ? html`<p class="prewrap break">${app.description}</p>` : nothing}</div></section>
      <section class="card"><div class="card-head"><h2>Ports</h2></div><div class="card-body">${app.ports.length === 0 ? html`<p class="muted">None.</p>` : portList(app.ports)}</div></section></div></div>`;
  }
}
customElements.define('m-app-definition', AppDefinition);
