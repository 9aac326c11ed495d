import { html, nothing, type TemplateResult } from 'lit';
import type { Call } from '../api/call.ts';
import { api } from '../api/http.ts';
import { lab, type Board, type PowerAction } from '../api/lab.ts';
import { type Deed, deedsOf } from '../model/lab.ts';
import { consoleLink } from '../routes.ts';
import { Base, Work } from '../ui/element.ts';
import { icon, type IconName } from '../ui/icons.ts';
import { check, dialog, field, note, problemNote, valueOf } from '../ui/pieces.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import '../ui/menu.ts';
import './board-share.ts';
import { holderName, myself, rights } from './lab-parts.ts';
import './lab-reserve.ts';

export const POWERS: [PowerAction, string, string][] = [['on', 'Power on', 'Switched on'], ['off', 'Power off', 'Switched off'], ['cycle', 'Power cycle', 'Switched off and on']];
type Open = 'reserve' | 'release' | 'extend' | 'share' | 'kick' | 'maintenance' | 'return';

/** `<m-board-deeds .board brief .onChanged>`: what this person may do with a board now, and its dialogs. */
class BoardDeeds extends Base {
  static override properties = { board: { attribute: false }, brief: { type: Boolean }, open: { state: true }, note: { state: true }, force: { state: true } };
  declare board: Board;
  /** Only the first thing as a button, the others in a menu. */
  declare brief: boolean;
  declare open: Open | undefined;
  declare note: string;
  declare force: boolean;
  onChanged: () => void = () => {};
  #work = new Work(this);

  protected override render() {
    const may = deedsOf(this.board, rights(), myself());
    if (may.size === 0) return nothing;
    return html`<span class="board-deeds">${this.brief ? this.#brief(may) : this.#whole(may)}</span>${this.#dialogs()}`;
  }

  #brief(may: Set<Deed>): TemplateResult {
    const small = 'button small';
    const first: Deed | undefined = may.has('console') ? 'console' : may.has('reserve') ? 'reserve' : may.has('return') ? 'return' : undefined;
    const rest = new Set([...may].filter((each) => each !== first));
    return html`${first === 'console' ? this.#console(small) : first === 'reserve' ? this.#reserve(small) : first === 'return' ? this.#button('return', 'Return', 'check', small) : nothing}
      ${rest.size === 0 ? nothing : html`<m-menu look="button small icon" .label=${`More about ${this.board.name}`} .button=${icon('more')} .items=${() => this.#menu(rest)}></m-menu>`}`;
  }

  #whole(may: Set<Deed>): TemplateResult {
    const admin = new Set([...may].filter((each) => each === 'kick' || each === 'maintenance' || each === 'return'));
    return html`
      ${may.has('reserve') ? this.#reserve('button primary') : nothing}
      ${may.has('console') ? this.#console('button primary') : nothing}
      ${may.has('power') ? html`<m-menu look="button" .label=${'Power'} .button=${html`${icon('power')}Power`} .items=${() => this.#powers()}></m-menu>` : nothing}
      ${may.has('extend') ? this.#button('extend', 'Extend', 'clock') : nothing}
      ${may.has('share') ? this.#button('share', 'Share', 'users') : nothing}
      ${may.has('release') ? this.#button('release', 'Release', 'out') : nothing}
      ${admin.size === 0 ? nothing : html`<m-menu look="button icon" .label=${'More'} .button=${icon('more')} .items=${() => this.#menu(admin)}></m-menu>`}`;
  }

  #menu(may: Set<Deed>): TemplateResult {
    const entry = (deed: Open, label: string, picture: IconName, tone = ''): TemplateResult | typeof nothing => (may.has(deed) ? html`<button class=${tone} @click=${() => this.#ask(deed)}>${icon(picture)}${label}</button>` : nothing);
    const own = ['extend', 'share', 'release'].some((each) => may.has(each as Deed));
    const admin = ['kick', 'maintenance', 'return'].some((each) => may.has(each as Deed));
    return html`
      ${may.has('console') ? html`<a href=${consoleLink(this.board.name)}>${icon('terminal')}Console</a>` : nothing}
      ${may.has('reserve') ? html`<button @click=${() => this.#ask('reserve')}>${icon('lock')}${this.board.state === 'free' ? 'Reserve' : 'Queue for it'}</button>` : nothing}
      ${may.has('power') ? this.#powers() : nothing}
      ${may.has('power') && own ? html`<hr>` : nothing}
      ${entry('extend', 'Extend', 'clock')}${entry('share', 'Share', 'users')}${entry('release', 'Release', 'out')}
      ${admin && (own || may.has('power') || may.has('reserve')) ? html`<hr>` : nothing}
      ${entry('return', 'Return to service', 'check')}${entry('maintenance', 'Maintenance', 'wrench')}${entry('kick', 'Take it from them', 'cross', 'bad-text')}`;
  }

  #powers(): TemplateResult {
    return html`${POWERS.map(([action, label, said]) => html`<button ?disabled=${this.board.powering || this.#work.busy} @click=${() => void this.#send(lab.power(this.board.name, action), `${this.board.name}: ${said.toLowerCase()}`)}>${icon(action === 'cycle' ? 'refresh' : 'power')}${label}</button>`)}`;
  }

  #reserve(look: string): TemplateResult {
    return html`<button class=${look} @click=${() => this.#ask('reserve')}>${icon('lock', 14)}${this.board.state === 'free' ? 'Reserve' : 'Queue'}<span class="sr"> ${this.board.name}</span></button>`;
  }

  #console(look: string): TemplateResult {
    return html`<a class=${look} href=${consoleLink(this.board.name)}>${icon('terminal', 14)}Console<span class="sr"> of ${this.board.name}</span></a>`;
  }

  #button(deed: Open, label: string, picture: IconName, look = 'button'): TemplateResult {
    return html`<button class=${look} @click=${() => this.#ask(deed)}>${icon(picture, look === 'button' ? 16 : 14)}${label}<span class="sr"> ${this.board.name}</span></button>`;
  }

  #ask(open: Open): void {
    this.#work.clear();
    this.note = this.board.note ?? '';
    this.force = false;
    this.open = open;
  }

  #close = (): void => { this.open = undefined; };

  #dialogs(): TemplateResult | typeof nothing {
    const { name, reservation } = this.board;
    switch (this.open) {
      case 'reserve': return html`<m-lab-reserve .board=${this.board} .onClose=${this.#close} .onDone=${this.onChanged}></m-lab-reserve>`;
      case 'extend': case 'share': return html`<m-board-share .board=${this.board} .what=${this.open} .onClose=${this.#close} .onDone=${this.onChanged}></m-board-share>`;
      case 'release': return this.#confirm(`Release ${name}?`, html`<p>Its environment is cleaned up and all its connections are closed. Keep what you need of it first.</p>`, 'Release', lab.release(name), `${name} is being released`);
      case 'kick': return this.#confirm(`Take ${name} from ${reservation ? holderName(reservation, false) : 'its holder'}?`, note('warn', 'Their connections are closed at once and the environment is cleaned up.'), 'Take it', lab.kick(name), `${name} is being released`);
      case 'return': return this.#confirm(`Return ${name} to service?`, html`<p>It is cleaned up first. It is lent again only if that succeeds.</p>`, 'Return', lab.giveBack(name), `${name} is being cleaned up`, 'primary');
      case 'maintenance': return this.#maintenance();
      case undefined: return this.#work.problem ? dialog({ heading: `${name} did not do it`, close: () => this.#work.clear(), body: problemNote(this.#work.problem), foot: html`<button class="button primary" autofocus @click=${() => this.#work.clear()}>Close</button>` }) : nothing;
    }
  }

  #confirm(heading: string, words: unknown, label: string, call: Call, said: string, look = 'solid-danger'): TemplateResult {
    return dialog({
      heading, close: this.#close,
      body: html`${words}${problemNote(this.#work.problem)}`,
      foot: html`<m-curl class="start" .call=${call}></m-curl><button class="button" autofocus @click=${this.#close}>Cancel</button>
        <button class="button ${look}" ?disabled=${this.#work.busy} @click=${() => void this.#send(call, said)}>${label}</button>`,
    });
  }

  #maintenance(): TemplateResult {
    const call = this.note.trim() === '' ? undefined : lab.maintenance(this.board.name, this.note.trim(), this.force);
    return dialog({
      heading: `Maintenance of ${this.board.name}`, close: this.#close,
      submit: () => { if (call) void this.#send(call, 'Maintenance asked for'); },
      body: html`${field({ label: 'Why', id: 'b-note', note: 'Everybody sees it on the wall.' }, html`<input class="input" id="b-note" maxlength="200" autocomplete="off" aria-describedby="b-note-note" .value=${this.note} @input=${(event: Event) => { this.note = valueOf(event); }}>`)}
        ${this.board.reservation ? check('At once, even if somebody has it', this.force, (force) => { this.force = force; }, 'Otherwise it begins when the reservation ends.') : nothing}
        ${problemNote(this.#work.problem)}`,
      foot: html`<m-curl class="start" .call=${call}></m-curl><button type="button" class="button" @click=${this.#close}>Cancel</button><button class="button primary" ?disabled=${!call || this.#work.busy}>Take it out of service</button>`,
    });
  }

  async #send(call: Call, said: string): Promise<void> {
    await this.#work.run(async () => {
      await api.send(call);
      this.open = undefined;
      toast(said);
      this.onChanged();
    });
  }
}
customElements.define('m-board-deeds', BoardDeeds);
