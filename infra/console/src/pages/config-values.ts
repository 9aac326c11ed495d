import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { RegistryView } from '../api/config.ts';
import { isSecretRequest, kindWords, pathFault, readable, typedValue, writablePaths } from '../model/config.ts';
import { EMPTY, type Json, NULL, valueAt, writeJson } from '../model/json.ts';
import { Base } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { check, field, valueOf } from '../ui/pieces.ts';

interface Pair { key: number; path: string; text: string; unset: boolean }

/** What is typed: values by path, if all of it can be sent. */
export interface Typed { values: Map<string, Json>; whole: boolean }

/**
 * `<m-config-values .view .views .current .secrets giving .onTyped>`: paths of a view and values for them. A value is JSON where it
 * reads as JSON, else a text; what may be a secret is not shown while it is typed.
 */
class ConfigValues extends Base {
  static override properties = { view: { attribute: false }, views: { attribute: false }, current: { attribute: false }, secrets: { attribute: false }, giving: { type: Boolean }, pairs: { state: true } };
  declare view: RegistryView | undefined;
  /** All of the registry's: what one does not show another may. */
  declare views: RegistryView[];
  /** What the view shows now, to begin with. */
  declare current: Json;
  /** Storage paths that are known to be secrets. */
  declare secrets: string[];
  /** Values can only be given, not taken away. */
  declare giving: boolean;
  declare pairs: Pair[];
  onTyped: (typed: Typed) => void = () => {};
  #keys = 0;

  constructor() {
    super();
    this.current = EMPTY;
    this.views = [];
    this.secrets = [];
    this.giving = false;
    this.pairs = [this.#pair()];
  }

  #pair(path = ''): Pair {
    return { key: ++this.#keys, path, text: '', unset: false };
  }

  protected override willUpdate(changed: PropertyValues): void {
    // Paths of one view mean nothing in another.
    if (changed.has('view') && changed.get('view') !== undefined && (changed.get('view') as RegistryView).name !== this.view?.name) this.pairs = [this.#pair()];
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('pairs')) this.onTyped(this.#typed());
  }

  #typed(): Typed {
    const used = this.pairs.filter((each) => each.path.trim() !== '' || each.text !== '' || each.unset);
    const values = new Map<string, Json>();
    let whole = used.length > 0;
    for (const each of used) {
      if (this.#fault(each) !== undefined) whole = false;
      values.set(each.path.trim(), each.unset ? NULL : typedValue(each.text));
    }
    return { values, whole };
  }

  #fault(pair: Pair): string | undefined {
    const path = pair.path.trim();
    if (path === '') return pair.text !== '' || pair.unset ? 'Say at which path.' : undefined;
    if (this.pairs.some((each) => each !== pair && each.path.trim() === path)) return 'This path is there twice.';
    if (this.giving && typedValue(pair.text).kind === 'null') return 'A value can only be given here, not taken away.';
    return pathFault(path, this.view);
  }

  #set(pair: Pair, part: Partial<Pair>): void {
    this.pairs = this.pairs.map((each) => (each.key === pair.key ? { ...each, ...part } : each));
  }

  /** The value that is there stands for a beginning, unless something was typed already. */
  #chosen(pair: Pair, path: string): void {
    const known = pair.text === '' && !this.#secret(path) ? valueAt(this.current, path.trim()) : undefined;
    this.#set(pair, { path, ...(known && { text: writeJson(known, known.kind === 'object' || known.kind === 'list' ? 2 : 0) }) });
  }

  #secret(path: string): boolean {
    return isSecretRequest(this.view, path.trim(), this.secrets, this.views);
  }

  protected override render(): TemplateResult {
    return html`<datalist id="p-paths">${writablePaths(this.view, this.current).map((each) => html`<option value=${each}></option>`)}</datalist>
      <div class="pairs">${this.pairs.map((pair, i) => this.#row(pair, i))}</div>
      <div class="row wrap"><button type="button" class="button small" @click=${() => { this.pairs = [...this.pairs, this.#pair()]; }}>${icon('plus', 14)}Another path</button>
        ${this.view ? html`<span class="muted small break">It takes ${this.#requests(this.view)}</span>` : nothing}</div>`;
  }

  #requests(view: RegistryView): TemplateResult {
    const rules = view.rules.filter((rule) => rule.access !== 'read');
    return html`${rules.slice(0, 8).map((rule, i) => html`${i > 0 ? ', ' : ''}<code>${rule.request}</code>${readable(rule) ? '' : ' (written only)'}`)}${rules.length > 8 ? `, and ${rules.length - 8} more` : ''}`;
  }

  #row(pair: Pair, i: number): TemplateResult {
    const fault = this.#fault(pair);
    const secret = this.#secret(pair.path);
    const value = typedValue(pair.text);
    const tell = pair.unset || pair.text === '' ? undefined : `${kindWords(value)}${value.kind === 'text' && pair.text.startsWith('"') ? '' : value.kind === 'text' ? ', as it is not JSON' : ''}`;
    const control = secret ? html`<input class="input mono" id="p-value-${i}" type="password" autocomplete="new-password" ?disabled=${pair.unset} .value=${pair.text} @input=${(event: Event) => this.#set(pair, { text: valueOf(event) })}>`
      : html`<textarea class="input mono" id="p-value-${i}" rows="1" spellcheck="false" autocapitalize="off" autocomplete="off" ?disabled=${pair.unset} .value=${pair.text} @input=${(event: Event) => this.#set(pair, { text: valueOf(event) })}></textarea>`;
    return html`<div class="pair">
      ${field({ label: 'Path', id: `p-path-${i}`, fault }, html`<input class="input mono" id="p-path-${i}" list="p-paths" autocomplete="off" autocapitalize="off" spellcheck="false" aria-invalid=${fault ? 'true' : nothing} aria-describedby=${fault ? `p-path-${i}-fault` : nothing}
        .value=${pair.path} @input=${(event: Event) => this.#set(pair, { path: valueOf(event) })} @change=${(event: Event) => this.#chosen(pair, valueOf(event))}>`)}
      ${field({ label: secret ? 'Value, a secret' : 'Value', id: `p-value-${i}`, note: tell }, control)}
      ${this.giving ? html`<span></span>` : check('Unset', pair.unset, (unset) => this.#set(pair, { unset }))}
      <button type="button" class="button plain icon" aria-label="Remove path ${i + 1}" ?disabled=${this.pairs.length === 1 && pair.path === '' && pair.text === ''} @click=${() => { this.pairs = this.pairs.length === 1 ? [this.#pair()] : this.pairs.filter((each) => each.key !== pair.key); }}>${icon('trash')}</button></div>`;
  }
}
customElements.define('m-config-values', ConfigValues);
