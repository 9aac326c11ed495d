import { html, nothing, type TemplateResult } from 'lit';
import type { Board } from '../api/lab.ts';
import { pairs, type Rights, untilWords } from '../model/lab.ts';
import { icon } from '../ui/icons.ts';
import { actorName } from '../ui/names.ts';
import { tagList } from '../ui/pieces.ts';
import { session } from '../ui/session.ts';
import type { Look } from '../ui/states.ts';
import '../ui/time.ts';

type Tab = 'boards' | 'queue' | 'usage' | 'configuration';

/** The tabs over all pages of the lab. */
export function labTabs(current: Tab): TemplateResult {
  const tab = (name: Tab, href: string, label: string): TemplateResult => html`<a href=${href} aria-current=${name === current ? 'page' : nothing}>${label}</a>`;
  return html`<nav class="tabs" aria-label="Parts of the lab">${tab('boards', '/lab', 'Boards')}${tab('queue', '/lab/-/queue', 'Queue')}${tab('usage', '/lab/-/usage', 'Usage')}
    ${session.may('lab-admin') ? tab('configuration', '/lab/-/configuration', 'Configuration') : nothing}</nav>`;
}

/** Whether an event may change what the lab's pages show. */
export function isOfLab(event: { type: string }): boolean {
  return event.type.startsWith('muster.lab.');
}

export function rights(): Rights {
  return session.may('lab-admin') ? 'admin' : session.may('lab-use') ? 'use' : 'look';
}

/** The signed-in person as reservations and shares name them. */
export function myself(): string | undefined {
  return session.me && `user:${session.me.id}`;
}

/** Who holds it, as the server or this tab knows their name. */
export function holderName(it: { holder: string; holderName?: string | null }, mine: boolean): string {
  return mine ? 'you' : it.holderName || actorName(it.holder);
}

/** How the power is: read back from the switch, never guessed. */
export function powerLook(board: Board): Look & { title: string } {
  if (board.powering) return { tone: 'info', icon: 'arrows', label: 'Switching…', title: 'The switch was told and is being asked what it did' };
  if (board.power === 'on') return { tone: 'ok', icon: 'power', label: 'On', title: 'Read back from the switch' };
  if (board.power === 'off') return { tone: 'idle', icon: 'power', label: 'Off', title: 'Read back from the switch' };
  return { tone: 'warn', icon: 'dashed', label: 'Unknown', title: 'The switch has not told' };
}

export function powerState(board: Board): TemplateResult {
  const look = powerLook(board);
  return html`<span class="state ${look.tone}" title=${look.title}>${icon(look.icon, 15)}<span class="sr">Power: </span>${look.label}</span>`;
}

/** Class and tags of a board. */
export function kindOf(board: Board): TemplateResult {
  return html`<span class="row wrap board-kind"><span>${board.brdclass}</span>${tagList(pairs(board.tags))}</span>`;
}

/** Whose it is and until when, or what is wrong with it. */
export function standing(board: Board): TemplateResult | typeof nothing {
  const { reservation } = board;
  return html`
    ${reservation ? html`<p class="break">${board.state === 'releasing' ? 'was held by' : board.state === 'preparing' ? 'for' : 'by'} <b>${holderName(reservation, board.mine)}</b>${board.state === 'releasing' ? nothing : html`<span class="muted">, until ${untilWords(reservation.expiresAt)} (<m-time .at=${reservation.expiresAt}></m-time>)</span>`}
      ${reservation.purpose ? html`<br><span class="muted">${reservation.purpose}</span>` : nothing}</p>` : nothing}
    ${board.fault ? html`<p class="bad-text break">${board.fault}</p>` : nothing}
    ${board.note ? html`<p class="break"><span class="muted">${board.state === 'maintenance' ? 'Maintenance:' : 'Wanted for maintenance:'}</span> ${board.note}</p>` : nothing}
    ${board.degraded ? html`<p class="break"><span class="state warn">${icon('alert', 15)}Degraded</span> <span class="muted">${board.degraded}</span></p>` : nothing}`;
}
