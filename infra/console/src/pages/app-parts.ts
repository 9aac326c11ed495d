import { html, nothing, type TemplateResult } from 'lit';
import type { Installation, PortRule, WantedLine } from '../api/apps.ts';
import type { CloudEvent } from '../api/types.ts';
import { placeOf, placeWords } from '../model/places.ts';
import { appLink, appRolloutLink, type AppTab, deviceLink, projectLink } from '../routes.ts';
import { icon } from '../ui/icons.ts';
import { session } from '../ui/session.ts';
import { APP_STATE, state, TARGET } from '../ui/states.ts';

/** Whether an event may change what is shown of apps, agents and their rollouts. */
export function isOfApps(event: Pick<CloudEvent, 'type'>): boolean {
  return event.type.startsWith('muster.apps.');
}

/** Whether the signed-in person may change the catalogue, and say what should run where. */
export function mayWriteApps(): boolean {
  return session.may('apps-write');
}

/** The tabs over all that is known of one app. */
export function appTabs(name: string, current: AppTab): TemplateResult {
  const tab = (each: AppTab, label: string): TemplateResult => html`<a href=${appLink(name, each)} aria-current=${each === current ? 'page' : nothing}>${label}</a>`;
  return html`<nav class="tabs" aria-label="Parts of the app">${tab('releases', 'Releases')}${tab('installations', 'Devices')}${tab('places', 'Wanted where')}${tab('rollouts', 'Rollouts')}${tab('definition', 'Definition')}</nav>`;
}

/** Who says something, as a way there where there is one. */
export function sourceLink(source: string, projects?: ReadonlyMap<string, string>): TemplateResult {
  if (source.startsWith('rollout/')) return html`<a href=${appRolloutLink(source.slice('rollout/'.length))}>a rollout</a>`;
  const place = placeOf(source);
  if (place?.kind === 'project') return html`<a href=${projectLink(place.name)}>${placeWords(source, projects)}</a>`;
  if (place?.kind === 'device') return html`<a href=${deviceLink(place.name)}>the device itself</a>`;
  return html`<span class="break">${placeWords(source, projects)}</span>`;
}

/** The version that is wanted: the one it stays with, or the newest with what that is now. */
export function wantedVersion({ target, pinned, next }: WantedLine): TemplateResult {
  if (target === 'removed' || target === 'uninstalled') return html`<span class="muted">–</span>`;
  if (pinned) return html`<code>${pinned}</code>`;
  return next ? html`<code>${next}</code> <span class="muted small">the newest</span>` : html`<span class="warn-text">none fits</span>`;
}

/** What is wanted beside what is, in two cells of a table. */
export function wantedAndReported({ wanted, reported }: Installation): TemplateResult {
  return html`<td>${wanted ? html`${state(TARGET, wanted.target)} ${wantedVersion(wanted)}` : html`<span class="muted">nobody wants it</span>`}</td>
    <td>${reported ? html`${reported.state ? state(APP_STATE, reported.state) : html`<span class="muted">not heard of</span>`} ${reported.version ? html`<code>${reported.version}</code>` : nothing}
      ${reported.failures > 1 ? html`<span class="bad-text small">${reported.failures} times in a row</span>` : nothing}` : html`<span class="muted">not heard of</span>`}</td>`;
}

/** Ports of an app, one a line. */
export function portList(ports: PortRule[]): TemplateResult {
  return html`<ul class="port-list">${ports.map((each) => html`<li><code>${each.port}/${each.protocol}</code>${each.name ? html`<span>${each.name}</span>` : nothing}
    ${each.localIp ? html`<span class="muted">of <code>${each.localIp}</code></span>` : nothing}
    ${each.main ? html`<span class="tag">main</span>` : nothing}
    ${each.active ? html`<span class="tag">${icon('arrows', 12)}tunnel${each.remotePort > 0 ? ` at ${each.remotePort}` : ''}</span>` : nothing}
    ${each.active && each.public ? html`<span class="tag">${icon('eye', 12)}open to all</span>` : nothing}
    ${each.hostPort ? html`<span class="muted small">on the device ${each.hostPort}</span>` : nothing}</li>`)}</ul>`;
}
