import { nothing, type ElementPart } from 'lit';
import { AsyncDirective, directive } from 'lit/async-directive.js';
import { Directive } from 'lit/directive.js';

class Styled extends Directive {
  render(_styles: Record<string, string>): typeof nothing {
    return nothing;
  }

  override update(part: ElementPart, [styles]: [Record<string, string>]): typeof nothing {
    const { style } = part.element as HTMLElement;
    for (const [name, value] of Object.entries(styles)) {
      if (style.getPropertyValue(name) !== value) style.setProperty(name, value);
    }
    return nothing;
  }
}

/** Sets style properties through the object model: the content security policy refuses style attributes. */
export const styled = directive(Styled);

class Modal extends AsyncDirective {
  #shown = false;
  #before: Element | null = null;

  render(_close: () => void): typeof nothing {
    return nothing;
  }

  override update(part: ElementPart, [close]: [() => void]): typeof nothing {
    const dialog = part.element as HTMLDialogElement;
    dialog.oncancel = (event) => {
      if (event.target !== dialog) return;
      event.preventDefault();
      close();
    };
    // A browser may close it without asking, at the second Escape.
    dialog.onclose = (event) => {
      if (event.target === dialog && dialog.isConnected) close();
    };
    if (!this.#shown) {
      this.#shown = true;
      this.#before = document.activeElement;
      queueMicrotask(() => {
        if (dialog.isConnected) dialog.showModal();
      });
      // Once the elements in it have drawn themselves: the first field may be in one of them.
      requestAnimationFrame(() => {
        if (dialog.isConnected) (dialog.querySelector<HTMLElement>('[autofocus]') ?? dialog.querySelector<HTMLElement>('.dialog-body :is(input, select, textarea, button)'))?.focus();
      });
    }
    return nothing;
  }

  override disconnected(): void {
    if (this.#before instanceof HTMLElement && this.#before.isConnected) this.#before.focus();
  }
}

/** Shows a `<dialog>` as modal as long as it is rendered, and gives the focus back after. */
export const modal = directive(Modal);
