import { html, nothing, type TemplateResult } from 'lit';
import type { PortRule, Protocol } from '../api/apps.ts';
import { NEW_PORT, type PortDraft, portDraft, portRule, portsFault, samePort } from '../model/apps.ts';
import { icon } from '../ui/icons.ts';
import { check, field, valueOf } from '../ui/pieces.ts';

const PROTOCOLS: Protocol[] = ['http', 'https', 'tcp', 'udp'];

/**
 * Ports of an app as fields, for forms.
 *
 * @param own rules of the app itself that a place may say something else about
 */
export function portFields(drafts: PortDraft[], change: (drafts: PortDraft[]) => void, own: PortRule[] = []): TemplateResult {
  const set = (index: number, part: Partial<PortDraft>): void => change(drafts.map((each, i) => (i === index ? { ...each, ...part } : each)));
  const write = (index: number, key: 'name' | 'port' | 'localIp' | 'remotePort' | 'remotePortEnvironment', value: string): void => {
    const part: Partial<PortDraft> = {};
    part[key] = value;
    set(index, part);
  };
  const unsaid = own.filter((rule) => !drafts.some((draft) => samePort(portRule(draft), rule)));
  const fault = portsFault(drafts);
  const text = (i: number, key: 'name' | 'port' | 'localIp' | 'remotePort' | 'remotePortEnvironment', label: string, more: { optional?: boolean; note?: string } = {}): TemplateResult => field({ label, id: `port-${key}-${i}`, ...more },
    html`<input class="input ${key === 'name' ? '' : 'mono'}" id="port-${key}-${i}" autocomplete="off" spellcheck="false" inputmode=${key === 'port' || key === 'remotePort' ? 'numeric' : 'text'} .value=${drafts[i]![key]} @input=${(event: Event) => write(i, key, valueOf(event))}>`);
  return html`<fieldset class="stack tight"><legend class="label">Ports</legend>
    ${drafts.length === 0 ? html`<p class="muted small">${own.length > 0 ? 'Those of the app, as they are.' : 'None.'}</p>` : nothing}
    ${drafts.map((draft, i) => html`<div class="port-row">
      ${text(i, 'port', 'Port')}
      ${field({ label: 'Protocol', id: `port-protocol-${i}` }, html`<select class="input" id="port-protocol-${i}" @change=${(event: Event) => set(i, { protocol: valueOf(event) as Protocol })}>${PROTOCOLS.map((each) => html`<option value=${each} ?selected=${each === draft.protocol}>${each}</option>`)}</select>`)}
      ${text(i, 'name', 'Name', { optional: true })}
      <button type="button" class="button plain icon" aria-label="Remove port ${i + 1}" @click=${() => change(drafts.filter((_, j) => j !== i))}>${icon('trash')}</button>
      <div class="row wrap port-flags">${check('Tunnel', draft.active, (active) => set(i, { active }))}${check('Open to everybody', draft.public, (open) => set(i, { public: open }))}${check('The app’s own face', draft.main, (main) => set(i, { main }))}</div>
      <details class="more port-more"><summary>Another machine, a fixed port outside, a variable</summary><div class="form-grid">
        ${text(i, 'localIp', 'Machine in its network', { optional: true, note: 'The tunnel leads there instead of into the app.' })}
        ${text(i, 'remotePort', 'Port outside', { optional: true, note: 'Any that is free, if left empty.' })}
        ${text(i, 'remotePortEnvironment', 'Variable that tells it', { optional: true })}</div></details></div>`)}
    ${fault ? html`<div class="field"><div class="fault" role="alert">${icon('alert', 14)}${fault}</div></div>` : nothing}
    <div class="row wrap">${unsaid.map((rule) => html`<button type="button" class="button small" @click=${() => change([...drafts, portDraft(rule)])}>${icon('edit', 14)}${rule.port}/${rule.protocol}${rule.name ? ` ${rule.name}` : ''}</button>`)}
      <button type="button" class="button small" @click=${() => change([...drafts, { ...NEW_PORT }])}>${icon('plus', 14)}Another port</button></div></fieldset>`;
}
