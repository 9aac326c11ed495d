import { html, nothing } from 'lit';
import type { Call } from '../api/call.ts';
import { asCurl } from '../api/curl.ts';
import { Base } from './element.ts';
import { icon } from './icons.ts';
import { copy, dialog } from './pieces.ts';

/** `<m-curl .call=${…}>`: shows the API call behind a form as a line for the shell. */
class MCurl extends Base {
  static override properties = { call: { attribute: false }, label: {}, open: { state: true } };
  declare call: Call | Call[] | undefined;
  declare label: string | undefined;
  declare open: boolean;

  protected override render() {
    const calls = this.call === undefined ? [] : [this.call].flat();
    return html`<button type="button" class="button small plain" ?disabled=${calls.length === 0} title="Show this as a call of the API" @click=${() => { this.open = true; }}>
        ${icon('terminal', 14)}${this.label ?? 'as curl'}</button>
      ${this.open && calls.length > 0 ? this.#dialog(calls) : nothing}`;
  }

  #dialog(calls: Call[]) {
    const text = calls.map((call) => asCurl(call, location.origin)).join('\n\n');
    const close = (): void => { this.open = false; };
    return dialog({
      heading: calls.length === 1 ? 'The same as one API call' : `The same as ${calls.length} API calls`,
      wide: true,
      close,
      body: html`<pre class="code" tabindex="0">${text}</pre>
        <p class="muted small">Put an API token of yours into <code>MUSTER_TOKEN</code>; make one under <a href="/account" @click=${close}>Account</a>. Secrets are left out.</p>`,
      foot: html`<button type="button" class="button primary" autofocus @click=${() => copy(text, 'curl copied')}>${icon('copy')}Copy</button>`,
    });
  }
}
customElements.define('m-curl', MCurl);
