import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { apps, type AppLine, type AppView, type Project } from '../api/apps.ts';
import { devices } from '../api/devices.ts';
import { api } from '../api/http.ts';
import { Problem } from '../api/problem.ts';
import type { Device, FleetField, Page } from '../api/types.ts';
import { Throttle } from '../live/frames.ts';
import { count, isoDuration } from '../model/format.ts';
import { groupsFault, type NewGroup, presetGroups } from '../model/rollout-math.ts';
import { appLink, appRolloutLink, deviceLink } from '../routes.ts';
import { Base, Resource, Work } from '../ui/element.ts';
import { go, query } from '../ui/navigation.ts';
import { bones, field, note, problemNote, valueOf } from '../ui/pieces.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import '../ui/filter-box.ts';
import { groupBodies, groupFields } from './rollout-groups.ts';

const WHOLE_FLEET = 'id==*';

type Start = 'hand' | 'now' | 'at';
type Target = '' | 'running' | 'present';

/** Plans a rollout of a release of an app and shows, before anything happens, whom it may reach. */
class AppRolloutNew extends Base {
  static override properties = { app: { state: true }, name: { state: true }, version: { state: true }, target: { state: true }, forGroup: { state: true }, group: { state: true }, project: { state: true }, filter: { state: true }, groups: { state: true }, start: { state: true }, startAt: { state: true }, timeout: { state: true }, hits: { state: true }, problem: { state: true }, looking: { state: true } };
  declare app: string;
  declare name: string;
  declare version: string;
  declare target: Target;
  declare forGroup: boolean;
  declare group: string;
  declare project: string;
  declare filter: string;
  declare groups: NewGroup[];
  declare start: Start;
  declare startAt: string;
  declare timeout: string;
  declare hits: Page<Device> | undefined;
  declare problem: Problem | undefined;
  declare looking: boolean;
  #around = new Resource<{ list: AppLine[]; projects: Project[]; fields: FleetField[] }>(this, async (signal) => {
    const [list, projects, fields] = await Promise.all([apps.list(signal), apps.projects(signal), devices.fields(signal)]);
    return { list, projects, fields };
  });
  #app = new Resource<AppView>(this, (signal) => apps.one(this.app, signal));
  #work = new Work(this);
  #look = new Throttle(() => this.#preview(), 500);

  constructor() {
    super();
    this.app = query('app');
    this.version = query('version');
    this.group = query('group');
    this.forGroup = this.group !== '';
    this.filter = query('filter');
    this.name = this.project = this.startAt = '';
    this.target = '';
    this.groups = presetGroups([5, 95]);
    this.start = 'hand';
    this.timeout = 'PT24H';
  }

  protected override entered(): void {
    void this.#around.load();
    this.until(() => this.#look.stop());
  }

  protected override willUpdate(_changed: PropertyValues): void {
    const around = this.#around.value;
    if (this.app === '' && around) this.app = around.list[0]?.name ?? '';
    if (this.project === '' && around) this.project = String(around.projects[0]?.key ?? '');
    const releases = this.#app.value?.name === this.app ? this.#app.value.releases.filter((each) => each.yanked === undefined || each.yanked === null) : undefined;
    if (releases && !releases.some((each) => each.version === this.version)) this.version = releases[0]?.version ?? '';
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('app') && this.app !== '') void this.#app.load();
    if (changed.has('filter')) this.#look.ask();
  }

  async #preview(): Promise<void> {
    this.looking = true;
    try {
      this.hits = await devices.page({ filter: this.filter.trim() || WHOLE_FLEET }, undefined, 12);
      this.problem = undefined;
    } catch (thrown) {
      this.problem = Problem.of(thrown);
    } finally {
      this.looking = false;
    }
  }

  get #place(): string {
    return this.forGroup ? `group/${this.group.trim()}` : `project/${this.project}`;
  }

  get #plan() {
    return {
      name: this.name.trim(), app: this.app, version: this.version, target: this.target || undefined, place: this.#place, filter: this.filter.trim() || WHOLE_FLEET, groups: groupBodies(this.groups), timeout: this.timeout.trim(),
      ...(this.start === 'now' && { startAt: new Date().toISOString() }),
      ...(this.start === 'at' && this.startAt && { startAt: new Date(this.startAt).toISOString() }),
    };
  }

  protected override render() {
    const around = this.#around.value;
    const fault = groupsFault(this.groups);
    const badTimeout = this.timeout.trim() !== '' && isoDuration(this.timeout.trim()) === undefined;
    const ready = this.name.trim() !== '' && this.app !== '' && this.version !== '' && !fault && !badTimeout && !/\/$/.test(this.#place) && (this.start !== 'at' || this.startAt !== '');
    const call = ready ? apps.createRollout(this.#plan) : undefined;
    return html`<div class="page">
      <div class="page-head"><div><div class="crumb"><a href="/apps">Apps</a>${this.app ? html` / <a href=${appLink(this.app)}>${this.app}</a> / <a href=${appLink(this.app, 'rollouts')}>Rollouts</a>` : nothing}</div><h1>New rollout</h1></div></div>
      ${problemNote(this.#around.problem, () => void this.#around.load())}
      ${around === undefined ? (this.#around.problem ? nothing : html`<div class="card"><div class="card-body">${bones(8)}</div></div>`) : html`<div class="columns">
        <form class="stack" novalidate @submit=${(event: Event) => { event.preventDefault(); if (call) void this.#create(call); }}>
          ${this.#what(around.list)}
          ${this.#whom(around.projects, around.fields)}
          ${groupFields(this.groups, fault, (groups) => { this.groups = groups; })}
          <section class="card"><div class="card-head"><h2>When</h2></div><div class="card-body form">
            <fieldset class="stack tight"><legend class="label">Start</legend>
              <div class="segments">${([['hand', 'By hand'], ['now', 'As soon as it is planned'], ['at', 'At a time']] as [Start, string][]).map(([value, label]) => html`<label><input type="radio" name="start" .checked=${this.start === value} @change=${() => { this.start = value; }}>${label}</label>`)}</div>
              ${this.start === 'at' ? html`<input class="input" type="datetime-local" aria-label="Start at" .value=${this.startAt} @input=${(event: Event) => { this.startAt = valueOf(event); }}>` : nothing}</fieldset>
            ${field({ label: 'Counts as failed after silence of', id: 'n-timeout', note: 'ISO 8601, such as PT24H or P2D.', fault: badTimeout ? 'A duration looks like PT24H or P2D.' : undefined }, html`<input class="input mono" id="n-timeout" autocomplete="off" spellcheck="false" .value=${this.timeout} @input=${(event: Event) => { this.timeout = valueOf(event); }}>`)}
          </div></section>
          ${problemNote(this.#work.problem)}
          <div class="form-foot"><button class="button primary" ?disabled=${!call || this.#work.busy}>Create rollout</button><a class="button" href=${this.app ? appLink(this.app, 'rollouts') : '/apps'}>Cancel</a><span class="grow"></span><m-curl .call=${call}></m-curl></div>
        </form>
        ${this.#previewCard()}
      </div>`}</div>`;
  }

  #what(list: AppLine[]): TemplateResult {
    const app = this.#app.value?.name === this.app ? this.#app.value : undefined;
    const targets: [Target, string][] = [['', 'Only where the app is wanted anyway'], ['running', 'Running, wherever the filter hits'], ['present', 'Installed and not running']];
    return html`<section class="card"><div class="card-head"><h2>Which release</h2></div><div class="card-body form">
      ${field({ label: 'Name', id: 'n-name' }, html`<input class="input" id="n-name" autocomplete="off" .value=${this.name} @input=${(event: Event) => { this.name = valueOf(event); }}>`)}
      <div class="form-grid">
        ${field({ label: 'App', id: 'n-app' }, html`<select class="input" id="n-app" @change=${(event: Event) => { this.app = valueOf(event); }}>${list.map((each) => html`<option value=${each.name} ?selected=${each.name === this.app}>${each.name}</option>`)}</select>`)}
        ${field({ label: 'Release', id: 'n-version', fault: app && this.version === '' ? 'It has none that could be rolled out.' : undefined }, html`<select class="input" id="n-version" @change=${(event: Event) => { this.version = valueOf(event); }}>${app?.releases.filter((each) => each.yanked === undefined || each.yanked === null).map((each) => html`<option value=${each.version} ?selected=${each.version === this.version}>${each.version}${each.offered ? '' : ' (not offered)'}</option>`)}</select>`)}
      </div>
      ${problemNote(this.#app.problem, () => void this.#app.load())}
      ${field({ label: 'It should be', id: 'n-target' }, html`<select class="input" id="n-target" @change=${(event: Event) => { this.target = valueOf(event) as Target; }}>${targets.map(([value, label]) => html`<option value=${value} ?selected=${value === this.target}>${label}</option>`)}</select>`)}
    </div></section>`;
  }

  #whom(projects: Project[], fields: FleetField[]): TemplateResult {
    return html`<section class="card"><div class="card-head"><h2>To whom</h2></div><div class="card-body form">
      <div class="field"><label class="label" for="n-filter">Devices <span class="muted">(empty: the whole fleet)</span></label>
        <m-filter rsqlOnly .inputId=${'n-filter'} .value=${this.filter} .fields=${fields} .fault=${this.problem?.code?.includes('filter') ? this.problem.message : undefined} .onFilter=${(text: string) => { this.filter = text; }}></m-filter>
        <div class="note">Those of them that have an agent when the rollout is created become its members. A device with a wish of its own keeps that.</div></div>
      <fieldset class="stack tight"><legend class="label">In the end</legend>
        <div class="segments">${([[false, 'a project'], [true, 'a group']] as [boolean, string][]).map(([value, label]) => html`<label><input type="radio" name="place" .checked=${this.forGroup === value} @change=${() => { this.forGroup = value; }}>${label}</label>`)}</div>
        ${this.forGroup ? html`<input class="input" aria-label="Group" placeholder="site/line" autocomplete="off" spellcheck="false" .value=${this.group} @input=${(event: Event) => { this.group = valueOf(event); }}>`
          : html`<select class="input" aria-label="Project" @change=${(event: Event) => { this.project = valueOf(event); }}>${projects.map((each) => html`<option value=${each.key} ?selected=${String(each.key) === this.project}>${each.name}</option>`)}</select>`}
        <p class="muted small">stays with the release.</p></fieldset>
    </div></section>`;
  }

  #previewCard(): TemplateResult {
    const { hits } = this;
    const all = hits?.count ?? hits?.items.length ?? 0;
    return html`<section class="card preview" aria-live="polite"><div class="card-head"><h2>Preview</h2>${this.looking ? html`<span class="muted small">looking…</span>` : nothing}</div><div class="card-body stack">
      ${this.problem && !this.problem.code?.includes('filter') ? problemNote(this.problem, () => this.#look.ask()) : nothing}
      ${!hits ? bones(4) : html`
        <div class="tiles"><div class="tile"><span class="name">Hit by the filter</span><span class="figure">${count(all)}</span></div></div>
        ${all === 0 ? note('warn', 'No device would get this release.') : html`<p class="muted small">Devices without an agent among them are left out.</p>`}
        ${hits.items.length > 0 ? html`<div><h3>Some of the devices</h3><ul class="sample">${hits.items.map((each) => html`<li class="cut"><a href=${deviceLink(each.id)}>${each.id}</a> <span class="muted small">${each.group ?? ''}</span></li>`)}</ul></div>` : nothing}`}
    </div></section>`;
  }

  async #create(call: ReturnType<typeof apps.createRollout>): Promise<void> {
    await this.#work.run(async () => {
      const { data } = await api.send<{ id: string }>(call);
      toast('Rollout created');
      go(appRolloutLink(data.id));
    });
  }
}
customElements.define('page-app-rollout-new', AppRolloutNew);
