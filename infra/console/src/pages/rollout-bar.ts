import { html, type TemplateResult } from 'lit';
import type { Counts } from '../model/rollout-math.ts';
import { styled } from '../ui/directives.ts';

/** The parts of a group as one bar: succeeded, failed, cancelled, under way; the rest is still to come. */
export function partsBar(counts: Counts, label: string): TemplateResult {
  const part = (tone: string, value: number): TemplateResult => html`<i class=${tone} ${styled({ width: counts.size === 0 ? '0%' : `${(value / counts.size) * 100}%` })}></i>`;
  return html`<div class="bar" role="img" aria-label="${label}: ${counts.succeeded} succeeded, ${counts.failed} failed, ${counts.canceled} cancelled, ${counts.open} under way, of ${counts.size}">
    ${part('ok', counts.succeeded)}${part('bad', counts.failed)}${part('idle', counts.canceled)}${part('info', counts.open)}</div>`;
}
