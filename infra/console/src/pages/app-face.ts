import { html, type PropertyValues, type TemplateResult } from 'lit';
import type { AppView, Face } from '../api/apps.ts';
import { composeFault, objectIn, parametersOf, type PortDraft, portDraft, portRule, portsFault, templateFault } from '../model/apps.ts';
import { writeJson } from '../model/json.ts';
import { Base } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { field, valueOf } from '../ui/pieces.ts';
import { portFields } from './app-ports.ts';

const TEMPLATE = `{
  "LEVEL": {
    "label": "How much it logs",
    "type": "text",
    "valueList": ["debug", "info", "warn"],
    "defaultValue": "info"
  },
  "API_KEY": {
    "label": "Key of the service",
    "type": "text",
    "secret": true
  }
}`;
const COMPOSE = `{
  "services": {
    "web": {
      "image": "nginx:1.29",
      "ports": ["8080:80"]
    }
  }
}`;

/** `<m-app-face .app .onFace>`: what an app is, as fields; tells the whole of it as soon as it could be sent. */
class AppFace extends Base {
  static override properties = { app: { attribute: false }, description: { state: true }, template: { state: true }, compose: { state: true }, drafts: { state: true } };
  /** What it is now, to begin with. */
  declare app: AppView | undefined;
  declare description: string;
  declare template: string;
  declare compose: string;
  declare drafts: PortDraft[];
  onFace: (face: Face | undefined) => void = () => {};
  #begun: number | undefined;

  constructor() {
    super();
    this.description = this.template = this.compose = '';
    this.drafts = [];
  }

  protected override willUpdate(_changed: PropertyValues): void {
    // Once: what is typed is not thrown away when the app is read anew.
    if (!this.app || this.#begun === this.app.key) return;
    this.#begun = this.app.key;
    const { description, environmentTemplate, compose, ports } = this.app;
    this.description = description;
    this.template = environmentTemplate.kind === 'object' && environmentTemplate.members.size === 0 ? '' : writeJson(environmentTemplate, 2);
    this.compose = compose ? writeJson(compose, 2) : '';
    this.drafts = ports.map(portDraft);
  }

  protected override updated(changed: PropertyValues): void {
    if (['description', 'template', 'compose', 'drafts'].some((each) => changed.has(each))) this.onFace(this.#face);
  }

  get #face(): Face | undefined {
    if (templateFault(this.template) || composeFault(this.compose) || portsFault(this.drafts)) return undefined;
    return { description: this.description, environmentTemplate: objectIn(this.template), ports: this.drafts.map(portRule), compose: this.compose.trim() === '' ? undefined : objectIn(this.compose) };
  }

  protected override render(): TemplateResult {
    const fault = templateFault(this.template);
    const parameters = fault ? [] : parametersOf(objectIn(this.template));
    const example = (text: string, set: (text: string) => void): TemplateResult => html`<button type="button" class="button small" @click=${() => set(text)}>${icon('file', 14)}Begin with an example</button>`;
    return html`<div class="form">
      ${field({ label: 'Description', id: 'f-description', optional: true }, html`<textarea class="input" id="f-description" rows="2" .value=${this.description} @input=${(event: Event) => { this.description = valueOf(event); }}></textarea>`)}
      ${field({ label: 'Parameters', id: 'f-template', optional: true, fault, note: html`What people can set, in JSON: a name, and an object of label, type (text, textarea, numeric, boolean), defaultValue, description, unit, min, max, valueList, secret.
        ${parameters.length > 0 ? html`<br>Read as ${parameters.map((each, i) => html`${i > 0 ? ', ' : ''}<code>${each.name}</code>${each.secret ? ' (a secret)' : ''}`)}.` : ''}` }, html`<textarea class="input mono editor small-editor" id="f-template" spellcheck="false" autocomplete="off" aria-describedby="f-template-note" .value=${this.template} @input=${(event: Event) => { this.template = valueOf(event); }}></textarea>`)}
      ${this.template.trim() === '' ? html`<div>${example(TEMPLATE, (text) => { this.template = text; })}</div>` : ''}
      ${portFields(this.drafts, (drafts) => { this.drafts = drafts; })}
      ${field({ label: 'Composition', id: 'f-compose', optional: true, fault: composeFault(this.compose), note: 'For an app of several containers, or one with an image from elsewhere, in JSON. New releases begin with it.' }, html`<textarea class="input mono editor small-editor" id="f-compose" spellcheck="false" autocomplete="off" .value=${this.compose} @input=${(event: Event) => { this.compose = valueOf(event); }}></textarea>`)}
      ${this.compose.trim() === '' ? html`<div>${example(COMPOSE, (text) => { this.compose = text; })}</div>` : ''}
    </div>`;
  }
}
customElements.define('m-app-face', AppFace);
