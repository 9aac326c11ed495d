import { html, nothing } from 'lit';
import { devices } from '../api/devices.ts';
import type { Call } from '../api/call.ts';
import { api } from '../api/http.ts';
import { Problem } from '../api/problem.ts';
import type { Device } from '../api/types.ts';
import { pool } from '../live/pool.ts';
import type { CursorQuery } from '../model/cursor-table.ts';
import { count, plural } from '../model/format.ts';
import { isIn } from '../model/rsql.ts';
import { styled } from '../ui/directives.ts';
import { Base } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { dialog, field, note, valueOf } from '../ui/pieces.ts';
import { session } from '../ui/session.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import '../ui/release-pick.ts';

type Deed = 'assign' | 'group' | 'tags';
const AT_ONCE = 6;
/** Above this many devices a rollout is the better tool, and the dialog says so. */
const ROLLOUT_FROM = 200;

/** What can be done with the chosen devices; says how many are hit before anything is done. */
class Bulk extends Base {
  static override properties = { picked: { attribute: false }, all: { type: Boolean }, total: {}, question: { attribute: false }, rows: { attribute: false }, deed: { state: true }, value: { state: true }, drop: { state: true }, done: { state: true }, failed: { state: true }, running: { state: true }, goal: { state: true } };
  declare picked: ReadonlySet<string>;
  declare all: boolean;
  declare total: number;
  declare question: CursorQuery;
  declare rows: Device[];
  declare deed: Deed | undefined;
  declare value: string;
  declare drop: string;
  declare done: number;
  declare goal: number;
  declare failed: Map<string, string[]>;
  declare running: boolean;
  onAll: () => void = () => {};
  onClear: () => void = () => {};
  onDone: () => void = () => {};
  #abort = new AbortController();

  constructor() {
    super();
    this.value = this.drop = '';
    this.done = this.goal = 0;
    this.failed = new Map();
  }

  get #hit(): number {
    return this.all ? this.total : this.picked.size;
  }

  protected override render() {
    const start = (deed: Deed) => () => {
      this.deed = deed;
      this.value = this.drop = '';
      this.done = 0;
      this.failed = new Map();
    };
    return html`<div class="bulk" role="group" aria-label="Chosen devices"><b role="status">${plural(this.#hit, 'device')} chosen</b>
      ${!this.all && this.total > this.picked.size ? html`<button class="button small plain" @click=${this.onAll}>Choose all ${count(this.total)} found</button>` : nothing}
      <span class="grow"></span>
      ${session.may('rollouts-operate') ? html`<button class="button small" @click=${start('assign')}>${icon('software', 14)}Assign release</button>` : nothing}
      ${session.may('devices-write') ? html`<button class="button small" @click=${start('group')}>${icon('group', 14)}Set group</button>
        <button class="button small" @click=${start('tags')}>${icon('tag', 14)}Change tags</button>` : nothing}
      <button class="button small plain icon" aria-label="Choose none" @click=${this.onClear}>${icon('cross', 14)}</button>
    </div>${this.deed ? this.#dialog(this.deed) : nothing}`;
  }

  #dialog(deed: Deed) {
    const headings: Record<Deed, string> = { assign: 'Assign a release', group: 'Set the group', tags: 'Change tags' };
    const ended = !this.running && this.goal > 0 && this.done === this.goal;
    const sample = this.rows.find((each) => this.picked.has(each.id));
    return dialog({
      heading: `${headings[deed]} for ${plural(this.#hit, 'device')}`,
      close: () => this.#close(),
      submit: () => void this.#run(deed),
      body: html`
        ${this.goal > 0 ? this.#progress() : html`
          ${deed === 'assign' ? html`<m-release-pick .onPick=${(id: string) => { this.value = id; }}></m-release-pick>
            ${this.#hit > ROLLOUT_FROM ? note('info', html`For this many a <b>rollout</b> is safer: it goes group by group and stops by itself when devices fail.`) : nothing}`
          : deed === 'group' ? field({ label: 'Group', id: 'b-group', note: 'Left empty, the devices belong to no group.' }, html`<input class="input" id="b-group" autocomplete="off" .value=${this.value} @input=${(event: Event) => { this.value = valueOf(event); }}>`)
          : html`<div class="form-grid">${field({ label: 'Add', id: 'b-add', note: 'Separated by spaces' }, html`<input class="input" id="b-add" autocomplete="off" .value=${this.value} @input=${(event: Event) => { this.value = valueOf(event); }}>`)}
            ${field({ label: 'Take away', id: 'b-drop' }, html`<input class="input" id="b-drop" autocomplete="off" .value=${this.drop} @input=${(event: Event) => { this.drop = valueOf(event); }}>`)}</div>`}
          ${note('info', html`This will change <b>${plural(this.#hit, 'device')}</b>${this.all ? ' – everything the filter finds' : ''}.`)}`}`,
      foot: ended ? html`<button type="button" class="button primary" @click=${() => this.#close()}>Done</button>` : html`
        <m-curl class="start" .call=${sample && this.#ready(deed) ? this.#call(deed, sample) : undefined} .label=${'as curl, for one'}></m-curl>
        <button type="button" class="button" @click=${() => this.#close()}>${this.running ? 'Stop' : 'Cancel'}</button>
        <button class="button primary" ?disabled=${this.running || !this.#ready(deed)}>Apply to ${count(this.#hit)}</button>`,
    });
  }

  #progress() {
    const failures = [...this.failed.values()].reduce((sum, each) => sum + each.length, 0);
    return html`<div class="stack tight"><div class="row between"><span role="status">${count(this.done)} of ${count(this.goal)}</span>${failures > 0 ? html`<span class="bad-text">${count(failures)} refused</span>` : nothing}</div>
      <div class="bar" role="progressbar" aria-label="Progress" aria-valuenow=${this.done} aria-valuemin="0" aria-valuemax=${this.goal}><i class="info" ${styled({ width: `${(this.done / this.goal) * 100}%` })}></i></div>
      ${[...this.failed].map(([kind, ids]) => note('bad', html`<b>${kind}</b> ×${ids.length}<br><span class="small">${ids.slice(0, 5).join(', ')}${ids.length > 5 ? ' …' : ''}</span>`))}</div>`;
  }

  #ready(deed: Deed): boolean {
    return deed === 'group' || this.value.trim() !== '' || (deed === 'tags' && this.drop.trim() !== '');
  }

  #call(deed: Deed, device: Device): Call {
    if (deed === 'assign') return devices.assign(device.id, { releaseId: this.value });
    const etag = `"${device.version}"`;
    if (deed === 'group') return devices.change(device.id, etag, { group: this.value.trim() });
    const split = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);
    const dropped = new Set(split(this.drop));
    return devices.change(device.id, etag, { tags: [...new Set([...device.tags, ...split(this.value)])].filter((tag) => !dropped.has(tag)) });
  }

  async #run(deed: Deed): Promise<void> {
    if (this.running || !this.#ready(deed)) return;
    this.running = true;
    this.#abort = new AbortController();
    try {
      const chosen = await this.#chosen();
      this.goal = chosen.length;
      this.done = 0;
      await pool(chosen, AT_ONCE, async (device) => {
        try {
          await api.send(this.#call(deed, device));
        } catch (thrown) {
          const { kind } = Problem.of(thrown);
          this.failed = new Map(this.failed).set(kind, [...(this.failed.get(kind) ?? []), device.id]);
        }
        this.done++;
      }, this.#abort.signal);
      if (this.failed.size === 0 && !this.#abort.signal.aborted) {
        toast(`${plural(this.done, 'device')} changed`);
        this.#close();
      }
    } catch (thrown) {
      this.failed = new Map([[Problem.of(thrown).message, ['–']]]);
    } finally {
      this.running = false;
    }
  }

  /** The chosen devices as they are now: their versions go into the changes. */
  async #chosen(): Promise<Device[]> {
    const found: Device[] = [];
    const ids = [...this.picked];
    const questions: CursorQuery[] = this.all ? [this.question]
      : Array.from({ length: Math.ceil(ids.length / 100) }, (_, i) => ({ filter: isIn('id', ids.slice(i * 100, i * 100 + 100)) }));
    for (const question of questions) {
      let after: string | undefined;
      do {
        const page = await devices.page(question, after, 1000, this.#abort.signal);
        found.push(...page.items);
        after = page.next ?? undefined;
      } while (after !== undefined);
    }
    return found;
  }

  #close(): void {
    this.#abort.abort();
    this.deed = undefined;
    if (this.goal > 0) {
      this.goal = 0;
      this.onDone();
    }
  }
}
customElements.define('m-bulk', Bulk);
