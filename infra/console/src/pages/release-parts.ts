import { html, nothing, type TemplateResult } from 'lit';
import type { Artifact, BundleFacts, Hardware } from '../api/types.ts';
import { bytes, short } from '../model/format.ts';
import { icon } from '../ui/icons.ts';
import { copy, note } from '../ui/pieces.ts';

export function hardwareList(list: Hardware[]): TemplateResult {
  if (list.length === 0) return html`<span class="muted">any hardware</span>`;
  return html`<span class="tags">${list.map((each) => html`<span class="tag">${each.model === 'default' ? 'any board' : each.model}${each.revision === 'default' ? '' : html` <span class="muted">rev ${each.revision}</span>`}</span>`)}</span>`;
}

const FORMATS: Record<string, string> = { swu: 'SWUpdate bundle', rauc: 'RAUC bundle', raw: 'plain file' };

/** Whether somebody whom the server trusts made it. */
function signature({ signature: kind, signer, signatureProblem }: BundleFacts): TemplateResult {
  const by = signer ? html` <span class="break">by ${signer}</span>` : nothing;
  switch (kind) {
    case 'valid': return html`<span class="state ok">${icon('shield', 15)}valid</span>${by}`;
    case 'untrusted': return html`<span class="state bad">${icon('alert', 15)}of somebody whom this server does not trust</span>${by} <span class="muted small">${signatureProblem ?? ''}</span>`;
    case 'present': return html`<span class="state">${icon('shield', 15)}present</span>${by} <span class="muted small">– the device checks it</span>`;
    default: return html`<span class="state warn">${icon('alert', 15)}none</span>`;
  }
}

/** What a bundle says of itself. */
export function bundleFacts(bundle: BundleFacts): TemplateResult {
  return html`
    ${bundle.warnings.map((each) => note('warn', each))}
    <dl class="facts">
      <dt>Format</dt><dd>${FORMATS[bundle.format] ?? bundle.format}</dd>
      ${bundle.name ? html`<dt>Name</dt><dd>${bundle.name}</dd>` : nothing}
      <dt>Version</dt><dd><b>${bundle.version || '–'}</b></dd>
      ${bundle.description ? html`<dt>Description</dt><dd>${bundle.description}</dd>` : nothing}
      <dt>Fits</dt><dd>${hardwareList(bundle.compatibility)}</dd>
      <dt>Signature</dt><dd>${signature(bundle)}</dd>
      <dt>Encrypted</dt><dd>${bundle.encrypted ? html`<span class="state">${icon('lock', 15)}yes</span>` : 'no'}</dd>
    </dl>
    ${bundle.images.length === 0 ? nothing : html`<div class="scroll" tabindex="0" role="region" aria-label="Images"><table class="list"><thead><tr><th>Image</th><th>Type</th><th class="num">Size</th><th>SHA-256</th></tr></thead><tbody>
      ${bundle.images.map((each) => html`<tr><td class="mono">${each.file}</td><td class="muted">${each.type ?? ''}</td><td class="num nowrap">${each.size < 0 ? html`<span class="warn-text">missing</span>` : bytes(each.size)}</td><td class="mono muted" title=${each.sha256 ?? ''}>${each.sha256 ? short(each.sha256) : '–'}</td></tr>`)}
    </tbody></table></div>`}`;
}

/** The file's digests, to compare and to copy. */
export function hashes(artifact: Artifact): TemplateResult {
  return html`<details class="more"><summary>Digests</summary><dl class="facts">${(['sha256', 'sha1', 'md5'] as const).map((kind) => html`<dt>${kind.toUpperCase()}</dt>
    <dd class="row top"><code class="break grow">${artifact[kind]}</code><button type="button" class="button plain small icon" aria-label="Copy ${kind}" @click=${() => copy(artifact[kind], `${kind} copied`)}>${icon('copy', 14)}</button></dd>`)}</dl></details>`;
}
