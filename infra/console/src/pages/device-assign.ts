import { html, nothing } from 'lit';
import { devices } from '../api/devices.ts';
import { api } from '../api/http.ts';
import type { Device, Release } from '../api/types.ts';
import { Base, Work } from '../ui/element.ts';
import { dialog, note, problemNote } from '../ui/pieces.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import { type How, HOW, howBody, howFields } from '../ui/how-fields.ts';
import '../ui/release-pick.ts';

/** Gives one device a release. */
class Assign extends Base {
  static override properties = { device: { attribute: false }, release: { state: true }, how: { state: true } };
  declare device: Device;
  declare release: Release | undefined;
  declare how: How;
  onClose: () => void = () => {};
  onDone: () => void = () => {};
  #work = new Work(this);

  constructor() {
    super();
    this.how = HOW;
  }

  protected override render() {
    const call = this.release && devices.assign(this.device.id, { releaseId: this.release.id, ...howBody(this.how) });
    const fits = this.release?.modules.every((each) => each.compatibility.length === 0 || each.compatibility.some((hardware) => this.#fits(hardware))) ?? true;
    return dialog({
      heading: `Assign a release to ${this.device.id}`,
      close: this.onClose,
      submit: () => {
        if (!call) return;
        void this.#work.run(async () => {
          const { data } = await api.send<{ action: number; created: boolean }>(call);
          toast(data.created ? `Update #${data.action} assigned` : 'The device has this release already, or is getting it');
          this.onDone();
          this.onClose();
        });
      },
      body: html`<m-release-pick .onPick=${(_: string, release: Release) => { this.release = release; }}></m-release-pick>
        ${fits ? nothing : note('warn', html`This release names other hardware than <b>${this.device.hardware.model} ${this.device.hardware.revision}</b>. The server will refuse it.`)}
        ${howFields(this.how, (how) => { this.how = how; })}
        ${problemNote(this.#work.problem)}`,
      foot: html`<m-curl class="start" .call=${call}></m-curl><button type="button" class="button" @click=${this.onClose}>Cancel</button>
        <button class="button primary" ?disabled=${!call || this.#work.busy}>Assign</button>`,
    });
  }

  #fits(hardware: { model: string; revision: string }): boolean {
    const { model, revision } = this.device.hardware;
    return (hardware.model === 'default' || hardware.model === model) && (hardware.revision === 'default' || hardware.revision === revision);
  }
}
customElements.define('m-device-assign', Assign);
