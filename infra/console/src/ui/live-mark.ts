import { html } from 'lit';
import { hub } from '../live/hub.ts';
import { clock } from '../model/format.ts';
import { Base } from './element.ts';
import { icon } from './icons.ts';

/** How fresh the page is: live, catching up, or stale since when. Never silently old. */
class LiveMark extends Base {
  static override properties = { brief: { type: Boolean } };
  declare brief: boolean;

  protected override entered(): void {
    this.until(hub.onFreshness(() => this.requestUpdate()));
  }

  protected override render() {
    const freshness = hub.freshness;
    const text = freshness.state === 'stale' ? `Stale since ${clock(freshness.since)}`
      : freshness.state === 'live' ? 'Live' : freshness.state === 'catching-up' ? 'Catching up' : 'Connecting';
    const title = freshness.state === 'stale' ? 'The stream of events is cut; it is being opened again' : 'Changes appear by themselves';
    return html`<div class="live" data-state=${freshness.state} title=${title} role="status">
      ${icon(freshness.state === 'live' ? 'dot' : freshness.state === 'stale' ? 'unplugged' : 'refresh', 14)}<span>${text}</span></div>`;
  }
}
customElements.define('m-live', LiveMark);
