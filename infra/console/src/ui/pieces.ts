import { html, nothing, type TemplateResult } from 'lit';
import type { Problem } from '../api/problem.ts';
import { icon, type IconName } from './icons.ts';
import { modal } from './directives.ts';
import { toast } from './toasts.ts';

/** What went wrong, what to do about it, and the id to quote. */
export function problemNote(problem: Problem | undefined, again?: () => void): TemplateResult | typeof nothing {
  if (!problem) return nothing;
  return html`<div class="notice bad" role="alert">${icon('alert')}
    <div class="grow stack tight">
      <b>${problem.message}</b>
      ${problem.hint ? html`<div>${problem.hint}</div>` : nothing}
      ${problem.errors.length > 0 ? html`<ul>${problem.errors.map((each) => html`<li><code>${each.pointer || '/'}</code> ${each.message}</li>`)}</ul>` : nothing}
      ${problem.code || problem.traceId ? html`<div class="small">
        ${problem.docs ? html`<a href=${problem.docs}><code>${problem.code ?? 'about this'}</code></a>` : html`<code>${problem.code ?? ''}</code>`}
        ${problem.traceId ? html` trace <code>${problem.traceId}</code>` : nothing}</div>` : nothing}
    </div>
    ${again ? html`<button class="button small" @click=${again}>${icon('refresh', 14)}Try again</button>` : nothing}
  </div>`;
}

export function note(tone: 'ok' | 'warn' | 'bad' | 'info', content: unknown): TemplateResult {
  return html`<div class="notice ${tone}">${icon(tone === 'ok' ? 'done' : tone === 'info' ? 'info' : 'alert')}<div class="grow">${content}</div></div>`;
}

/** Grey lines where something will be; the text is for those who do not see them. */
export function bones(lines = 4): TemplateResult {
  return html`<div class="bones" aria-busy="true"><span class="sr">Loading</span>${Array.from({ length: lines }, () => html`<div class="bone"></div>`)}</div>`;
}

export function empty(name: IconName, title: string, text: unknown, action: unknown = nothing): TemplateResult {
  return html`<div class="empty">${icon(name, 28)}<h2>${title}</h2><p>${text}</p>${action}</div>`;
}

export interface DialogParts {
  heading: string;
  body: unknown;
  foot?: unknown;
  wide?: boolean;
  close: () => void;
  /** Makes the dialog a form: Enter submits. */
  submit?: () => void;
}

/** A modal dialog, as long as it is rendered. Escape closes it. */
export function dialog({ heading, body, foot, wide, close, submit }: DialogParts): TemplateResult {
  const content = html`
    <div class="dialog-head"><h2>${heading}</h2>
      <button type="button" class="button plain icon small" aria-label="Close" @click=${close}>${icon('cross')}</button></div>
    <div class="dialog-body" tabindex="-1">${body}</div>
    ${foot ? html`<div class="dialog-foot">${foot}</div>` : nothing}`;
  const send = (event: Event): void => {
    event.preventDefault();
    submit?.();
  };
  return html`<dialog class="dialog ${wide ? 'wide' : ''}" aria-label=${heading} ${modal(close)}>
    ${submit ? html`<form novalidate @submit=${send}>${content}</form>` : content}</dialog>`;
}

export interface FieldParts { label: string; note?: unknown; fault?: string | undefined; id: string; optional?: boolean }

/** A label, a control with the same id, and what is wrong with it. The control points at `${id}-note` itself. */
export function field({ label, note: hint, fault, id, optional }: FieldParts, control: unknown): TemplateResult {
  return html`<div class="field">
    <label class="label" for=${id}>${label}${optional ? html` <span class="muted">(optional)</span>` : nothing}</label>
    ${control}
    ${fault ? html`<div class="fault" id="${id}-fault">${icon('alert', 14)}${fault}</div>` : nothing}
    ${hint ? html`<div class="note" id="${id}-note">${hint}</div>` : nothing}
  </div>`;
}

export function check(label: string, checked: boolean, change: (checked: boolean) => void, hint?: string, disabled = false): TemplateResult {
  return html`<label class="check"><input type="checkbox" .checked=${checked} ?disabled=${disabled}
    @change=${(event: Event) => change((event.target as HTMLInputElement).checked)}>
    <span>${label}${hint ? html`<span class="note">${hint}</span>` : nothing}</span></label>`;
}

export async function copy(text: string, what = 'Copied'): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Plain http has no clipboard API; the old way still works there.
    const area = document.createElement('textarea');
    area.value = text;
    const host = document.querySelector('dialog[open]:last-of-type') ?? document.body;
    host.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  toast(what);
}

/** A secret that the server tells only once. */
export function secretOnce(secret: string, what: string): TemplateResult {
  return html`<div class="stack tight">
    ${note('warn', html`<b>This is shown only once.</b> Keep it now; the server itself has only its digest.`)}
    <div class="secret"><code>${secret}</code>
      <button type="button" class="button small" @click=${() => copy(secret, `${what} copied`)}>${icon('copy', 14)}Copy</button></div>
  </div>`;
}

export function tagList(tags: string[]): TemplateResult | typeof nothing {
  return tags.length === 0 ? nothing : html`<span class="tags">${tags.map((tag) => html`<span class="tag">${tag}</span>`)}</span>`;
}

/** The text of the control an input event came from. */
export function valueOf(event: Event): string {
  return (event.target as HTMLInputElement).value;
}
