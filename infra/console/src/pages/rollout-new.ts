import { html, nothing, type TemplateResult } from 'lit';
import { devices, releases } from '../api/devices.ts';
import { api } from '../api/http.ts';
import { Problem } from '../api/problem.ts';
import { rollouts } from '../api/rollouts.ts';
import type { FleetField, Release, Rollout, RolloutPreview } from '../api/types.ts';
import { Throttle } from '../live/frames.ts';
import { brakeWords } from '../model/rollout-brakes.ts';
import { DRAFT, type Draft, faultsOf, previewBody, rolloutBody, sharesFault, type Step, STEPS } from '../model/rollout-draft.ts';
import { rolloutLink } from '../routes.ts';
import { Base, Resource, Work } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { go, query, setQuery } from '../ui/navigation.ts';
import { problemNote } from '../ui/pieces.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import { previewCard } from './rollout-preview.ts';
import { careStep } from './rollout-rungs.ts';
import { checkStep, whatStep, whenStep, whoStep } from './rollout-steps.ts';

const TITLES: Record<Step, string> = { what: 'What', who: 'Who', care: 'How carefully', when: 'When', check: 'Check' };
/** What the server takes when no time-out is named. */
const TIMEOUT = 'PT24H';

/** Plans a rollout step by step and shows, before anything happens, which devices it would hit and what would stop it. */
class RolloutNew extends Base {
  static override properties = { draft: { state: true }, release: { state: true }, step: { state: true }, preview: { state: true }, previewProblem: { state: true }, previewing: { state: true } };
  declare draft: Draft;
  declare release: Release | undefined;
  declare step: Step;
  declare preview: RolloutPreview | undefined;
  declare previewProblem: Problem | undefined;
  declare previewing: boolean;
  #named = false;
  /** The steps that were left behind: only they can be done. */
  #seen = new Set<Step>();
  /** Of the last plan that made sense: half a number is no brake. */
  #brakes: string[] = [];
  #fields = new Resource<FleetField[]>(this, (signal) => devices.fields(signal));
  #work = new Work(this);
  #look = new Throttle(() => this.#preview(), 400);

  constructor() {
    super();
    this.draft = { ...DRAFT, filter: query('filter') };
    this.step = STEPS.find((each) => each === query('step')) ?? 'what';
  }

  protected override entered(): void {
    void this.#fields.load();
    this.until(() => this.#look.stop());
    // The first step picks it by itself; a link may lead to another step.
    const wanted = query('release');
    if (wanted && this.step !== 'what') releases.one(wanted).then((release) => this.#pick(wanted, release), (thrown) => { this.previewProblem = Problem.of(thrown); });
  }

  async #preview(): Promise<void> {
    const faults = faultsOf(this.draft);
    if (!this.draft.releaseId || faults.who || sharesFault(this.draft.groups)) return;
    this.previewing = true;
    try {
      this.preview = (await api.send<RolloutPreview>(rollouts.preview(previewBody(this.draft)))).data;
      this.previewProblem = undefined;
    } catch (thrown) {
      this.previewProblem = Problem.of(thrown);
    } finally {
      this.previewing = false;
    }
  }

  #pick = (_: string, release: Release): void => {
    this.release = release;
    this.draft = { ...this.draft, releaseId: release.id, ...(!this.#named && { name: `${release.name} ${release.version}` }) };
    this.#look.ask();
  };

  #change = (part: Partial<Draft>): void => {
    if (part.name !== undefined && part.name !== this.draft.name) this.#named = true;
    this.draft = { ...this.draft, ...part };
    if (part.name === undefined || part.groups) this.#look.ask();
  };

  #to(step: Step): void {
    this.#seen.add(this.step);
    this.step = step;
    setQuery({ step: step === 'what' ? undefined : step });
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('.wizard-steps [aria-current]')?.focus());
  }

  protected override render() {
    const faults = faultsOf(this.draft);
    const ready = Object.keys(faults).length === 0;
    const body = rolloutBody(this.draft, new Date());
    const call = ready ? rollouts.create(body) : undefined;
    if (!faults.care && !faults.when) this.#brakes = brakeWords({ ...body, timeout: body.timeout ?? TIMEOUT });
    const brakes = this.#brakes;
    const at = STEPS.indexOf(this.step);
    const last = this.step === 'check';
    const fault = last ? STEPS.map((each) => faults[each]).find(Boolean) : faults[this.step];
    // Where Next was, the last step has Back: a second click creates nothing.
    return html`<div class="page">
      <div class="page-head"><div><div class="crumb"><a href="/rollouts">Rollouts</a></div><h1>New rollout</h1></div></div>
      <nav aria-label="Steps"><ol class="wizard-steps">${STEPS.map((each, i) => html`<li><button type="button" aria-current=${each === this.step ? 'step' : nothing} @click=${() => this.#to(each)}>
        <span class="step-mark">${faults[each] || each === 'check' || !this.#seen.has(each) ? i + 1 : icon('check', 14)}</span>${TITLES[each]}${faults[each] ? html`<span class="sr">, not done yet: ${faults[each]}</span>` : nothing}</button></li>`)}</ol></nav>
      <div class="columns">
        <form class="stack" novalidate @submit=${(event: Event) => { event.preventDefault(); if (!last) this.#to(STEPS[at + 1]!); else if (call) void this.#create(); }}>
          ${this.#step(brakes)}
          ${fault && !(this.step === 'what' && !this.draft.releaseId) ? html`<div class="field"><div class="fault" role="alert">${icon('alert', 14)}${fault}</div></div>` : nothing}
          ${problemNote(this.#work.problem)}
          <div class="form-foot">
            <button type=${last ? 'submit' : 'button'} class="button ${ready || last ? 'primary' : ''}" ?disabled=${!ready || this.#work.busy} @click=${() => { if (!last) void this.#create(); }}>Create rollout</button>
            ${last ? nothing : html`<button class="button ${ready ? '' : 'primary'}">Next: ${TITLES[STEPS[at + 1]!].toLowerCase()}</button>`}
            ${at > 0 ? html`<button type="button" class="button" @click=${() => this.#to(STEPS[at - 1]!)}>Back</button>` : nothing}
            <a class="button plain" href="/rollouts">Cancel</a><span class="grow"></span><m-curl .call=${call}></m-curl></div>
        </form>
        ${previewCard({ chosen: this.draft.releaseId !== undefined, preview: this.preview, problem: this.step === 'who' && this.previewProblem?.status === 400 ? undefined : this.previewProblem, looking: this.previewing, brakes, again: () => this.#look.ask() })}
      </div></div>`;
  }

  #step(brakes: string[]): TemplateResult {
    const { draft } = this;
    const fields = this.#fields.value ?? [];
    switch (this.step) {
      case 'what': return whatStep(draft, draft.releaseId ?? query('release'), this.#work.problem?.at('/name'), this.#pick, this.#change);
      case 'who': return whoStep(draft, fields, this.previewProblem, this.#change);
      case 'care': return careStep(draft, fields, this.#change);
      case 'when': return whenStep(draft, this.#change);
      case 'check': return checkStep(draft, this.release, brakes);
    }
  }

  async #create(): Promise<void> {
    if (Object.keys(faultsOf(this.draft)).length > 0) return;
    await this.#work.run(async () => {
      const { data } = await api.send<Rollout>(rollouts.create(rolloutBody(this.draft, new Date())));
      toast('Rollout created');
      go(rolloutLink(data.id));
    });
  }
}
customElements.define('page-rollout-new', RolloutNew);
