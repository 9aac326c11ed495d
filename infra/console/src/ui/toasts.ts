import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Base } from './element.ts';
import { icon } from './icons.ts';

interface Toast { id: number; text: string; tone: 'ok' | 'bad' }

const SHOWN_MS = 5000;
const TOASTS_MAX = 4;
let number = 0;
let shown: Toast[] = [];
const listeners = new Set<() => void>();

/** Says something in the corner for a few seconds, also to screen readers. */
export function toast(text: string, tone: Toast['tone'] = 'ok'): void {
  const mine = { id: ++number, text, tone };
  shown = [...shown, mine].slice(-TOASTS_MAX);
  listeners.forEach((each) => each());
  setTimeout(() => {
    shown = shown.filter((each) => each !== mine);
    listeners.forEach((each) => each());
  }, SHOWN_MS);
}

class Toasts extends Base {
  protected override entered(): void {
    const draw = (): void => this.requestUpdate();
    listeners.add(draw);
    this.until(() => listeners.delete(draw));
  }

  protected override render() {
    return html`<div class="toasts" role="status" aria-live="polite">${repeat(shown, (each) => each.id, (each) =>
      html`<div class="toast ${each.tone}">${icon(each.tone === 'ok' ? 'done' : 'alert')}<span class="break">${each.text}</span></div>`)}</div>`;
  }
}
customElements.define('m-toasts', Toasts);
