import { html, nothing, type TemplateResult } from 'lit';
import { devices } from '../api/devices.ts';
import { api } from '../api/http.ts';
import { Problem } from '../api/problem.ts';
import { rollouts } from '../api/rollouts.ts';
import type { FleetField, Release, Rollout, RolloutPreview } from '../api/types.ts';
import { Throttle } from '../live/frames.ts';
import { count, percent } from '../model/format.ts';
import { groupsFault, type NewGroup, presetGroups } from '../model/rollout-math.ts';
import { deviceLink, rolloutLink } from '../routes.ts';
import { styled } from '../ui/directives.ts';
import { Base, Resource, Work } from '../ui/element.ts';
import { type How, HOW, howBody, howFields } from '../ui/how-fields.ts';
import { go, query } from '../ui/navigation.ts';
import { bones, field, note, problemNote, valueOf } from '../ui/pieces.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import '../ui/filter-box.ts';
import '../ui/release-pick.ts';
import { groupBodies, groupFields } from './rollout-groups.ts';

/** A rollout names its devices always; this names them all. */
const WHOLE_FLEET = 'id==*';

type Start = 'hand' | 'now' | 'at';

/** Plans a rollout and shows, before anything happens, which devices it would hit. */
class RolloutNew extends Base {
  static override properties = { name: { state: true }, release: { state: true }, filter: { state: true }, groups: { state: true }, how: { state: true }, start: { state: true }, startAt: { state: true }, preview: { state: true }, previewProblem: { state: true }, previewing: { state: true } };
  declare name: string;
  declare release: Release | undefined;
  declare filter: string;
  declare groups: NewGroup[];
  declare how: How;
  declare start: Start;
  declare startAt: string;
  declare preview: RolloutPreview | undefined;
  declare previewProblem: Problem | undefined;
  declare previewing: boolean;
  #named = false;
  #fields = new Resource<FleetField[]>(this, (signal) => devices.fields(signal));
  #work = new Work(this);
  #look = new Throttle(() => this.#preview(), 400);

  constructor() {
    super();
    this.name = '';
    this.filter = query('filter');
    this.groups = presetGroups([5, 95]);
    this.how = HOW;
    this.start = 'hand';
    this.startAt = '';
  }

  protected override entered(): void {
    void this.#fields.load();
    this.until(() => this.#look.stop());
  }

  get #plan() {
    return {
      releaseId: this.release?.id,
      filter: this.filter.trim() || WHOLE_FLEET,
      groups: groupBodies(this.groups),
    };
  }

  get #body() {
    return {
      name: this.name.trim(), ...this.#plan, ...howBody(this.how),
      ...(this.start === 'now' && { startAt: new Date().toISOString() }),
      ...(this.start === 'at' && this.startAt && { startAt: new Date(this.startAt).toISOString() }),
    };
  }

  async #preview(): Promise<void> {
    if (!this.release || groupsFault(this.groups)) return;
    this.previewing = true;
    try {
      this.preview = (await api.send<RolloutPreview>(rollouts.preview(this.#plan))).data;
      this.previewProblem = undefined;
    } catch (thrown) {
      this.previewProblem = Problem.of(thrown);
    } finally {
      this.previewing = false;
    }
  }

  #pick = (_: string, release: Release): void => {
    this.release = release;
    if (!this.#named) this.name = `${release.name} ${release.version}`;
    this.#look.ask();
  };

  protected override render() {
    const fault = groupsFault(this.groups);
    const ready = this.name.trim() !== '' && this.release !== undefined && !fault && (this.start !== 'at' || this.startAt !== '');
    const call = ready ? rollouts.create(this.#body) : undefined;
    return html`<div class="page">
      <div class="page-head"><div><div class="crumb"><a href="/rollouts">Rollouts</a></div><h1>New rollout</h1></div></div>
      <div class="columns">
        <form class="stack" novalidate @submit=${(event: Event) => { event.preventDefault(); if (call) void this.#create(); }}>
          <section class="card"><div class="card-head"><h2>What, and to whom</h2></div><div class="card-body form">
            <m-release-pick .value=${query('release')} .onPick=${this.#pick}></m-release-pick>
            ${field({ label: 'Name', id: 'n-name', fault: this.#work.problem?.at('/name') }, html`<input class="input" id="n-name" autocomplete="off" .value=${this.name} @input=${(event: Event) => { this.name = valueOf(event); this.#named = true; }}>`)}
            <div class="field"><label class="label" for="n-filter">Devices <span class="muted">(empty: the whole fleet)</span></label>
              <m-filter rsqlOnly .inputId=${'n-filter'} .value=${this.filter} .fields=${this.#fields.value ?? []} .fault=${this.previewProblem?.status === 400 ? this.previewProblem.message : undefined}
                .onFilter=${(text: string) => { this.filter = text; this.#look.ask(); }}></m-filter>
              <div class="note">The devices that fit when the rollout is created become its members.</div></div>
          </div></section>
          ${groupFields(this.groups, fault, (groups) => { this.groups = groups; this.#look.ask(); })}
          <section class="card"><div class="card-head"><h2>How and when</h2></div><div class="card-body form">
            ${howFields(this.how, (how) => { this.how = how; })}
            <fieldset class="stack tight"><legend class="label">Start</legend>
              <div class="segments">${([['hand', 'By hand'], ['now', 'As soon as it is planned'], ['at', 'At a time']] as [Start, string][]).map(([value, label]) => html`<label><input type="radio" name="start" .checked=${this.start === value} @change=${() => { this.start = value; }}>${label}</label>`)}</div>
              ${this.start === 'at' ? html`<input class="input" type="datetime-local" aria-label="Start at" .value=${this.startAt} @input=${(event: Event) => { this.startAt = valueOf(event); }}>` : nothing}</fieldset>
          </div></section>
          ${problemNote(this.#work.problem)}
          <div class="form-foot"><button class="button primary" ?disabled=${!ready || this.#work.busy}>Create rollout</button><a class="button" href="/rollouts">Cancel</a><span class="grow"></span><m-curl .call=${call}></m-curl></div>
        </form>
        ${this.#previewCard()}
      </div></div>`;
  }

  #previewCard(): TemplateResult {
    const preview = this.preview;
    const largest = Math.max(1, ...(preview?.groups.map((each) => each.size) ?? []));
    return html`<section class="card preview" aria-live="polite"><div class="card-head"><h2>Preview</h2>${this.previewing ? html`<span class="muted small">looking…</span>` : nothing}</div><div class="card-body stack">
      ${this.previewProblem && this.previewProblem.status !== 400 ? problemNote(this.previewProblem, () => this.#look.ask()) : nothing}
      ${!this.release ? html`<p class="muted">Choose a release to see which devices it would reach.</p>` : !preview ? bones(5) : html`
        <div class="tiles three"><div class="tile"><span class="name">Members</span><span class="figure">${count(preview.members)}</span></div>
          <div class="tile"><span class="name">Hit by the filter</span><span class="figure">${count(preview.matching)}</span></div>
          <div class="tile"><span class="name">Other hardware</span><span class="figure ${preview.incompatible > 0 ? 'warn-text' : ''}">${count(preview.incompatible)}</span></div></div>
        ${preview.members === 0 ? note('warn', 'No device would get this release.') : nothing}
        <ul class="stack tight">${preview.groups.map((each) => html`<li class="preview-group"><span class="cut">${each.name}</span><div class="bar"><i class="info" ${styled({ width: `${(each.size / largest) * 100}%` })}></i></div><span class="num">${count(each.size)}</span><span class="muted small num">${percent(each.size, preview.members)}</span></li>`)}</ul>
        ${preview.sample.length > 0 ? html`<div><h3>Some of them</h3><ul class="sample">${preview.sample.slice(0, 12).map((each) => html`<li class="cut"><a href=${deviceLink(each.id)}>${each.id}</a> <span class="muted small">${[each.group, each.installed?.version].filter(Boolean).join(' · ')}</span></li>`)}</ul></div>` : nothing}`}
    </div></section>`;
  }

  async #create(): Promise<void> {
    await this.#work.run(async () => {
      const { data } = await api.send<Rollout>(rollouts.create(this.#body));
      toast('Rollout created');
      go(rolloutLink(data.id));
    });
  }
}
customElements.define('page-rollout-new', RolloutNew);
