import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { config, type Registry, type Written } from '../api/config.ts';
import { devices } from '../api/devices.ts';
import { api } from '../api/http.ts';
import { Problem } from '../api/problem.ts';
import type { Device, FleetField, Page } from '../api/types.ts';
import { Throttle } from '../live/frames.ts';
import { isSecretRequest, writable, writeBody } from '../model/config.ts';
import { count, isoDuration } from '../model/format.ts';
import { EMPTY, type Json } from '../model/json.ts';
import { layerWords } from '../model/layers.ts';
import { groupsFault, type NewGroup, presetGroups } from '../model/rollout-math.ts';
import { configRolloutLink, deviceLink, registryLink } from '../routes.ts';
import { Base, Resource, Work } from '../ui/element.ts';
import { go, query } from '../ui/navigation.ts';
import { bones, field, note, problemNote, valueOf } from '../ui/pieces.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import '../ui/filter-box.ts';
import { changeList, splitId } from './config-parts.ts';
import './config-values.ts';
import type { Typed } from './config-values.ts';
import { groupBodies, groupFields } from './rollout-groups.ts';

const WHOLE_FLEET = 'id==*';

type Start = 'hand' | 'now' | 'at';
interface Preview { hits: Page<Device>; change: Written | undefined }

/** Plans a rollout of values and shows, before anything happens, whom it would reach and what it would change. */
class ConfigRolloutNew extends Base {
  static override properties = { path: {}, name: { state: true }, view: { state: true }, group: { state: true }, forGroup: { state: true }, filter: { state: true }, groups: { state: true }, typed: { state: true }, current: { state: true }, start: { state: true }, startAt: { state: true }, timeout: { state: true }, preview: { state: true }, problem: { state: true }, looking: { state: true } };
  declare path: string;
  declare name: string;
  declare view: string;
  declare forGroup: boolean;
  declare group: string;
  declare filter: string;
  declare groups: NewGroup[];
  declare typed: Typed;
  declare current: Json;
  declare start: Start;
  declare startAt: string;
  declare timeout: string;
  declare preview: Preview | undefined;
  declare problem: Problem | undefined;
  declare looking: boolean;
  #registry = new Resource<Registry>(this, (signal) => config.one(this.#id, signal));
  #fields = new Resource<FleetField[]>(this, (signal) => devices.fields(signal));
  #work = new Work(this);
  #look = new Throttle(() => this.#preview(), 500);

  constructor() {
    super();
    this.name = this.view = this.startAt = '';
    this.group = query('group');
    this.forGroup = this.group !== '';
    this.filter = query('filter');
    this.groups = presetGroups([5, 95]);
    this.typed = { values: new Map(), whole: false };
    this.current = EMPTY;
    this.start = 'hand';
    this.timeout = 'PT24H';
  }

  get #id() {
    return splitId(this.path).id;
  }

  get #target(): string {
    return this.forGroup ? `group/${this.group.trim()}` : 'fleet';
  }

  protected override entered(): void {
    void this.#registry.load();
    void this.#fields.load();
    this.until(() => this.#look.stop());
  }

  protected override willUpdate(_changed: PropertyValues): void {
    if (this.view === '') this.view = this.#registry.value?.views.find((each) => each.rules.some(writable))?.name ?? '';
  }

  protected override updated(changed: PropertyValues): void {
    if ((changed.has('view') || changed.has('forGroup') || changed.has('group')) && this.view !== '') void this.#begin();
    if (['view', 'forGroup', 'group', 'filter', 'typed'].some((each) => changed.has(each))) this.#look.ask();
  }

  get #views() {
    return this.#registry.value?.views.filter((each) => each.rules.some(writable)) ?? [];
  }

  /** What the target has now, to begin with. */
  async #begin(): Promise<void> {
    const target = this.#target;
    const current = target === 'group/' ? EMPTY : await config.view(this.#id, target, this.view).catch(() => EMPTY);
    if (target === this.#target) this.current = current;
  }

  get #secret() {
    const view = this.#registry.value?.views.find((each) => each.name === this.view);
    const known = this.preview?.change?.changes.filter((each) => each.secret).map((each) => each.path) ?? [];
    return (path: string): boolean => isSecretRequest(view, path, known, this.#registry.value?.views ?? []);
  }

  async #preview(): Promise<void> {
    if (this.view === '') return;
    this.looking = true;
    try {
      const hits = await devices.page({ filter: this.filter.trim() || WHOLE_FLEET }, undefined, 12);
      const change = this.typed.whole && this.#target !== 'group/' ? await config.written(config.write(this.#id, this.#target, this.view, writeBody(this.typed.values, this.#secret), { dryRun: true })) : undefined;
      this.preview = { hits, change };
      this.problem = undefined;
    } catch (thrown) {
      this.problem = Problem.of(thrown);
    } finally {
      this.looking = false;
    }
  }

  get #plan() {
    return {
      name: this.name.trim(), view: this.view, target: this.#target, filter: this.filter.trim() || WHOLE_FLEET, groups: groupBodies(this.groups), timeout: this.timeout.trim(),
      ...(this.start === 'now' && { startAt: new Date().toISOString() }),
      ...(this.start === 'at' && this.startAt && { startAt: new Date(this.startAt).toISOString() }),
    };
  }

  protected override render() {
    const id = this.#id;
    const fault = groupsFault(this.groups);
    const badTimeout = this.timeout.trim() !== '' && isoDuration(this.timeout.trim()) === undefined;
    const ready = this.name.trim() !== '' && this.view !== '' && this.typed.whole && !fault && !badTimeout && this.#target !== 'group/' && (this.start !== 'at' || this.startAt !== '');
    const call = ready ? config.createRollout(id, this.#plan, writeBody(this.typed.values, this.#secret)) : undefined;
    const registry = this.#registry.value;
    return html`<div class="page">
      <div class="page-head"><div><div class="crumb"><a href="/config">Registries</a> / <a href=${registryLink(id)}>${id.account}/${id.name}</a> / <a href=${registryLink(id, 'rollouts')}>Rollouts</a></div><h1>New rollout</h1></div></div>
      ${problemNote(this.#registry.problem, () => void this.#registry.load())}
      ${registry === undefined ? (this.#registry.problem ? nothing : html`<div class="card"><div class="card-body">${bones(8)}</div></div>`) : html`<div class="columns">
        <form class="stack" novalidate @submit=${(event: Event) => { event.preventDefault(); if (call) void this.#create(call); }}>
          <section class="card"><div class="card-head"><h2>Which values</h2></div><div class="card-body form">
            ${field({ label: 'Name', id: 'n-name' }, html`<input class="input" id="n-name" autocomplete="off" .value=${this.name} @input=${(event: Event) => { this.name = valueOf(event); }}>`)}
            ${field({ label: 'Through the view', id: 'n-view' }, html`<select class="input" id="n-view" @change=${(event: Event) => { this.view = valueOf(event); }}>${this.#views.map((each) => html`<option value=${each.name} ?selected=${each.name === this.view}>${each.name}</option>`)}</select>`)}
            <m-config-values giving .view=${registry.views.find((each) => each.name === this.view)} .views=${registry.views} .current=${this.current} .onTyped=${(typed: Typed) => { this.typed = typed; }}></m-config-values>
          </div></section>
          <section class="card"><div class="card-head"><h2>To whom</h2></div><div class="card-body form">
            <div class="field"><label class="label" for="n-filter">Devices <span class="muted">(empty: the whole fleet)</span></label>
              <m-filter rsqlOnly .inputId=${'n-filter'} .value=${this.filter} .fields=${this.#fields.value ?? []} .fault=${this.problem?.code?.includes('filter') ? this.problem.message : undefined}
                .onFilter=${(text: string) => { this.filter = text; }}></m-filter>
              <div class="note">The devices that fit when the rollout is created become its members.</div></div>
            <fieldset class="stack tight"><legend class="label">In the end the values are wished for</legend>
              <div class="segments">${([[false, 'the whole fleet'], [true, 'a group']] as [boolean, string][]).map(([value, label]) => html`<label><input type="radio" name="target" .checked=${this.forGroup === value} @change=${() => { this.forGroup = value; }}>${label}</label>`)}</div>
              ${this.forGroup ? html`<input class="input" aria-label="Group" placeholder="site/line" autocomplete="off" spellcheck="false" .value=${this.group} @input=${(event: Event) => { this.group = valueOf(event); }}>` : nothing}</fieldset>
          </div></section>
          ${groupFields(this.groups, fault, (groups) => { this.groups = groups; })}
          <section class="card"><div class="card-head"><h2>When</h2></div><div class="card-body form">
            <fieldset class="stack tight"><legend class="label">Start</legend>
              <div class="segments">${([['hand', 'By hand'], ['now', 'As soon as it is planned'], ['at', 'At a time']] as [Start, string][]).map(([value, label]) => html`<label><input type="radio" name="start" .checked=${this.start === value} @change=${() => { this.start = value; }}>${label}</label>`)}</div>
              ${this.start === 'at' ? html`<input class="input" type="datetime-local" aria-label="Start at" .value=${this.startAt} @input=${(event: Event) => { this.startAt = valueOf(event); }}>` : nothing}</fieldset>
            ${field({ label: 'Counts as failed after silence of', id: 'n-timeout', note: 'ISO 8601, such as PT24H or P2D.', fault: badTimeout ? 'A duration looks like PT24H or P2D.' : undefined }, html`<input class="input mono" id="n-timeout" autocomplete="off" spellcheck="false" .value=${this.timeout} @input=${(event: Event) => { this.timeout = valueOf(event); }}>`)}
          </div></section>
          ${problemNote(this.#work.problem)}
          <div class="form-foot"><button class="button primary" ?disabled=${!call || this.#work.busy}>Create rollout</button><a class="button" href=${registryLink(id, 'rollouts')}>Cancel</a><span class="grow"></span><m-curl .call=${call}></m-curl></div>
        </form>
        ${this.#previewCard()}
      </div>`}</div>`;
  }

  #previewCard(): TemplateResult {
    const { preview } = this;
    const hits = preview?.hits.count ?? preview?.hits.items.length ?? 0;
    return html`<section class="card preview" aria-live="polite"><div class="card-head"><h2>Preview</h2>${this.looking ? html`<span class="muted small">looking…</span>` : nothing}</div><div class="card-body stack">
      ${this.problem && !this.problem.code?.includes('filter') ? problemNote(this.problem, () => this.#look.ask()) : nothing}
      ${!preview ? bones(4) : html`
        <div class="tiles"><div class="tile"><span class="name">Hit by the filter</span><span class="figure">${count(hits)}</span></div></div>
        ${hits === 0 ? note('warn', 'No device would get these values.') : nothing}
        <div class="stack tight"><h3>What ${layerWords(this.#target)} would have in the end</h3>${preview.change ? changeList(preview.change.changes) : html`<p class="muted">Give a path a value to see what would change.</p>`}</div>
        ${preview.hits.items.length > 0 ? html`<div><h3>Some of the devices</h3><ul class="sample">${preview.hits.items.map((each) => html`<li class="cut"><a href=${deviceLink(each.id)}>${each.id}</a> <span class="muted small">${each.group ?? ''}</span></li>`)}</ul></div>` : nothing}`}
    </div></section>`;
  }

  async #create(call: ReturnType<typeof config.createRollout>): Promise<void> {
    await this.#work.run(async () => {
      const { data } = await api.send<{ id: string }>(call);
      toast('Rollout created');
      go(configRolloutLink(this.#id, data.id));
    });
  }
}
customElements.define('page-config-rollout-new', ConfigRolloutNew);
