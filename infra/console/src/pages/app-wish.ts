import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { apps, type AppTarget, type AppView, type Wish } from '../api/apps.ts';
import type { Call } from '../api/call.ts';
import { api } from '../api/http.ts';
import { type Parameter, PARAMETER, parameterFault, parametersAt, parameterText, type PortDraft, portDraft, portRule, portsFault, typedParameter, unknownParameter, wishBody } from '../model/apps.ts';
import { type Json, memberOf, NULL, writeJson } from '../model/json.ts';
import { placeOf, type PlaceText, placeWords } from '../model/places.ts';
import { Base, Resource, Work } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { bones, check, field, problemNote, valueOf } from '../ui/pieces.ts';
import { TARGET } from '../ui/states.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import { portFields } from './app-ports.ts';

interface Typed { text: string; /** A secret that is to go. */ gone: boolean }

/** `<m-app-wish .place .app .onDone .onClose>`: what a place says about an app, and the form that says something else. */
class AppWish extends Base {
  static override properties = { place: {}, app: {}, target: { state: true }, version: { state: true }, typed: { state: true }, more: { state: true }, drafts: { state: true }, fresh: { state: true }, shown: { state: true } };
  declare place: PlaceText;
  declare app: string;
  declare target: AppTarget | undefined;
  declare version: string | undefined;
  declare typed: ReadonlyMap<string, Typed>;
  /** Parameters that were added here. */
  declare more: Parameter[];
  declare drafts: PortDraft[];
  /** Name of a parameter that is about to be added. */
  declare fresh: string;
  /** What the form was begun with. */
  declare shown: Wish | undefined;
  onDone: () => void = () => {};
  onClose: (() => void) | undefined;
  #wish = new Resource<{ app: AppView; wish: Wish }>(this, async (signal) => {
    const [app, wish] = await Promise.all([apps.one(this.app, signal), apps.wish(this.place, this.app, signal)]);
    return { app, wish };
  });
  #work = new Work(this);

  constructor() {
    super();
    this.typed = new Map();
    this.more = [];
    this.drafts = [];
    this.fresh = '';
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    void this.#wish.load();
  }

  /** Begins with what the place says; again only when somebody asks for it, for what is typed is theirs. */
  protected override willUpdate(_changed: PropertyValues): void {
    const wish = this.#wish.value?.wish;
    if (!wish || this.shown) return;
    this.shown = wish;
    this.target = wish.target ?? undefined;
    this.version = wish.version ?? undefined;
    this.drafts = wish.ports.map(portDraft);
    this.typed = new Map();
    this.more = [];
  }

  #again = async (): Promise<void> => {
    this.#work.clear();
    await this.#wish.load();
    this.shown = undefined;
  };

  protected override render(): TemplateResult {
    const loaded = this.#wish.value;
    if (!loaded || !this.shown) return html`${problemNote(this.#wish.problem, () => void this.#wish.load())}${this.#wish.problem ? nothing : bones(6)}`;
    const { app } = loaded;
    const wish = this.shown;
    const parameters = [...parametersAt(app.environmentTemplate, wish), ...this.more];
    const call = this.#call(parameters, wish);
    const versions = app.releases.filter((each) => (each.yanked === undefined || each.yanked === null) || each.version === wish.version);
    const device = placeOf(this.place)?.kind === 'device';
    const choose = (target: AppTarget | undefined, label: string): TemplateResult => html`<option value=${target ?? ''} ?selected=${target === this.target}>${label}</option>`;
    return html`<form class="form" novalidate @submit=${(event: Event) => { event.preventDefault(); if (call) void this.#send(call, 'Said; devices get it when they are there'); }}>
      <div class="form-grid">
        ${field({ label: 'It should be', id: 'w-target', note: this.target === 'uninstalled' ? 'Its data on the devices is deleted.' : undefined }, html`<select class="input" id="w-target" @change=${(event: Event) => { this.target = (valueOf(event) || undefined) as AppTarget | undefined; }}>
          ${choose(undefined, device ? 'As its groups and its project say' : 'As wider places say')}${(Object.keys(TARGET) as AppTarget[]).map((each) => choose(each, TARGET[each].label))}</select>`)}
        ${field({ label: 'Release', id: 'w-version' }, html`<select class="input" id="w-version" @change=${(event: Event) => { this.version = valueOf(event) || undefined; }}>
          <option value="" ?selected=${this.version === undefined}>${this.target === undefined ? 'As wider places say' : 'The newest that fits'}</option>
          ${versions.map((each) => html`<option value=${each.version} ?selected=${each.version === this.version}>${each.version}${each.offered ? '' : ' (not offered)'}</option>`)}</select>`)}
      </div>
      <fieldset class="stack tight"><legend class="label">Parameters</legend>
        ${parameters.length === 0 ? html`<p class="muted small">The app has none.</p>` : html`<div class="form-grid">${parameters.map((each, i) => this.#parameter(each, i, wish))}</div>`}
        <div class="row wrap"><input class="input choice mono" aria-label="Name of another parameter" placeholder="ANOTHER" autocomplete="off" spellcheck="false" .value=${this.fresh} @input=${(event: Event) => { this.fresh = valueOf(event).trim(); }}>
          <button type="button" class="button small" ?disabled=${!PARAMETER.test(this.fresh) || parameters.some((each) => each.name === this.fresh)} @click=${() => this.#add(false)}>${icon('plus', 14)}Add</button>
          <button type="button" class="button small" ?disabled=${!PARAMETER.test(this.fresh) || parameters.some((each) => each.name === this.fresh)} @click=${() => this.#add(true)}>${icon('lock', 14)}Add a secret</button></div></fieldset>
      ${portFields(this.drafts, (drafts) => { this.drafts = drafts; }, app.ports)}
      ${problemNote(this.#work.problem)}
      ${this.#work.problem?.status === 412 ? html`<div class="notice info">${icon('info')}<div class="grow">Somebody else said something about it meanwhile.</div><button type="button" class="button small" @click=${() => void this.#again()}>${icon('refresh', 14)}Look again</button></div>` : nothing}
      <div class="form-foot"><button class="button primary" ?disabled=${!call || this.#work.busy}>Say so</button>${this.onClose ? html`<button type="button" class="button" @click=${this.onClose}>Cancel</button>` : nothing}
        ${wish.revision > 0 && this.#says(wish) ? html`<button type="button" class="button danger" ?disabled=${this.#work.busy} @click=${() => void this.#send(apps.inherit(this.place, this.app, wish.revision), 'Left to wider places')}>Say nothing here</button>` : nothing}
        <span class="grow"></span><m-curl .call=${call}></m-curl></div>
    </form>`;
  }

  #says(wish: Wish): boolean {
    return Boolean(wish.target ?? wish.version) || wish.secrets.length > 0 || wish.ports.length > 0 || (wish.environment.kind === 'object' && wish.environment.members.size > 0);
  }

  #add(secret: boolean): void {
    this.more = [...this.more, unknownParameter(this.fresh, secret)];
    this.fresh = '';
  }

  /** What the place says of it now. */
  #said(parameter: Parameter, wish: Wish): Json | undefined {
    return memberOf(wish.environment, parameter.name);
  }

  #text(parameter: Parameter, wish: Wish): string {
    const said = this.#said(parameter, wish);
    return this.typed.get(parameter.name)?.text ?? (said && !parameter.secret ? parameterText(parameter, said) : '');
  }

  #set(name: string, part: Partial<Typed>): void {
    this.typed = new Map([...this.typed, [name, { text: '', gone: false, ...this.typed.get(name), ...part }]]);
  }

  #parameter(parameter: Parameter, i: number, wish: Wish): TemplateResult {
    const { name, label, description, unit, fallback, secret, choices, kind } = parameter;
    const id = `w-p-${i}`;
    const text = this.#text(parameter, wish);
    const kept = wish.secrets.includes(name);
    const typed = this.typed.get(name);
    const otherwise = kept ? 'There is one; it is not shown' : fallback === undefined ? 'Nothing is said here' : secret ? 'As the app has it' : `Else ${parameterText(parameter, fallback)}`;
    const on = (event: Event): void => this.#set(name, { text: valueOf(event), gone: false });
    const list = kind === 'boolean' ? ['true', 'false'] : choices;
    const control = secret ? html`<input class="input mono" id=${id} type="password" autocomplete="new-password" placeholder=${otherwise} ?disabled=${typed?.gone ?? false} .value=${text} @input=${on}>`
      : list.length > 0 ? html`<select class="input" id=${id} @change=${on}><option value="" ?selected=${text === ''}>${otherwise}</option>${list.map((each) => html`<option value=${each} ?selected=${each === text}>${each}</option>`)}</select>`
      : kind === 'textarea' ? html`<textarea class="input mono" id=${id} rows="3" spellcheck="false" placeholder=${otherwise} .value=${text} @input=${on}></textarea>`
      : html`<input class="input mono" id=${id} autocomplete="off" spellcheck="false" inputmode=${kind === 'numeric' ? 'decimal' : 'text'} placeholder=${otherwise} .value=${text} @input=${on}>`;
    return html`<div class="stack tight">${field({ label: unit ? `${label} (${unit})` : label, id, fault: parameterFault(parameter, text), note: html`<code>${name}</code>${description ? html` ${description}` : nothing}` }, control)}
      ${kept ? check('Take the secret away', typed?.gone ?? false, (gone) => this.#set(name, { gone, text: '' })) : nothing}</div>`;
  }

  #call(parameters: Parameter[], wish: Wish): Call | undefined {
    const environment = new Map<string, Json>();
    const secrets = new Map<string, Json>();
    for (const parameter of parameters) {
      const text = this.#text(parameter, wish);
      if (parameterFault(parameter, text) !== undefined) return undefined;
      const said = this.#said(parameter, wish);
      if (parameter.secret) {
        if (text !== '') secrets.set(parameter.name, typedParameter(parameter, text));
        else if (wish.secrets.includes(parameter.name) && !this.typed.get(parameter.name)?.gone) secrets.set(parameter.name, NULL);
        // One that was said before the template called it secret becomes one now.
        else if (said && !this.typed.has(parameter.name)) secrets.set(parameter.name, said);
      } else if (text !== '') {
        // What nobody touched keeps its kind, too.
        environment.set(parameter.name, said && parameterText(parameter, said) === text ? said : typedParameter(parameter, text));
      } else if (said && !this.typed.has(parameter.name) && writeJson(said) === '""') {
        environment.set(parameter.name, said);
      }
    }
    if (portsFault(this.drafts)) return undefined;
    return apps.want(this.place, this.app, wish.revision, wishBody({ target: this.target, version: this.version, environment, secrets, ports: this.drafts.map(portRule) }));
  }

  async #send(call: Call, said: string): Promise<void> {
    const well = await this.#work.run(async () => {
      await api.send(call);
      toast(`${placeWords(this.place)}: ${said.charAt(0).toLowerCase()}${said.slice(1)}`);
    });
    if (!well) return;
    await this.#again();
    this.onDone();
  }
}
customElements.define('m-app-wish', AppWish);
