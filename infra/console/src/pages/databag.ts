import { html, nothing, type TemplateResult } from 'lit';
import { config, type Registry, type Values } from '../api/config.ts';
import { Throttle } from '../live/frames.ts';
import { hub } from '../live/hub.ts';
import { writeJson } from '../model/json.ts';
import { isWritable, layerAt, layerOf, layerWords } from '../model/layers.ts';
import { databagLink, deviceLink } from '../routes.ts';
import { Base, Resource, Work } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { bones, copy, dialog, note, problemNote } from '../ui/pieces.ts';
import { session } from '../ui/session.ts';
import { LAYERS, state } from '../ui/states.ts';
import '../ui/curl.ts';
import { isOfConfig, mayWrite, registryCrumb, splitId, valueTree } from './config-parts.ts';
import './databag-editor.ts';
import './databag-history.ts';

/** How long secrets stay on the screen, ms. */
const SECRETS_SHOWN = 60_000;

const ABOUT: Record<string, string> = {
  fleet: 'Wished for every device.',
  group: 'Wished for the devices of this group and of groups below it, over what the fleet has.',
  staged: 'Wished by a rollout, for the devices that it has reached.',
  device: 'Wished for this device, over everything else.',
  actual: 'What the device has: its own programs read and write it.',
};

/** The values of one layer of a registry, how they came about, and the way to change them. */
class DatabagPage extends Base {
  static override properties = { path: {}, look: { state: true }, editing: { state: true }, asking: { state: true }, revealed: { state: true } };
  declare path: string;
  declare look: 'tree' | 'json';
  declare editing: boolean;
  declare asking: boolean;
  /** With secrets; of the version that was shown when they were asked for. */
  declare revealed: Values | undefined;
  #registry = new Resource<Registry>(this, (signal) => config.one(this.#id, signal));
  #values = new Resource<Values>(this, (signal) => config.values(this.#id, this.#layer, false, signal));
  #refresh = new Throttle(() => this.#load(), 400);
  #work = new Work(this);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.look = 'tree';
  }

  get #id() {
    return splitId(this.path).id;
  }

  get #layer(): string {
    return layerAt(splitId(this.path).rest) ?? 'fleet';
  }

  protected override entered(): void {
    void this.#load();
    const { account, name } = this.#id;
    const { kind, name: whose } = layerOf(this.#layer);
    const subject = kind === 'device' || kind === 'actual' ? `devices/${whose}` : `registries/${account}/${name}`;
    this.until(hub.onEvents((batch) => { if (batch.some((event) => event.subject === subject && isOfConfig(event))) this.#refresh.ask(); }));
    this.until(hub.onGap(() => this.#refresh.ask()));
    this.until(() => { this.#refresh.stop(); clearTimeout(this.#timer); });
  }

  #load = async (): Promise<void> => {
    await Promise.all([this.#registry.load(), this.#values.load()]);
  };

  protected override render() {
    const layer = this.#layer;
    const { kind, name } = layerOf(layer);
    const registry = this.#registry.value;
    const values = this.#values.value;
    const problem = this.#registry.problem ?? this.#values.problem;
    return html`<div class="page">
      <div class="page-head"><div>${registryCrumb(this.#id)}<h1>${layerWords(layer)}</h1></div>
        <span class="row wrap">${state(LAYERS, kind, true)}${values ? html`<span class="sub">${values.version === 0 ? 'never written' : `version ${values.version}`}</span>` : nothing}</span>
        <div class="actions">${kind === 'device' || kind === 'actual' ? html`<a class="button" href=${deviceLink(name)}>Device</a><a class="button" href=${databagLink(this.#id, `${kind === 'device' ? 'actual' : 'device'}/${name}`)}>${kind === 'device' ? 'As it is' : 'As wished'}</a>` : nothing}
          ${registry && values && mayWrite() && isWritable(layer) ? html`<button class="button primary" ?disabled=${this.editing} @click=${() => { this.editing = true; }}>${icon('edit')}Write</button>` : nothing}</div></div>
      <p class="muted">${ABOUT[kind] ?? ''}</p>
      ${problemNote(problem, () => void this.#load())}
      ${registry && values ? this.#body(registry, values) : problem ? nothing : html`<div class="columns"><div class="card"><div class="card-body">${bones(8)}</div></div><div class="card"><div class="card-body">${bones(5)}</div></div></div>`}
      ${values && this.asking ? this.#ask(values) : nothing}
    </div>`;
  }

  #body(registry: Registry, values: Values): TemplateResult {
    return html`<div class="columns"><div class="stack">
        ${this.editing ? html`<m-databag-editor .registry=${registry} .layer=${this.#layer} .values=${values} .onClose=${() => { this.editing = false; }} .onDone=${() => { this.editing = false; this.#hide(); void this.#load(); }}></m-databag-editor>` : nothing}
        ${this.#shown(values)}
      </div><m-databag-history .registry=${this.#id} .layer=${this.#layer} .version=${values.version} .onChanged=${() => { this.#hide(); void this.#load(); }}></m-databag-history></div>`;
  }

  #shown(values: Values): TemplateResult {
    // What was written since is not what was revealed.
    const revealed = this.revealed?.version === values.version ? this.revealed : undefined;
    const shown = revealed ?? values;
    const none = values.version === 0 || (shown.values.kind === 'object' && shown.values.members.size === 0 && values.secrets.length === 0 && values.lost.length === 0);
    const text = writeJson(shown.values, 2);
    const choice = (look: 'tree' | 'json', label: string): TemplateResult => html`<label><input type="radio" name="look" .checked=${this.look === look} @change=${() => { this.look = look; }}>${label}</label>`;
    return html`<section class="card ${revealed ? 'revealed' : ''}"><div class="card-head"><h2>Values</h2><fieldset class="segments"><legend class="sr">Shown as</legend>${choice('tree', 'Tree')}${choice('json', 'JSON')}</fieldset>
        <div class="actions">${values.secrets.length === 0 ? nothing : revealed ? html`<button class="button small" @click=${() => this.#hide()}>${icon('lock', 14)}Hide the secrets</button>`
          : session.may('config-secrets') ? html`<button class="button small" @click=${() => { this.#work.clear(); this.asking = true; }}>${icon('eye', 14)}Reveal ${values.secrets.length === 1 ? 'the secret' : `${values.secrets.length} secrets`}</button>` : nothing}
          ${this.look === 'json' ? html`<button class="button small" @click=${() => copy(text, revealed ? 'JSON copied, with the secrets' : 'JSON copied')}>${icon('copy', 14)}Copy</button>` : nothing}
          <m-curl .call=${config.readValues(this.#id, this.#layer)}></m-curl></div></div>
      <div class="card-body stack">${revealed ? note('warn', 'Secrets are shown for a minute. That you read them is on record.') : nothing}
        ${none ? html`<p class="muted">Nothing is ${values.version === 0 ? 'written here yet' : 'stored here'}.</p>`
          : this.look === 'tree' ? valueTree(shown.values, values.secrets, values.lost) : html`<pre class="code document" tabindex="0" aria-label="Values as JSON">${text}</pre>
            ${!revealed && values.secrets.length > 0 ? html`<p class="muted small">Left out: ${values.secrets.map((each, i) => html`${i > 0 ? ', ' : ''}<code>${each}</code>`)}</p>` : nothing}`}
        ${values.lost.length > 0 ? note('info', `${values.lost.length === 1 ? 'A secret is' : `${values.lost.length} secrets are`} lost: the key was destroyed. Write ${values.lost.length === 1 ? 'it' : 'them'} anew.`) : nothing}</div></section>`;
  }

  #hide(): void {
    clearTimeout(this.#timer);
    this.revealed = undefined;
  }

  #ask(values: Values): TemplateResult {
    const close = (): void => { this.asking = false; };
    return dialog({
      heading: 'Reveal the secrets?', close,
      body: html`<p>They appear on this page for a minute. Who read which secrets is on record, and auditors see it.</p><ul>${values.secrets.map((each) => html`<li><code class="break">${each}</code></li>`)}</ul>${problemNote(this.#work.problem)}`,
      foot: html`<m-curl class="start" .call=${config.readValues(this.#id, this.#layer, true)}></m-curl><button class="button" autofocus @click=${close}>Cancel</button>
        <button class="button primary" ?disabled=${this.#work.busy} @click=${() => void this.#reveal()}>${icon('eye')}Reveal</button>`,
    });
  }

  async #reveal(): Promise<void> {
    await this.#work.run(async () => {
      this.revealed = await config.values(this.#id, this.#layer, true);
      this.asking = false;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#hide(), SECRETS_SHOWN);
    });
  }
}
customElements.define('page-databag', DatabagPage);
