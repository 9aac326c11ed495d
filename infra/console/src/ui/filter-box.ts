import { html, nothing } from 'lit';
import { halfTyped, hints, looksLikeRsql, type Hint, type HintField } from '../model/rsql.ts';
import { Base } from './element.ts';
import { icon } from './icons.ts';

const SEARCH_AFTER = 250;

/** One box for both: words to search for, or an RSQL filter with hints for fields, operators and values. */
export class FilterBox extends Base {
  static override properties = { value: {}, fields: { attribute: false }, label: {}, rsqlOnly: { type: Boolean }, fault: {}, inputId: {}, hints: { state: true }, at: { state: true }, text: { state: true } };
  declare value: string;
  declare fields: HintField[];
  declare label: string;
  /** The box takes filters only, no free words. */
  declare rsqlOnly: boolean;
  declare fault: string | undefined;
  declare inputId: string | undefined;
  declare hints: Hint[];
  declare at: number;
  declare text: string;
  onFilter: (text: string, rsql: boolean) => void = () => {};
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.value = '';
    this.text = '';
    this.fields = [];
    this.hints = [];
    this.at = -1;
    this.label = 'Search or filter';
    this.rsqlOnly = false;
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('value')) this.text = this.value;
  }

  get #rsql(): boolean {
    return this.rsqlOnly || looksLikeRsql(this.text);
  }

  protected override render() {
    const open = this.hints.length > 0;
    const id = this.inputId ?? 'filter';
    return html`<div class="combo" @focusout=${this.#left}>
      ${icon('search')}
      <input class="input" id=${id} type="text" role="combobox" autocomplete="off" autocapitalize="off" spellcheck="false"
        aria-label=${this.inputId ? nothing : this.label} aria-expanded=${open} aria-controls="${id}-hints" aria-autocomplete="list" aria-invalid=${this.fault ? 'true' : nothing}
        aria-activedescendant=${open && this.at >= 0 ? `${id}-hint-${this.at}` : nothing}
        placeholder=${this.rsqlOnly ? 'group==berlin;presence==online' : 'Search words, or filter: updateStatus==error'} .value=${this.text}
        @input=${this.#typed} @keydown=${this.#key} @click=${this.#hint} @focus=${this.#hint}>
      ${this.text && !this.rsqlOnly ? html`<span class="mode">${this.#rsql ? 'filter' : 'text'}</span>` : nothing}
      ${this.text ? html`<button type="button" class="button plain icon small clear" aria-label="Clear the filter" @click=${this.#clear}>${icon('cross', 14)}</button>` : nothing}
      <ul class="combo-list" id="${id}-hints" role="listbox" aria-label="Hints" ?hidden=${!open}>
        ${this.hints.map((each, i) => html`<li role="option" id="${id}-hint-${i}" aria-selected=${i === this.at} @mousedown=${(event: Event) => this.#take(event, each)}>
          <span class="mono">${each.text}</span><span class="muted small">${each.note}</span></li>`)}
      </ul>
    </div>${this.fault ? html`<div class="field"><div class="fault" id="${id}-fault">${icon('alert', 14)}${this.fault}</div></div>` : nothing}`;
  }

  get #input(): HTMLInputElement {
    return this.querySelector('input')!;
  }

  #typed = (event: Event): void => {
    this.text = (event.target as HTMLInputElement).value;
    this.#hint();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tell(), SEARCH_AFTER);
  };

  #hint = (): void => {
    this.hints = hints(this.text, this.#input.selectionStart ?? this.text.length, this.fields);
    this.at = -1;
  };

  #tell(): void {
    clearTimeout(this.#timer);
    const text = this.text.trim();
    // A half-typed filter is not asked: it would only be answered with a fault.
    if (this.#rsql && halfTyped(text)) return;
    this.onFilter(text, this.#rsql);
  }

  #clear = (): void => {
    this.text = '';
    this.hints = [];
    this.#tell();
    this.#input.focus();
  };

  #left = (event: FocusEvent): void => {
    if (!this.contains(event.relatedTarget as Node | null)) this.hints = [];
  };

  #take(event: Event, hint: Hint): void {
    event.preventDefault();
    this.text = this.text.slice(0, hint.from) + hint.text + this.text.slice(hint.to);
    const caret = hint.from + hint.text.length;
    void this.updateComplete.then(() => {
      this.#input.focus();
      this.#input.setSelectionRange(caret, caret);
      this.#hint();
      this.#tell();
    });
  }

  #key = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') {
      event.preventDefault();
      const chosen = this.hints[this.at];
      if (chosen) return this.#take(event, chosen);
      this.hints = [];
      this.#tell();
    } else if (event.key === 'Tab' && this.hints[this.at]) {
      this.#take(event, this.hints[this.at]!);
    } else if (event.key === 'Escape' && this.hints.length > 0) {
      event.preventDefault();
      event.stopPropagation();
      this.hints = [];
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && this.hints.length > 0) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      this.at = (this.at + step + this.hints.length) % this.hints.length;
    }
  };
}
customElements.define('m-filter', FilterBox);
