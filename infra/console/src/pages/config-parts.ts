import { html, nothing, type TemplateResult } from 'lit';
import type { Change, Id } from '../api/config.ts';
import type { CloudEvent } from '../api/types.ts';
import { EMPTY, type Json, memberOf, writeJson } from '../model/json.ts';
import { registryLink, type RegistryTab } from '../routes.ts';
import { icon } from '../ui/icons.ts';
import { session } from '../ui/session.ts';

/** Account and name at the beginning of a page's path, and what stands behind them. */
export function splitId(path: string): { id: Id; rest: string } {
  const [account = '', name = '', ...rest] = path.split('/');
  return { id: { account, name }, rest: rest.join('/') };
}

/** The tabs over all that is known of one registry. */
export function registryTabs(id: Id, current: RegistryTab): TemplateResult {
  const tab = (name: RegistryTab, label: string): TemplateResult => html`<a href=${registryLink(id, name)} aria-current=${name === current ? 'page' : nothing}>${label}</a>`;
  return html`<nav class="tabs" aria-label="Parts of the registry">${tab('views', 'Views')}${tab('values', 'Values')}${tab('drift', 'Drift')}${tab('rollouts', 'Rollouts')}${tab('schema', 'Schema')}</nav>`;
}

/** The way back from a page below a registry. */
export function registryCrumb(id: Id): TemplateResult {
  return html`<div class="crumb"><a href="/config">Registries</a> / <a href=${registryLink(id)}>${id.account}/${id.name}</a></div>`;
}

/** Whether an event may change what is shown of registries, their values and their rollouts. */
export function isOfConfig(event: Pick<CloudEvent, 'type'>): boolean {
  return event.type.startsWith('muster.config.');
}

/** Whether a scalar is short enough to stand in its line. */
const isShort = (value: Json): boolean => value.kind !== 'object' && (value.kind !== 'list' || value.items.every((each) => each.kind !== 'object' && each.kind !== 'list'));

/** A value in one piece, as it was written. */
export function valueText(value: Json): TemplateResult {
  return html`<code class="value ${value.kind}">${writeJson(value)}</code>`;
}

/** What stands for a value that is not told. */
export function masked(lost = false): TemplateResult {
  return lost ? html`<span class="state warn">${icon('lock', 14)}lost: its key was destroyed</span>` : html`<span class="state idle">${icon('lock', 14)}<span aria-hidden="true">••••••••</span><span class="sr">a secret, not shown</span></span>`;
}

/** Values as a tree. Secrets have their place in it, whether or not they are among the values. */
export function valueTree(values: Json, secrets: string[], lost: string[], path = ''): TemplateResult {
  const names = values.kind === 'object' ? [...values.members.keys()] : [];
  const hidden = [...secrets, ...lost].filter((each) => path === '' || each.startsWith(`${path}.`)).map((each) => each.slice(path === '' ? 0 : path.length + 1).split('.')[0]!);
  return html`<ul class="tree">${[...new Set([...names, ...hidden])].sort().map((name) => {
    const here = path === '' ? name : `${path}.${name}`;
    const value = memberOf(values, name);
    const secret = secrets.includes(here);
    if (lost.includes(here)) return html`<li><span class="key">${name}</span>${masked(true)}</li>`;
    if (secret && value === undefined) return html`<li><span class="key">${name}</span>${masked()}</li>`;
    const mark = secret ? html`<span class="tag">${icon('lock', 12)}secret</span>` : nothing;
    if (value === undefined || value.kind === 'object') {
      const members = value ?? EMPTY;
      const none = members.kind === 'object' && members.members.size === 0 && ![...secrets, ...lost].some((each) => each.startsWith(`${here}.`));
      return none ? html`<li><span class="key">${name}</span><code class="value">{}</code>${mark}</li>`
        : html`<li><details open><summary><span class="key">${name}</span>${mark}</summary>${valueTree(members, secrets, lost, here)}</details></li>`;
    }
    return html`<li class=${isShort(value) ? '' : 'tall'}><span class="key">${name}</span>${isShort(value) ? valueText(value) : html`<pre class="value">${writeJson(value, 2)}</pre>`}${mark}</li>`;
  })}</ul>`;
}

/** What a write does to the storage: each place with what was there and what comes. */
export function changeList(changes: Change[], done = false): TemplateResult {
  if (changes.length === 0) return html`<p class="muted">${done ? 'Nothing was changed.' : 'Nothing would change: it is so already.'}</p>`;
  return html`<ul class="changes" aria-label="Changes">${changes.map((each) => {
    const [name, tone, word] = each.kind === 'removed' ? (['trash', 'bad', 'removed'] as const) : each.before === undefined && !each.secret ? (['plus', 'ok', 'set'] as const) : (['edit', 'info', 'changed'] as const);
    return html`<li><span class="state ${tone}">${icon(name, 14)}${word}</span><code class="break">${each.path}</code>
      <span class="break">${each.secret ? html`<span class="muted">${each.kind === 'removed' ? 'a secret' : html`a secret ${masked()}`}</span>` : html`
        ${each.before === undefined ? nothing : html`<del>${writeJson(each.before)}</del>`}${each.before !== undefined && each.after !== undefined ? html`<span class="sr"> becomes </span>` : nothing}
        ${each.after === undefined ? nothing : html`<ins>${writeJson(each.after)}</ins>`}`}</span></li>`;
  })}</ul>`;
}

/** Whether the signed-in person may write values. */
export function mayWrite(): boolean {
  return session.may('config-write');
}
