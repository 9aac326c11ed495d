import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

/** Our own small set, drawn on a 16 × 16 grid with one stroke width. */
const SHAPES = {
  fleet: svg`<rect x="2" y="2.5" width="5" height="4.5" rx="1"/><rect x="9" y="2.5" width="5" height="4.5" rx="1"/><rect x="2" y="9" width="5" height="4.5" rx="1"/><rect x="9" y="9" width="5" height="4.5" rx="1"/>`,
  software: svg`<path d="M8 1.8 13.5 4.7v6.6L8 14.2 2.5 11.3V4.7Z"/><path d="m2.7 4.8 5.3 2.9 5.3-2.9M8 7.7v6.3"/>`,
  rollouts: svg`<path d="M2 13.5h3v-3.7h3.3V6.2h3.3V2.5H14"/><path d="m11.6 4.9 2.4-2.4"/>`,
  gauge: svg`<path d="M2.300 12.500a6.300 6.300 0 1 1 11.400 0M8 10l2.800-3.500"/><circle cx="8" cy="10" r="1" fill="currentColor"/>`,
  outward: svg`<path d="M6.500 3.500h-3v9h9v-3M9.500 2.500h4v4M13.300 2.700 7.500 8.500"/>`,
  events: svg`<path d="M1.5 8.5h3l2-5.5 3 10 2-4.5h3"/>`,
  settings: svg`<path d="M2 4.5h6M12 4.5h2M2 11.5h2M8 11.5h6"/><circle cx="10" cy="4.5" r="1.8"/><circle cx="6" cy="11.5" r="1.8"/>`,
  users: svg`<circle cx="6" cy="5.2" r="2.4"/><path d="M1.8 13.2c.3-2.6 2-4 4.2-4s3.9 1.4 4.2 4M10.5 3.100a2.3 2.3 0 0 1 0 4.300M12 9.600c1.3.5 2.1 1.7 2.3 3.6"/>`,
  audit: svg`<path d="M3.5 1.800h9v12.400h-9Z"/><path d="M6 5.200h4M6 8h4M6 10.800h2.2"/>`,
  account: svg`<circle cx="8" cy="5.3" r="2.7"/><path d="M2.8 14c.4-3 2.5-4.5 5.2-4.500s4.8 1.5 5.2 4.5"/>`,
  check: svg`<path d="m3 8.4 3.3 3.300L13 4.8"/>`,
  done: svg`<circle cx="8" cy="8" r="6"/><path d="m5.2 8.2 2 2 3.7-4.1"/>`,
  alert: svg`<path d="M8 2.2 14.5 13.500h-13Z"/><path d="M8 6.500v3.200M8 11.600v.1"/>`,
  info: svg`<circle cx="8" cy="8" r="6"/><path d="M8 7.300v3.600M8 5.100v.1"/>`,
  clock: svg`<circle cx="8" cy="8" r="6"/><path d="M8 4.700V8l2.3 1.5"/>`,
  dot: svg`<circle cx="8" cy="8" r="3.6" fill="currentColor" stroke="none"/>`,
  ring: svg`<circle cx="8" cy="8" r="4.5"/>`,
  dashed: svg`<circle cx="8" cy="8" r="4.8" stroke-dasharray="2.2 2.6"/>`,
  half: svg`<circle cx="8" cy="8" r="4.8"/><path d="M8 3.200a4.8 4.8 0 0 1 0 9.600Z" fill="currentColor" stroke="none"/>`,
  arrows: svg`<path d="M2.5 6.200h9.300L9.2 3.600M13.5 9.800H4.200l2.6 2.6"/>`,
  down: svg`<path d="M8 2v8.500M4.5 7.2 8 10.700l3.5-3.500M3 13.800h10"/>`,
  up: svg`<path d="M8 11V2.500M4.5 6 8 2.5 11.5 6M3 13.800h10"/>`,
  play: svg`<path d="M4.5 2.8 12.7 8l-8.2 5.200Z"/>`,
  pause: svg`<path d="M5 3v10M11 3v10"/>`,
  stop: svg`<rect x="3.5" y="3.5" width="9" height="9" rx="1"/>`,
  cross: svg`<path d="m3.8 3.8 8.4 8.400M12.2 3.800l-8.4 8.4"/>`,
  plus: svg`<path d="M8 3v10M3 8h10"/>`,
  search: svg`<circle cx="7" cy="7" r="4.5"/><path d="m10.4 10.4 3.6 3.6"/>`,
  columns: svg`<rect x="2" y="2.5" width="12" height="11" rx="1"/><path d="M6 2.500v11M10 2.500v11"/>`,
  sun: svg`<circle cx="8" cy="8" r="3"/><path d="M8 1.300v1.700M8 13v1.700M1.3 8H3M13 8h1.700M3.3 3.300l1.2 1.200M11.5 11.500l1.2 1.200M3.3 12.700l1.2-1.200M11.5 4.500l1.2-1.2"/>`,
  moon: svg`<path d="M13.3 9.800A5.8 5.8 0 0 1 6.2 2.700a5.8 5.8 0 1 0 7.1 7.100Z"/>`,
  system: svg`<rect x="2" y="2.8" width="12" height="8.2" rx="1"/><path d="M5.5 13.700h5M8 11v2.7"/>`,
  menu: svg`<path d="M2.5 4.500h11M2.5 8h11M2.5 11.500h11"/>`,
  more: svg`<circle cx="3.5" cy="8" r=".9" fill="currentColor"/><circle cx="8" cy="8" r=".9" fill="currentColor"/><circle cx="12.5" cy="8" r=".9" fill="currentColor"/>`,
  copy: svg`<rect x="5.5" y="5.5" width="8" height="8" rx="1.2"/><path d="M10.5 5.500v-2a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2"/>`,
  terminal: svg`<rect x="1.8" y="2.5" width="12.4" height="11" rx="1.2"/><path d="m4.5 6 2 2-2 2M8.5 10.300h3"/>`,
  key: svg`<circle cx="5" cy="11" r="2.8"/><path d="m7.1 8.9 6-6M10.3 5.700l2 2"/>`,
  edit: svg`<path d="m10.3 3.2 2.5 2.5-7.3 7.3-3 .5.5-3Z"/>`,
  trash: svg`<path d="M2.8 4.300h10.400M6 4.300V2.500h4v1.800M4.2 4.300l.6 9.200h6.400l.6-9.2"/>`,
  out: svg`<path d="M9.5 2.500h-6v11h6M6.5 8h7.500M11.5 5.3 14.2 8l-2.7 2.7"/>`,
  refresh: svg`<path d="M13 5.500A5.6 5.6 0 0 0 2.7 6.600M3 10.500a5.6 5.6 0 0 0 10.3-1.100M13.4 2.500v3h-3M2.6 13.500v-3h3"/>`,
  lock: svg`<rect x="3.3" y="7" width="9.4" height="6.5" rx="1.2"/><path d="M5.3 7V5a2.7 2.7 0 0 1 5.4 0v2"/>`,
  shield: svg`<path d="M8 1.8 13 3.700v4c0 3.2-2.1 5.4-5 6.5-2.9-1.1-5-3.3-5-6.500v-4Z"/>`,
  file: svg`<path d="M3.5 1.800h5.700l3.3 3.300v9.100h-9Z"/><path d="M9 2v3.300h3.3"/>`,
  group: svg`<path d="M2 4.300c0-.6.4-1 1-1h3.200l1.3 1.700H13c.6 0 1 .4 1 1v6c0 .6-.4 1-1 1H3c-.6 0-1-.4-1-1Z"/>`,
  tag: svg`<path d="M2.5 2.500h5l6 6-5 5-6-6Z"/><circle cx="5.3" cy="5.3" r=".8" fill="currentColor"/>`,
  ascending: svg`<path d="M8 12.500v-9M4.5 7 8 3.5 11.5 7"/>`,
  descending: svg`<path d="M8 3.500v9M4.5 9 8 12.5 11.5 9"/>`,
  closed: svg`<path d="m6 3.5 4.5 4.5L6 12.5"/>`,
  opened: svg`<path d="M3.5 6 8 10.5 12.5 6"/>`,
  unplugged: svg`<path d="M2 2l12 12M5 8.500a4.3 4.3 0 0 1 2.5-1.300M10.3 7.900c.3.2.500.3.700.600M2.5 6a7.8 7.8 0 0 1 2.3-1.500M7.5 3.700A7.8 7.8 0 0 1 13.5 6"/><circle cx="8" cy="11.5" r="1" fill="currentColor"/>`,
  board: svg`<rect x="3.5" y="3.5" width="9" height="9" rx="1"/><path d="M6 1.500v2M10 1.500v2M6 12.500v2M10 12.500v2M1.500 6h2M1.500 10h2M12.500 6h2M12.500 10h2"/>`,
  power: svg`<path d="M8 1.800v5.400M4.800 4a5.200 5.200 0 1 0 6.400 0"/>`,
  wrench: svg`<path d="M13.600 4.600a3.500 3.500 0 0 1-4.700 4.200L4.300 13.400a1.300 1.300 0 0 1-1.800-1.800L7.100 7a3.500 3.500 0 0 1 4.300-4.700L9.500 4.300l.4 1.800 1.800.4Z"/>`,
  pen: svg`<path d="m10.300 2.700 3 3-7.600 7.600-3.700.700.700-3.700Z"/><path d="M8.500 4.500l3 3"/>`,
  registry: svg`<path d="M2.500 2.500h4v3h-4ZM9.500 5.500h4v3h-4ZM9.500 10.500h4v3h-4ZM4.500 5.500v6.500h5M4.500 7h5"/>`,
  eye: svg`<path d="M1.500 8S4 3.800 8 3.800 14.500 8 14.500 8 12 12.200 8 12.200 1.500 8 1.500 8Z"/><circle cx="8" cy="8" r="1.800"/>`,
  apps: svg`<rect x="2" y="2" width="5" height="5" rx="1"/><rect x="9" y="2" width="5" height="5" rx="1"/><rect x="2" y="9" width="5" height="5" rx="1"/><path d="M11.500 9v5M9 11.500h5"/>`,
  layers: svg`<path d="m8 2 6 3-6 3-6-3ZM2 8l6 3 6-3M2 11l6 3 6-3"/>`,
} satisfies Record<string, SVGTemplateResult>;

export type IconName = keyof typeof SHAPES;

/** A picture beside words; it says nothing by itself. */
export function icon(name: IconName, size = 16): TemplateResult {
  return html`<svg width=${size} height=${size} viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${SHAPES[name]}</svg>`;
}

/** The mark of the house: a fleet on parade, one of them just updated. */
export const mark = html`<svg width="22" height="22" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8" fill="#0f5e8f"/><g fill="#fff"><circle cx="9" cy="10" r="2.6"/><circle cx="16" cy="10" r="2.6"/><circle cx="23" cy="10" r="2.6"/><circle cx="9" cy="17" r="2.6"/><circle cx="16" cy="17" r="2.6"/><circle cx="23" cy="17" r="2.6" fill="#8fd0a4"/><circle cx="9" cy="24" r="2.6" opacity=".45"/><circle cx="16" cy="24" r="2.6" opacity=".45"/><circle cx="23" cy="24" r="2.6" opacity=".45"/></g></svg>`;
