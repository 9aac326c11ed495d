import { html, nothing, type TemplateResult } from 'lit';
import { releases } from '../api/devices.ts';
import { api } from '../api/http.ts';
import { type CancelKind, software } from '../api/rollouts.ts';
import type { Release, SoftwareModule } from '../api/types.ts';
import { Throttle } from '../live/frames.ts';
import { hub } from '../live/hub.ts';
import { bytes, count } from '../model/format.ts';
import { equals, and } from '../model/rsql.ts';
import { fleetLink } from '../routes.ts';
import { Base, Resource, Work } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { go } from '../ui/navigation.ts';
import { bones, dialog, note, problemNote } from '../ui/pieces.ts';
import { session } from '../ui/session.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import '../ui/time.ts';
import { bundleFacts, hardwareList, hashes } from './release-parts.ts';

/** One release: its files, what they fit, and where it runs. */
class ReleasePage extends Base {
  static override properties = { releaseId: {}, asking: { state: true }, cancel: { state: true } };
  declare releaseId: string;
  declare asking: 'invalidate' | 'delete' | undefined;
  declare cancel: CancelKind;
  #release = new Resource<Release>(this, (signal) => releases.one(this.releaseId, signal));
  #work = new Work(this);
  #refresh = new Throttle(() => this.#release.load(), 1000);

  constructor() {
    super();
    this.cancel = 'soft';
  }

  protected override entered(): void {
    void this.#release.load();
    this.until(hub.onEvents((batch) => {
      if (batch.some((event) => event.subject === `releases/${this.releaseId}` || /\.updates\.action-(finished|assigned)\./.test(event.type))) this.#refresh.ask();
    }));
    this.until(() => this.#refresh.stop());
  }

  protected override render() {
    const release = this.#release.value;
    return html`<div class="page narrow">
      <div class="page-head"><div><div class="crumb"><a href="/software">Software</a></div><h1>${release ? `${release.name} ${release.version}` : 'Release'}</h1></div>
        ${release ? html`<span class="row">${release.valid ? html`<span class="state pill ok">${icon('check', 14)}Valid</span>` : html`<span class="state pill warn">${icon('alert', 14)}Invalidated</span>`}
          ${release.migrationStep ? html`<span class="state pill info">${icon('rollouts', 14)}Migration step</span>` : nothing}</span>` : nothing}
        <div class="actions">${release ? this.#buttons(release) : nothing}</div></div>
      ${problemNote(this.#release.problem, () => void this.#release.load())}
      ${release ? this.#body(release) : this.#release.problem ? nothing : html`<div class="card"><div class="card-body">${bones(8)}</div></div>`}
      ${release && this.asking ? this.#ask(release, this.asking) : nothing}
    </div>`;
  }

  #buttons(release: Release): TemplateResult {
    return html`${session.may('rollouts-write') && release.valid ? html`<a class="button primary" href="/rollouts/new?release=${release.id}">${icon('rollouts')}Roll out</a>` : nothing}
      ${session.may('software-write') ? html`<m-menu look="button icon" .label=${'More'} .button=${icon('more')} .items=${() => html`
        ${release.valid ? html`<button @click=${() => { this.asking = 'invalidate'; }}>${icon('alert')}Invalidate</button>` : nothing}
        <button class="bad-text" @click=${() => { this.asking = 'delete'; }}>${icon('trash')}Delete</button>`}></m-menu>` : nothing}`;
  }

  #body(release: Release): TemplateResult {
    const on = (kind: 'installed' | 'assigned'): string => fleetLink(and(equals(`${kind}.name`, release.name), equals(`${kind}.version`, release.version)));
    return html`
      <div class="tiles three">
        <a class="tile" href=${on('installed')}><span class="name">Confirmed on</span><span class="figure">${count(release.devicesInstalled)}</span></a>
        <a class="tile" href=${on('assigned')}><span class="name">Assigned to</span><span class="figure">${count(release.devicesAssigned)}</span></a>
        <div class="tile"><span class="name">Created</span><span class="figure-link"><m-time .at=${release.createdAt}></m-time></span></div></div>
      ${release.notes ? html`<section class="card"><div class="card-head"><h2>Notes</h2></div><div class="card-body break prewrap">${release.notes}</div></section>` : nothing}
      ${release.modules.map((each) => this.#module(each))}`;
  }

  #module(module: SoftwareModule): TemplateResult {
    return html`<section class="card"><div class="card-head">${icon('software')}<h2>${module.name} ${module.version}</h2><span class="tag">${module.type}</span>${module.encrypted ? html`<span class="tag">${icon('lock', 12)}encrypted</span>` : nothing}</div>
      <div class="card-body stack">
        <dl class="facts"><dt>Fits</dt><dd>${hardwareList(module.compatibility)}</dd>
          ${module.metadata.map((each) => html`<dt>${each.key}</dt><dd>${each.value}${each.visible ? nothing : html` <span class="muted small">hidden from devices</span>`}</dd>`)}</dl>
        ${module.artifacts.map((each) => html`<div class="artifact stack tight"><div class="row wrap">${icon('file')}<b class="break">${each.fileName}</b><span class="muted">${bytes(each.size)}</span>
          <span class="grow"></span>${each.url ? nothing : html`<a class="button small" href=${software.download(each)} download=${each.fileName}>${icon('down', 14)}Download</a>`}</div>
          ${each.url ? html`<div class="small"><span class="muted">Devices get it from</span> <code class="break">${each.url}</code></div>` : nothing}${each.bundle ? html`<details class="more"><summary>What it says of itself</summary>${bundleFacts(each.bundle)}</details>` : nothing}${hashes(each)}</div>`)}
      </div></section>`;
  }

  /** What invalidation does, and what is to become of updates under way. */
  #consequences(): TemplateResult {
    const ways: [CancelKind, string, string][] = [['none', 'Let them end', 'Devices that are at it go on, and may install it.'], ['soft', 'Ask devices to stop', 'A device that is past the point of return may refuse.'], ['force', 'End them at once', 'They count as cancelled without the device’s word; a device may still finish what it is doing.']];
    return html`${note('warn', html`<b>This cannot be undone.</b> From then on nobody can assign it.`)}
      <ul class="sentences"><li>Its rollouts are stopped.</li><li>Standing assignments of it are deleted.</li><li>Devices that run it keep it.</li></ul>
      <fieldset class="stack tight"><legend class="label">Updates to it that are under way</legend>${ways.map(([kind, label, about]) => html`<label class="check"><input type="radio" name="cancel" .checked=${this.cancel === kind} @change=${() => { this.cancel = kind; }}><span>${label}<span class="note">${about}</span></span></label>`)}</fieldset>`;
  }

  #ask(release: Release, asking: 'invalidate' | 'delete'): TemplateResult {
    const close = (): void => { this.asking = undefined; this.#work.clear(); };
    const call = asking === 'invalidate' ? software.invalidate(release.id, this.cancel) : software.remove(release.id);
    return dialog({
      heading: `${asking === 'invalidate' ? 'Invalidate' : 'Delete'} ${release.name} ${release.version}?`,
      close,
      body: html`${asking === 'invalidate' ? this.#consequences()
        : note('warn', 'It leaves the shelf, and files that nothing else needs leave the store. History keeps its name; devices that run it go on running it.')}${problemNote(this.#work.problem)}`,
      foot: html`<m-curl class="start" .call=${call}></m-curl><button class="button" autofocus @click=${close}>Cancel</button>
        <button class="button solid-danger" ?disabled=${this.#work.busy} @click=${() => this.#work.run(async () => {
          await api.send(call);
          toast(asking === 'invalidate' ? 'Release invalidated' : 'Release deleted');
          this.asking = undefined;
          if (asking === 'delete') go('/software');
          else void this.#release.load();
        })}>${asking === 'invalidate' ? 'Invalidate' : 'Delete'}</button>`,
    });
  }
}
customElements.define('page-release', ReleasePage);
