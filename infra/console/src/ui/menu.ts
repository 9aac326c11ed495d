import { html, type TemplateResult } from 'lit';
import { Base } from './element.ts';

/** `<m-menu .button=${…} .items=${…}>`: a button that opens a short list; Escape or leaving closes it. */
class Menu extends Base {
  static override properties = { label: {}, button: { attribute: false }, items: { attribute: false }, look: {}, place: {}, stay: { type: Boolean }, open: { state: true } };
  declare label: string;
  declare button: TemplateResult | string;
  declare items: () => unknown;
  declare look: string | undefined;
  declare place: string | undefined;
  /** Choosing does not close it. */
  declare stay: boolean;
  declare open: boolean;

  protected override render() {
    return html`<div class="menu" @focusout=${this.#left} @keydown=${this.#key}>
      <button type="button" class=${this.look ?? 'button'} aria-label=${this.label} aria-haspopup="true" aria-expanded=${this.open ? 'true' : 'false'} @click=${() => { this.open = !this.open; }}>${this.button}</button>
      ${this.open ? html`<div class="menu-list ${this.place ?? ''}" @click=${this.#chosen}>${this.items()}</div>` : ''}
    </div>`;
  }

  #chosen = (event: Event): void => {
    if (!this.stay && (event.target as Element).closest('a, button')) this.open = false;
  };

  #left = (event: FocusEvent): void => {
    if (event.relatedTarget !== null && !this.contains(event.relatedTarget as Node)) this.open = false;
  };

  #key = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.open) {
      event.stopPropagation();
      this.open = false;
      this.querySelector<HTMLElement>('button')?.focus();
    }
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const entries = [...this.querySelectorAll<HTMLElement>('.menu-list :is(a, button, input)')];
      if (entries.length === 0) return;
      event.preventDefault();
      const at = entries.indexOf(document.activeElement as HTMLElement);
      entries[(at + (event.key === 'ArrowDown' ? 1 : -1) + entries.length) % entries.length]?.focus();
    }
  };

  protected override entered(): void {
    const outside = (event: Event): void => {
      if (this.open && !event.composedPath().includes(this)) this.open = false;
    };
    document.addEventListener('pointerdown', outside);
    this.until(() => document.removeEventListener('pointerdown', outside));
  }
}
customElements.define('m-menu', Menu);
