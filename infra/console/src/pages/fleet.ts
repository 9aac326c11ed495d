import { html, nothing } from 'lit';
import { devices } from '../api/devices.ts';
import { Problem } from '../api/problem.ts';
import type { CloudEvent, Device, FleetField, FleetSummary } from '../api/types.ts';
import { Throttle } from '../live/frames.ts';
import { hub } from '../live/hub.ts';
import { CursorTable } from '../model/cursor-table.ts';
import { devicesCsv, saveAs } from '../model/export.ts';
import { count, plural } from '../model/format.ts';
import { and, isIn } from '../model/rsql.ts';
import { deviceLink } from '../routes.ts';
import { Base, Resource } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { go, query, setQuery } from '../ui/navigation.ts';
import { check, empty, problemNote } from '../ui/pieces.ts';
import { session } from '../ui/session.ts';
import { toast } from '../ui/toasts.ts';
import type { VTable } from '../ui/vtable.ts';
import '../ui/filter-box.ts';
import '../ui/vtable.ts';
import './fleet-bulk.ts';
import { chosenColumns, COLUMNS, columnsOf, keepColumns } from './fleet-columns.ts';
import './fleet-register.ts';
import { summaryTiles, versionChips } from './fleet-tiles.ts';

/** The fleet as one long table: found, sorted, chosen from, and always as it is now. */
class Fleet extends Base {
  static override properties = { text: { state: true }, rsql: { state: true }, facet: { state: true }, sort: { state: true }, keys: { state: true }, picked: { state: true }, all: { state: true }, tick: { state: true }, fresh: { state: true }, registering: { state: true }, exporting: { state: true } };
  declare text: string;
  declare rsql: boolean;
  /** The tile that is pressed, as a filter. */
  declare facet: string;
  declare sort: string;
  declare keys: string[];
  declare picked: ReadonlySet<string>;
  /** Everything the filter hits is chosen, also what has not been read. */
  declare all: boolean;
  declare tick: number;
  /** Devices that came since the list was read. */
  declare fresh: number;
  declare registering: boolean;
  declare exporting: boolean;
  #fields = new Resource<FleetField[]>(this, (signal) => devices.fields(signal));
  #summary = new Resource<FleetSummary>(this, (signal) => devices.summary(signal));
  #table = new CursorTable<Device>(devices.page, (device) => device.id, () => { this.tick++; });
  #touched = new Set<string>();
  #patch = new Throttle(() => this.#patchVisible(), 350);
  #count = new Throttle(() => this.#summary.load(), 1000);
  #recount = new Throttle(() => this.#countAnew(), 1500);

  constructor() {
    super();
    this.text = query('q') || query('filter');
    this.rsql = query('filter') !== '';
    this.facet = query('state');
    this.sort = query('sort') || 'id';
    this.keys = chosenColumns();
    this.picked = new Set();
    this.all = false;
    this.tick = 0;
    this.fresh = 0;
  }

  protected override entered(): void {
    void this.#fields.load();
    void this.#summary.load();
    void this.#ask();
    this.until(hub.onEvents((batch) => this.#heard(batch)));
    this.until(hub.onGap(() => {
      this.#table.rows.forEach((each) => this.#touched.add(each.id));
      this.#patch.ask();
      this.#count.ask();
    }));
    this.until(() => {
      this.#patch.stop();
      this.#count.stop();
      this.#recount.stop();
      this.#table.stop();
    });
  }

  /** What is asked of the server, from box, tile and sorting. */
  get #question(): { filter?: string; q?: string; sort?: string } {
    const filter = and(this.rsql ? this.text : undefined, this.facet);
    return { ...(filter && { filter }), ...(!this.rsql && this.text && { q: this.text }), sort: this.sort };
  }

  async #ask(): Promise<void> {
    setQuery({ filter: this.rsql ? this.text : undefined, q: this.rsql ? undefined : this.text, state: this.facet, sort: this.sort === 'id' ? undefined : this.sort });
    this.fresh = 0;
    this.picked = new Set();
    this.all = false;
    this.querySelector<VTable<Device>>('m-vtable')?.scrollToTop();
    await this.#table.ask(this.#question);
  }

  #heard(batch: CloudEvent[]): void {
    for (const event of batch) {
      if (!event.subject.startsWith('devices/')) continue;
      const id = event.subject.slice('devices/'.length).split('/')[0]!;
      if (/\.device-registered\./.test(event.type) && this.#table.place(id) === undefined) this.#arrived();
      this.#touched.add(id);
      this.#count.ask();
    }
    if (this.#touched.size > 0) this.#patch.ask();
  }

  /** With a filter only the server knows whether a new device belongs here. */
  #arrived(): void {
    const { filter, q } = this.#question;
    if (filter || q) this.#recount.ask();
    else this.fresh++;
  }

  async #countAnew(): Promise<void> {
    try {
      const { count: now } = await devices.page(this.#question, undefined, 1);
      this.fresh = Math.max(0, (now ?? 0) - (this.#table.total ?? 0));
    } catch {
      // The next arrival asks again.
    }
  }

  /** Reads the rows on screen that have changed, and only those; they stay where they are. */
  async #patchVisible(): Promise<void> {
    const table = this.querySelector<VTable<Device>>('m-vtable');
    const changed = (table?.visibleKeys() ?? []).filter((id) => this.#touched.has(id));
    if (changed.length === 0) return;
    changed.forEach((id) => this.#touched.delete(id));
    try {
      const page = await devices.page({ filter: isIn('id', changed) }, undefined, changed.length);
      this.#table.replace(page.items);
    } catch {
      // The freshness mark tells when the server is away; the next event asks again.
    }
  }

  protected override render() {
    const fields = this.#fields.value ?? [];
    const sortable = new Set(fields.filter((each) => each.sortable !== false).map((each) => each.name.toLowerCase()));
    const failure = this.#table.failure === undefined ? undefined : Problem.of(this.#table.failure);
    const badFilter = failure?.status === 400;
    const total = this.#table.total;
    return html`<div class="page fleet-page">
      <div class="page-head"><h1>Fleet</h1><span class="sub" role="status">${total === undefined ? '' : `${plural(total, 'device')}${this.text || this.facet ? ' found' : ''}`}</span>
        <div class="actions">
          ${session.may('rollouts-write') && (this.text || this.facet) && total ? html`<a class="button" href="/rollouts/new?filter=${encodeURIComponent(this.#question.filter ?? '')}" ?hidden=${!this.#question.filter}>${icon('rollouts')}Roll out to these</a>` : nothing}
          ${session.may('devices-write') ? html`<button class="button primary" @click=${() => { this.registering = true; }}>${icon('plus')}Register device</button>` : nothing}
        </div></div>
      ${summaryTiles(this.#summary.value, this.facet, (facet) => { this.facet = facet; void this.#ask(); })}
      ${versionChips(this.#summary.value, this.facet, (facet) => { this.facet = facet; void this.#ask(); })}
      <div class="toolbar">
        <m-filter .value=${this.text} .fields=${fields} .fault=${badFilter ? failure?.message : undefined} .onFilter=${(text: string, rsql: boolean) => {
          this.text = text;
          this.rsql = rsql;
          void this.#ask();
        }}></m-filter>
        <m-menu stay .label=${'Columns'} .button=${html`${icon('columns')}Columns`} .items=${() => this.#columnChoice()}></m-menu>
        <m-menu .label=${'Export'} .button=${html`${icon('down')}${this.exporting ? 'Exporting…' : 'Export'}`} .items=${() => html`
          <button @click=${() => this.#export('csv')}>As CSV</button><button @click=${() => this.#export('json')}>As JSON</button>`}></m-menu>
        <m-curl .call=${{ method: 'GET', path: '/devices', query: { ...this.#question, limit: 100, count: true } }}></m-curl>
      </div>
      ${this.picked.size > 0 ? html`<m-bulk .picked=${this.picked} .all=${this.all} .total=${total ?? 0} .question=${this.#question} .rows=${this.#table.rows}
        .onAll=${() => { this.all = true; }} .onClear=${() => { this.picked = new Set(); this.all = false; }} .onDone=${() => void this.#ask()}></m-bulk>` : nothing}
      ${failure && !badFilter ? problemNote(failure, () => void this.#ask()) : nothing}
      ${badFilter && total === undefined ? html`<div class="card">${empty('search', 'The filter is not understood', 'What is wrong stands below it. Clear it to see the whole fleet.')}</div>`
        : total === 0 && !this.#table.loading && !failure ? this.#nothing() : html`<m-vtable .label=${'Devices'} .columns=${columnsOf(this.keys, sortable)} .table=${this.#table} .keyOf=${(device: Device) => device.id}
        .sort=${this.sort} .tick=${this.tick} .picked=${this.picked} .onSort=${(sort: string) => { this.sort = sort; void this.#ask(); }}
        .onPick=${this.#pick} .onOpen=${(device: Device) => go(deviceLink(device.id))}
        .overlay=${this.fresh > 0 ? html`<button class="button primary small new-rows" @click=${() => void this.#ask()}>${count(this.fresh)} new – show</button>` : nothing}></m-vtable>`}
      ${this.registering ? html`<m-register .onClose=${() => { this.registering = false; }} .onDone=${() => void this.#ask()}></m-register>` : nothing}
    </div>`;
  }

  #nothing() {
    if (this.text || this.facet) {
      return html`<div class="card">${empty('search', 'No device fits', 'Try fewer words, or take a part of the filter away.', html`<button class="button" @click=${() => {
        this.text = '';
        this.rsql = false;
        this.facet = '';
        void this.#ask();
      }}>Show the whole fleet</button>`)}</div>`;
    }
    return html`<div class="card">${empty('fleet', 'No devices yet', 'Register one here, or point a device’s update client at this server: with plug and play it appears by itself.',
      session.may('devices-write') ? html`<button class="button primary" @click=${() => { this.registering = true; }}>${icon('plus')}Register device</button>` : nothing)}</div>`;
  }

  #columnChoice() {
    const details = [...new Set(this.#table.rows.slice(0, 200).flatMap((each) => [...Object.keys(each.metadata).map((key) => `metadata.${key}`), ...Object.keys(each.attributes).map((key) => `attributes.${key}`)]))].sort().slice(0, 30);
    const choose = (key: string, on: boolean): void => {
      this.keys = on ? [...this.keys, key] : this.keys.filter((each) => each !== key);
      keepColumns(this.keys);
    };
    return html`<div class="column-choice">${COLUMNS.filter((each) => each.key !== 'id').map((each) => check(each.label, this.keys.includes(each.key), (on) => choose(each.key, on)))}
      ${details.length > 0 ? html`<hr>${details.map((key) => check(key, this.keys.includes(key), (on) => choose(key, on)))}` : nothing}</div>`;
  }

  #pick = (keys: string[], picked: boolean): void => {
    const next = new Set(this.picked);
    for (const key of keys) {
      if (picked) next.add(key);
      else next.delete(key);
    }
    this.picked = next;
    if (!picked) this.all = false;
  };

  async #export(format: 'csv' | 'json'): Promise<void> {
    this.exporting = true;
    try {
      const rows: Device[] = [];
      let after: string | undefined;
      do {
        const page = await devices.page(this.#question, after, 1000);
        rows.push(...page.items);
        after = page.next ?? undefined;
      } while (after !== undefined);
      if (format === 'csv') saveAs('devices.csv', 'text/csv;charset=utf-8', devicesCsv(rows));
      else saveAs('devices.json', 'application/json', JSON.stringify(rows, null, 2));
      toast(`${plural(rows.length, 'device')} exported`);
    } catch (thrown) {
      toast(Problem.of(thrown).message, 'bad');
    } finally {
      this.exporting = false;
    }
  }
}
customElements.define('page-fleet', Fleet);
