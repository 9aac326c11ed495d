import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { api } from '../api/http.ts';
import { observe, type Finding, type RuleCheck } from '../api/observe.ts';
import { Problem } from '../api/problem.ts';
import { type DocumentKind, type Fault, isRules, jsonFault, KINDS, lineSpan } from '../model/documents.ts';
import { plural } from '../model/format.ts';
import { Base } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { problemNote, valueOf } from '../ui/pieces.ts';

/** How long after the last key rules are looked at, ms. */
const PAUSE = 450;

/** What the editor knows of the text as it stands. */
export interface Verdict { storable: boolean; template: boolean }

/**
 * `<m-document-editor .kind .text fresh .onText .onVerdict>`: a plain text field that says what is wrong with it and where.
 * JSON is read here; rules are read by the server, which changes nothing by it.
 */
class DocumentEditor extends Base {
  static override properties = { kind: {}, text: {}, fresh: { type: Boolean }, fault: { state: true }, checked: { state: true }, problem: { state: true } };
  declare kind: DocumentKind;
  declare text: string;
  /** Not published yet: whether it is a template is decided by this text. */
  declare fresh: boolean;
  declare fault: Fault | undefined;
  declare checked: RuleCheck | undefined;
  declare problem: Problem | undefined;
  onText: (text: string) => void = () => {};
  onVerdict: (verdict: Verdict | undefined) => void = () => {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked: AbortController | undefined;

  protected override entered(): void {
    this.until(() => { clearTimeout(this.#timer); this.#asked?.abort(); });
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('text') || changed.has('kind')) this.#look();
  }

  #look(): void {
    clearTimeout(this.#timer);
    this.#asked?.abort();
    if (this.text.trim() === '') {
      this.fault = undefined;
      this.checked = undefined;
      this.problem = undefined;
      this.onVerdict(undefined);
    } else if (!isRules(this.kind)) {
      this.fault = jsonFault(this.text);
      this.onVerdict({ storable: this.fault === undefined, template: false });
    } else {
      this.onVerdict(undefined);
      this.#timer = setTimeout(() => void this.#check(), PAUSE);
    }
  }

  async #check(): Promise<void> {
    const asked = new AbortController();
    this.#asked = asked;
    try {
      const { data } = await api.send<RuleCheck>(observe.check(this.text), asked.signal);
      if (asked.signal.aborted) return;
      this.checked = data;
      this.problem = undefined;
      this.onVerdict(data);
    } catch (thrown) {
      if (asked.signal.aborted) return;
      this.problem = Problem.of(thrown);
      this.onVerdict(undefined);
    }
  }

  protected override render() {
    const json = !isRules(this.kind);
    return html`<div class="stack"><div class="field"><label class="label" for="d-text">${json ? 'JSON' : 'YAML'}</label>
        <textarea class="input mono editor" id="d-text" spellcheck="false" autocapitalize="off" autocomplete="off" wrap="off" aria-describedby="d-findings" placeholder=${`${KINDS[this.kind].about} Paste it here.`}
          .value=${this.text} @input=${(event: Event) => this.onText(valueOf(event))}></textarea></div>
      <div id="d-findings" class="stack tight" aria-live="polite">${this.text.trim() === '' ? nothing : json ? this.#json() : this.#rules()}</div></div>`;
  }

  #json(): TemplateResult {
    return this.fault ? findingList([{ path: '', line: this.fault.line ?? null, message: this.fault.message }], true, this.#show)
      : html`<span class="state ok">${icon('check', 15)}It is a JSON object</span>`;
  }

  #rules(): TemplateResult {
    if (this.problem) return html`${problemNote(this.problem, () => void this.#check())}`;
    const checked = this.checked;
    if (!checked) return html`<span class="state idle">${icon('clock', 15)}Looking at it…</span>`;
    return html`${checked.findings.length === 0 ? html`<span class="state ok">${icon('check', 15)}Nothing wrong is found</span>` : findingList(checked.findings, !checked.storable, this.#show)}
      ${this.fresh && checked.template ? html`<span class="muted small">A template: each device that uses it gets it with its own uid in it.</span>` : nothing}`;
  }

  /** Marks a line in the field and scrolls to it. */
  #show = (line: number): void => {
    const area = this.querySelector('textarea')!;
    const { start, end } = lineSpan(area.value, line);
    area.focus();
    area.setSelectionRange(start, end);
    const height = Number.parseFloat(getComputedStyle(area).lineHeight) || 18;
    area.scrollTop = Math.max(0, (line - 4) * height);
  };
}
customElements.define('m-document-editor', DocumentEditor);

/** What is wrong, with the place; `broken` when it cannot even be stored. */
export function findingList(findings: Finding[], broken: boolean, show?: (line: number) => void): TemplateResult {
  return html`<div class="notice ${broken ? 'bad' : 'warn'}">${icon('alert')}<div class="grow stack tight">
    <b>${broken ? 'It cannot be stored like this' : `${plural(findings.length, 'finding')}: it can be stored, but would not be loaded`}</b>
    <ul class="findings">${findings.map((each) => html`<li>${each.line ? show ? html`<button type="button" class="button small" @click=${() => show(each.line!)}>Line ${each.line}</button>` : html`<span class="tag">Line ${each.line}</span>` : nothing}
      <span class="break">${each.path ? html`<code>${each.path}</code> ` : nothing}${each.message}</span></li>`)}</ul></div></div>`;
}
