import { html } from 'lit';
import { dateTime, relative, utc } from '../model/format.ts';
import { Base } from './element.ts';

const elements = new Set<MTime>();
setInterval(() => {
  if (!document.hidden) elements.forEach((each) => each.requestUpdate());
}, 15_000);

/** `<m-time .at=${iso}>`: how long ago, with local time and UTC on hover; `full` shows the date instead. */
class MTime extends Base {
  static override properties = { at: {}, full: { type: Boolean } };
  declare at: string | null | undefined;
  declare full: boolean;

  protected override entered(): void {
    elements.add(this);
    this.until(() => elements.delete(this));
  }

  protected override render() {
    if (!this.at) return html`<span class="muted">–</span>`;
    return html`<time datetime=${this.at} title="${dateTime(this.at)}\n${utc(this.at)}">${this.full ? dateTime(this.at) : relative(this.at)}</time>`;
  }
}
customElements.define('m-time', MTime);
