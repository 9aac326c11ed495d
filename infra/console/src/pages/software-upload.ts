import { html, type TemplateResult } from 'lit';
import { api } from '../api/http.ts';
import { software } from '../api/rollouts.ts';
import type { Artifact, Release } from '../api/types.ts';
import { upload, type UploadProgress } from '../api/upload.ts';
import { bytes, duration } from '../model/format.ts';
import { releaseOf, type Draft } from '../model/release-draft.ts';
import { releaseLink } from '../routes.ts';
import { styled } from '../ui/directives.ts';
import { Base, Work } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { go } from '../ui/navigation.ts';
import { check, dialog, field, note, problemNote, valueOf } from '../ui/pieces.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import { bundleFacts, hashes } from './release-parts.ts';

/** Uploads files, shows what is in them, and only then makes a release of them. */
class Upload extends Base {
  static override properties = { files: { attribute: false }, progress: { state: true }, current: { state: true }, artifacts: { state: true }, draft: { state: true } };
  declare files: File[];
  declare progress: UploadProgress | undefined;
  declare current: number;
  declare artifacts: Artifact[];
  declare draft: Draft | undefined;
  onClose: () => void = () => {};
  onDone: () => void = () => {};
  #work = new Work(this);
  #abort = new AbortController();

  constructor() {
    super();
    this.current = 0;
    this.artifacts = [];
  }

  protected override firstUpdated(): void {
    void this.#upload();
  }

  async #upload(): Promise<void> {
    await this.#work.run(async () => {
      for (; this.current < this.files.length; this.current++) {
        const file = this.files[this.current]!;
        this.progress = undefined;
        const artifact = await upload<Artifact>(software.uploadArtifact(file.name), file, (progress) => { this.progress = progress; }, this.#abort.signal);
        this.artifacts = [...this.artifacts, { ...artifact, fileName: artifact.fileName ?? file.name }];
      }
      this.draft = releaseOf(this.artifacts);
    });
  }

  protected override render() {
    return this.draft ? this.#review(this.draft) : this.#sending();
  }

  #sending(): TemplateResult {
    const file = this.files[this.current];
    const { progress } = this;
    const share = progress && progress.total > 0 ? progress.sent / progress.total : 0;
    const sent = progress !== undefined && progress.sent >= progress.total;
    return dialog({
      heading: this.files.length === 1 ? 'Uploading' : `Uploading ${Math.min(this.current + 1, this.files.length)} of ${this.files.length}`,
      close: () => this.#cancel(),
      body: html`<div class="row between"><b class="break">${file?.name ?? ''}</b><span class="muted nowrap">${file ? bytes(file.size) : ''}</span></div>
        <div class="bar" role="progressbar" aria-label="Upload" aria-valuemin="0" aria-valuemax="100" aria-valuenow=${Math.round(share * 100)}><i class="info" ${styled({ width: `${share * 100}%` })}></i></div>
        <div class="row between muted small"><span>${progress ? (sent ? 'Looking into it…' : `${bytes(progress.sent)} sent`) : 'Starting…'}</span>
          <span>${progress && !sent && progress.perSecond > 0 ? `${bytes(progress.perSecond)}/s${progress.secondsLeft !== undefined && progress.secondsLeft > 1 ? `, ${duration(progress.secondsLeft * 1000)} left` : ''}` : ''}</span></div>
        ${problemNote(this.#work.problem, () => void this.#upload())}`,
      foot: html`<m-curl class="start" .call=${file ? software.uploadArtifact(file.name) : undefined}></m-curl><button class="button" @click=${() => this.#cancel()}>Cancel</button>`,
    });
  }

  #review(draft: Draft): TemplateResult {
    const set = (part: Partial<Draft>): void => { this.draft = { ...draft, ...part }; };
    const problem = this.#work.problem;
    const ready = draft.name.trim() !== '' && draft.version.trim() !== '';
    const call = software.create(draftBody(draft, this.artifacts));
    return dialog({
      heading: 'Look before you save',
      wide: true,
      close: () => this.#cancel(),
      submit: () => {
        if (!ready) return;
        void this.#work.run(async () => {
          const { data } = await api.send<Release>(call);
          toast(`${data.name} ${data.version} is on the shelf`);
          this.onDone();
          this.onClose();
          go(releaseLink(data.id));
        });
      },
      body: html`
        ${this.artifacts.map((artifact) => html`<section class="card"><div class="card-head">${icon('file')}<h3 class="break">${artifact.fileName}</h3><span class="muted">${bytes(artifact.size)}</span></div>
          <div class="card-body stack">${artifact.bundle ? bundleFacts(artifact.bundle) : note('info', 'A plain file. It is handed to devices as it is.')}${hashes(artifact)}</div></section>`)}
        <div class="form-grid">
          ${field({ label: 'Name', id: 'u-name', fault: problem?.at('/name') }, html`<input class="input" id="u-name" autocomplete="off" spellcheck="false" required .value=${draft.name} @input=${(event: Event) => set({ name: valueOf(event) })}>`)}
          ${field({ label: 'Version', id: 'u-version', fault: problem?.at('/version') }, html`<input class="input" id="u-version" autocomplete="off" spellcheck="false" required .value=${draft.version} @input=${(event: Event) => set({ version: valueOf(event) })}>`)}
          ${field({ label: 'Kind', id: 'u-type' }, html`<select class="input" id="u-type" @change=${(event: Event) => set({ type: valueOf(event) })}>
            ${[['os', 'Operating system'], ['application', 'Application'], ['runtime', 'Runtime or firmware']].map(([type, label]) => html`<option value=${type!} ?selected=${type === draft.type}>${label}</option>`)}</select>`)}
        </div>
        ${field({ label: 'Notes', id: 'u-notes', optional: true }, html`<textarea class="input" id="u-notes" rows="2" .value=${draft.notes} @input=${(event: Event) => set({ notes: valueOf(event) })}></textarea>`)}
        ${check('Devices must not skip this release', draft.migrationStep, (migrationStep) => set({ migrationStep }), 'A migration step: it stays queued when a newer release is assigned.')}
        ${problemNote(problem)}`,
      foot: html`<m-curl class="start" .call=${call}></m-curl><button type="button" class="button" @click=${() => this.#cancel()}>Discard</button>
        <button class="button primary" ?disabled=${!ready || this.#work.busy}>Save as release</button>`,
    });
  }

  #cancel(): void {
    this.#abort.abort();
    this.onClose();
  }
}

function draftBody(draft: Draft, artifacts: Artifact[]) {
  const encrypted = artifacts.some((each) => each.bundle?.encrypted);
  const compatibility = artifacts.flatMap((each) => each.bundle?.compatibility ?? []);
  return {
    name: draft.name.trim(),
    version: draft.version.trim(),
    modules: [{
      type: draft.type, name: draft.name.trim(), version: draft.version.trim(), ...(encrypted && { encrypted }),
      artifacts: artifacts.map(({ sha256, fileName }) => ({ sha256, fileName })), ...(compatibility.length > 0 && { compatibility }),
    }],
    ...(draft.migrationStep && { migrationStep: true }),
    ...(draft.notes.trim() && { notes: draft.notes.trim() }),
  };
}
customElements.define('m-upload', Upload);
