import { html, nothing, type TemplateResult } from 'lit';
import { api } from '../api/http.ts';
import { lab, type ConfigurationFault, type ReadConfiguration } from '../api/lab.ts';
import { Problem } from '../api/problem.ts';
import { plural } from '../model/format.ts';
import { faultOf, spot } from '../model/lab.ts';
import { Base, Resource, Work } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { bones, note, problemNote, valueOf } from '../ui/pieces.ts';
import { session } from '../ui/session.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import { labTabs } from './lab-parts.ts';

/** How long after the last key it is looked at, ms. */
const PAUSE = 450;

/** The lab's configuration as a text that is checked while it is typed, and saved whole or not at all. */
class LabConfiguration extends Base {
  static override properties = { text: { state: true }, faults: { state: true }, found: { state: true }, problem: { state: true } };
  /** What is typed; undefined as long as it is what is kept. */
  declare text: string | undefined;
  declare faults: ConfigurationFault[];
  declare found: ReadConfiguration | undefined;
  declare problem: Problem | undefined;
  #kept = new Resource<string>(this, (signal) => lab.configuration(signal));
  #work = new Work(this);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked: AbortController | undefined;

  constructor() {
    super();
    this.faults = [];
  }

  protected override entered(): void {
    if (session.may('lab-admin')) void this.#kept.load();
    this.until(() => { clearTimeout(this.#timer); this.#asked?.abort(); });
    const leave = (event: BeforeUnloadEvent): void => { if (this.#changed) event.preventDefault(); };
    window.addEventListener('beforeunload', leave);
    this.until(() => window.removeEventListener('beforeunload', leave));
  }

  get #changed(): boolean {
    return this.text !== undefined && this.text !== this.#kept.value;
  }

  protected override render() {
    const admin = session.may('lab-admin');
    return html`<div class="page">
      <div class="page-head"><h1>Lab</h1><div class="actions">${admin ? html`<button class="button" ?disabled=${this.#work.busy || this.#changed} title="Takes the configured file anew" @click=${this.#reload}>${icon('refresh')}Read the file again</button>` : nothing}</div></div>
      ${labTabs('configuration')}
      ${admin ? html`${problemNote(this.#kept.problem, () => void this.#kept.load())}${this.#kept.value === undefined ? (this.#kept.problem ? nothing : html`<div class="card"><div class="card-body">${bones(12)}</div></div>`) : this.#editor(this.#kept.value)}`
        : note('info', 'Only administrators of the lab see its configuration: it has the credentials of switches in it.')}
    </div>`;
  }

  #editor(kept: string): TemplateResult {
    const text = this.text ?? kept;
    const ready = this.#changed && this.found !== undefined;
    const call = ready ? lab.configure(text) : undefined;
    return html`<section class="card"><form class="card-body form lab-form" @submit=${(event: Event) => { event.preventDefault(); if (call) void this.#save(text, call); }}>
      <div class="field"><label class="label" for="c-text">Boards, classes and switches, in UCL</label>
        <div class="lined"><ol class="line-numbers" aria-hidden="true">${text.split('\n').map((_, i) => html`<li class=${this.faults.some((each) => each.line === i + 1) ? 'bad' : ''}>${i + 1}</li>`)}</ol>
        <textarea class="input mono editor" id="c-text" spellcheck="false" autocapitalize="off" autocomplete="off" wrap="off" aria-describedby="c-findings" aria-invalid=${this.faults.length > 0 ? 'true' : 'false'}
          .value=${text} @input=${this.#typed} @scroll=${this.#scrolled} @keydown=${this.#key}></textarea></div></div>
      <div id="c-findings" class="stack tight" aria-live="polite">${this.#verdict()}</div>
      ${problemNote(this.#work.problem)}
      <div class="form-foot"><button class="button primary" ?disabled=${!ready || this.#work.busy}>Save</button>
        <button type="button" class="button" ?disabled=${!this.#changed} @click=${() => { this.text = undefined; this.faults = []; this.problem = undefined; this.found = undefined; this.#work.clear(); }}>Discard</button><span class="grow"></span><m-curl .call=${call}></m-curl>
        <p class="muted small foot-note">Boards that leave it while somebody has them stay until they are released. Nothing is taken from a text with a fault in it.</p></div>
    </form></section>`;
  }

  #verdict(): TemplateResult {
    if (!this.#changed) return html`<span class="state idle">${icon('check', 15)}This is what is in force</span>`;
    if (this.problem) return html`${problemNote(this.problem, () => void this.#check())}`;
    if (this.faults.length > 0) {
      return html`<div class="notice bad">${icon('alert')}<div class="grow stack tight"><b>It cannot be saved like this</b><ul class="findings">${this.faults.map((each) => html`<li>
        ${each.line ? html`<button type="button" class="button small" @click=${() => this.#show(each)}>Line ${each.line}${each.column ? `, column ${each.column}` : ''}</button>` : nothing}
        <span class="break">${each.board ? html`<code>${each.board}</code> ` : nothing}${each.message}</span></li>`)}</ul></div></div>`;
    }
    if (!this.found) return html`<span class="state idle">${icon('clock', 15)}Looking at it…</span>`;
    const { boards, classes } = this.found;
    return html`<span class="state ok">${icon('check', 15)}Nothing wrong is found: ${plural(boards.length, 'board')} of ${plural(classes.length, 'class', 'classes')}</span>`;
  }

  #typed = (event: Event): void => {
    this.text = valueOf(event);
    this.found = undefined;
    this.faults = [];
    this.problem = undefined;
    clearTimeout(this.#timer);
    this.#asked?.abort();
    if (this.#changed) this.#timer = setTimeout(() => void this.#check(), PAUSE);
  };

  async #check(): Promise<void> {
    const asked = new AbortController();
    this.#asked = asked;
    try {
      const { data } = await api.send<ReadConfiguration>(lab.check(this.text ?? ''), asked.signal);
      if (asked.signal.aborted) return;
      this.found = data;
      this.problem = undefined;
    } catch (thrown) {
      if (asked.signal.aborted) return;
      const problem = Problem.of(thrown);
      if (problem.code === 'lab.configuration-invalid') this.faults = [faultOf(problem.message, problem.details)];
      else this.problem = problem;
    }
  }

  async #save(text: string, call: ReturnType<typeof lab.configure>): Promise<void> {
    if (await this.#work.run(() => api.send(call))) {
      toast('Configuration saved');
      this.#kept.value = text;
      this.text = undefined;
      this.found = undefined;
    }
  }

  #reload = (): void => {
    void this.#work.run(async () => {
      await api.send(lab.reload());
      toast('The file was read again');
      this.text = undefined;
      await this.#kept.load();
    });
  };

  /** Tab leaves the field, as everywhere; Enter keeps the indentation. */
  #key = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.isComposing) return;
    const area = event.currentTarget as HTMLTextAreaElement;
    const line = area.value.slice(area.value.lastIndexOf('\n', area.selectionStart - 1) + 1, area.selectionStart);
    const indent = /^[ \t]*/.exec(line)![0];
    if (indent === '') return;
    event.preventDefault();
    area.setRangeText(`\n${indent}`, area.selectionStart, area.selectionEnd, 'end');
    area.dispatchEvent(new InputEvent('input', { bubbles: true }));
  };

  /** The numbers go along with the text. */
  #scrolled = (event: Event): void => {
    const area = event.currentTarget as HTMLTextAreaElement;
    this.querySelector('.line-numbers')!.scrollTop = area.scrollTop;
  };

  /** Marks the place in the field and scrolls to it. */
  #show(fault: ConfigurationFault): void {
    const area = this.querySelector('textarea')!;
    const { start, end } = spot(area.value, fault.line ?? 1, fault.column);
    area.focus();
    area.setSelectionRange(start, end);
    const height = Number.parseFloat(getComputedStyle(area).lineHeight) || 18;
    area.scrollTop = Math.max(0, ((fault.line ?? 1) - 4) * height);
  }
}
customElements.define('page-lab-configuration', LabConfiguration);
