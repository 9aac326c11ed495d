import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { config, type SchemaFinding } from '../api/config.ts';
import { api } from '../api/http.ts';
import { Problem } from '../api/problem.ts';
import { spot } from '../model/lab.ts';
import { Base } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { problemNote, valueOf } from '../ui/pieces.ts';

/** How long after the last key the server is asked, ms. */
const PAUSE = 450;

/**
 * `<m-schema-editor .text .kept .onText .onFits>`: a registry's document as a text with line numbers, looked at by the
 * server while it is typed; nothing is changed by that.
 */
class SchemaEditor extends Base {
  static override properties = { text: {}, kept: {}, findings: { state: true }, problem: { state: true } };
  declare text: string;
  /** What is in force, if anything is. */
  declare kept: string | undefined;
  /** Undefined while nobody has looked. */
  declare findings: SchemaFinding[] | undefined;
  declare problem: Problem | undefined;
  onText: (text: string) => void = () => {};
  /** Whether the text as it stands could be defined. */
  onFits: (fits: boolean) => void = () => {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked: AbortController | undefined;

  protected override entered(): void {
    this.until(() => { clearTimeout(this.#timer); this.#asked?.abort(); });
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('text') && !changed.has('kept')) return;
    clearTimeout(this.#timer);
    this.#asked?.abort();
    this.findings = undefined;
    this.problem = undefined;
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('text') && !changed.has('kept')) return;
    this.onFits(false);
    if (this.#changed) this.#timer = setTimeout(() => void this.#check(), PAUSE);
  }

  get #changed(): boolean {
    return this.text.trim() !== '' && this.text !== this.kept;
  }

  async #check(): Promise<void> {
    const asked = new AbortController();
    this.#asked = asked;
    try {
      const { data } = await api.send<{ findings: SchemaFinding[] }>(config.check(this.text), asked.signal);
      if (asked.signal.aborted) return;
      this.findings = data.findings;
      this.onFits(data.findings.length === 0);
    } catch (thrown) {
      if (!asked.signal.aborted) this.problem = Problem.of(thrown);
    }
  }

  protected override render() {
    const bad = new Set(this.findings?.map((each) => each.line) ?? []);
    return html`<div class="stack"><div class="field"><label class="label" for="s-text">Document, in JSON or as an assertion</label>
        <div class="lined"><ol class="line-numbers" aria-hidden="true">${this.text.split('\n').map((_, i) => html`<li class=${bad.has(i + 1) ? 'bad' : ''}>${i + 1}</li>`)}</ol>
        <textarea class="input mono editor" id="s-text" spellcheck="false" autocapitalize="off" autocomplete="off" wrap="off" aria-describedby="s-findings" aria-invalid=${this.findings?.length ? 'true' : 'false'}
          .value=${this.text} @input=${(event: Event) => this.onText(valueOf(event))} @scroll=${this.#scrolled} @keydown=${this.#key}></textarea></div></div>
      <div id="s-findings" class="stack tight" aria-live="polite">${this.#verdict()}</div></div>`;
  }

  #verdict(): TemplateResult | typeof nothing {
    if (this.text.trim() === '') return nothing;
    if (!this.#changed) return html`<span class="state idle">${icon('check', 15)}This is what is in force</span>`;
    if (this.problem) return html`${problemNote(this.problem, () => void this.#check())}`;
    if (!this.findings) return html`<span class="state idle">${icon('clock', 15)}Looking at it…</span>`;
    if (this.findings.length === 0) return html`<span class="state ok">${icon('check', 15)}Nothing wrong is found, and all values that are stored fit</span>`;
    return html`<div class="notice bad">${icon('alert')}<div class="grow stack tight"><b>It cannot be defined like this</b><ul class="findings">${this.findings.map((each) => html`<li>
      ${each.line > 0 ? html`<button type="button" class="button small" @click=${() => this.#show(each)}>Line ${each.line}${each.column > 0 ? `, column ${each.column}` : ''}</button>` : nothing}
      <span class="break">${each.pointer ? html`<code>${each.pointer}</code> ` : nothing}${each.message}</span></li>`)}</ul></div></div>`;
  }

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
  #show(finding: SchemaFinding): void {
    const area = this.querySelector('textarea')!;
    const { start, end } = spot(area.value, finding.line, finding.column);
    area.focus();
    area.setSelectionRange(start, end);
    const height = Number.parseFloat(getComputedStyle(area).lineHeight) || 18;
    area.scrollTop = Math.max(0, (finding.line - 4) * height);
  }
}
customElements.define('m-schema-editor', SchemaEditor);
