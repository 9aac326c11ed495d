import { html, nothing, type TemplateResult } from 'lit';
import type { Call } from '../api/call.ts';
import { api } from '../api/http.ts';
import type { UpdateSettings } from '../api/types.ts';
import { Base, Resource, Work } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { bones, check, dialog, field, problemNote, secretOnce, valueOf } from '../ui/pieces.ts';
import { session } from '../ui/session.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';

const TRUST: [UpdateSettings['trust'], string, string][] = [
  ['registered', 'Registered', 'A token must be the known device’s own.'],
  ['strict', 'Strict', 'As registered, and no other way to sign in counts.'],
  ['lax', 'Lax', 'A device without a stored token may come without one.'],
  ['setup', 'Set-up', 'Whatever token a device brings is stored. For a factory’s own network only.'],
  ['external', 'External', 'Another service judges every token.'],
];

/** How this house talks to its devices. */
class Settings extends Base {
  static override properties = { draft: { state: true }, token: { state: true }, rotating: { state: true } };
  declare draft: UpdateSettings | undefined;
  declare token: string | undefined;
  declare rotating: boolean;
  #settings = new Resource(this, async (signal) => {
    const { data, etag } = await api.send<UpdateSettings>({ method: 'GET', path: '/settings/updates' }, signal);
    return { settings: data, etag: etag ?? '' };
  });
  #work = new Work(this);
  #rotate = new Work(this);

  protected override entered(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    await this.#settings.load();
    this.draft = this.#settings.value?.settings;
  }

  protected override render() {
    const { draft } = this;
    return html`<div class="page narrow"><div class="page-head"><h1>Settings</h1></div>
      ${problemNote(this.#settings.problem, () => void this.#load())}
      ${draft ? this.#form(draft) : this.#settings.problem ? nothing : html`<div class="card"><div class="card-body">${bones(10)}</div></div>`}
      ${this.rotating ? this.#rotation() : nothing}</div>`;
  }

  #form(draft: UpdateSettings): TemplateResult {
    const set = (part: Partial<UpdateSettings>): void => { this.draft = { ...draft, ...part }; };
    const writer = session.may('settings-write');
    const changed = JSON.stringify(draft) !== JSON.stringify(this.#settings.value?.settings);
    const call: Call = { method: 'PUT', path: '/settings/updates', body: draft, ifMatch: this.#settings.value!.etag };
    const problem = this.#work.problem;
    const text = (key: 'pollingTime' | 'publicBaseUrl' | 'downloadBaseUrl', placeholder = ''): TemplateResult => html`<input class="input mono" id="s-${key}" autocomplete="off" spellcheck="false" placeholder=${placeholder} ?readonly=${!writer}
      aria-invalid=${problem?.at(`/${key}`) ? 'true' : nothing} .value=${draft[key] ?? ''} @input=${(event: Event) => set({ [key]: valueOf(event).trim() || (key === 'pollingTime' ? '' : null) })}>`;
    const toggle = (key: 'targetToken' | 'gatewayToken' | 'certificateHeader' | 'confirmationFlow' | 'autoClose' | 'trackAddress' | 'openDownloads', label: string, hint: string): TemplateResult => check(label, draft[key], (on) => set({ [key]: on }), hint, !writer);
    return html`<form class="stack" novalidate @submit=${(event: Event) => { event.preventDefault(); void this.#save(call); }}>
      <section class="card"><div class="card-head"><h2>Polling</h2></div><div class="card-body form"><div class="form-grid">
        ${field({ label: 'Polling interval', id: 's-pollingTime', note: html`<code>HH:mm:ss</code>, with jitter <code>~10%</code>, and per filter: <code>00:05:00~10%, group==lab -> 00:00:30</code>`, fault: problem?.at('/pollingTime') }, text('pollingTime'))}
        ${field({ label: 'Polls before a maintenance window', id: 's-window', note: 'How often a device asks before its window opens.', fault: problem?.at('/windowPollCount') }, html`<input class="input" id="s-window" inputmode="numeric" ?readonly=${!writer} .value=${String(draft.windowPollCount)} @input=${(event: Event) => set({ windowPollCount: Number(valueOf(event)) || 0 })}>`)}
      </div>${toggle('trackAddress', 'Keep the addresses of devices', 'Seen at polls, shown on the device’s page.')}</div></section>
      <section class="card"><div class="card-head"><h2>How devices sign in</h2></div><div class="card-body form">
        ${toggle('targetToken', 'Device tokens', 'Each device has a token of its own.')}
        <div class="row top wrap"><div class="grow">${toggle('gatewayToken', 'Gateway token', 'One token for a gateway that speaks for many devices.')}</div>
          ${writer ? html`<button type="button" class="button small" @click=${() => { this.token = undefined; this.rotating = true; }}>${icon('refresh', 14)}New gateway token</button>` : nothing}</div>
        ${toggle('certificateHeader', 'Client certificates from a trusted proxy', 'The proxy checks them and hands on issuer and name.')}
        ${draft.certificateHeader ? field({ label: 'Accepted issuer hashes, one a line', id: 's-authorities', fault: problem?.at('/authorities') }, html`<textarea class="input mono" id="s-authorities" rows="3" spellcheck="false" ?readonly=${!writer} .value=${draft.authorities.join('\n')} @change=${(event: Event) => set({ authorities: valueOf(event).split(/\s+/).filter(Boolean) })}></textarea>`) : nothing}
        ${field({ label: 'Trust in device tokens', id: 's-trust', note: TRUST.find(([trust]) => trust === draft.trust)?.[2] }, html`<select class="input" id="s-trust" ?disabled=${!writer} @change=${(event: Event) => {
          const trust = valueOf(event) as UpdateSettings['trust'];
          set({ trust, external: trust === 'external' ? (draft.external ?? { url: '', bearer: true, jsonKey: 'token' }) : null });
        }}>${TRUST.map(([trust, label]) => html`<option value=${trust} ?selected=${trust === draft.trust}>${label}</option>`)}</select>`)}
        ${draft.external ? html`<div class="form-grid">${field({ label: 'Address of the token service', id: 's-external', fault: problem?.at('/external/url') }, html`<input class="input mono" id="s-external" type="url" ?readonly=${!writer} .value=${draft.external.url} @input=${(event: Event) => set({ external: { ...draft.external!, url: valueOf(event).trim() } })}>`)}
          ${field({ label: 'Name of the token in the request', id: 's-json-key' }, html`<input class="input mono" id="s-json-key" ?readonly=${!writer || draft.external.bearer} .value=${draft.external.jsonKey} @input=${(event: Event) => set({ external: { ...draft.external!, jsonKey: valueOf(event).trim() } })}>`)}</div>
          ${check('Send it as a bearer token instead', draft.external.bearer, (bearer) => set({ external: { ...draft.external!, bearer } }), undefined, !writer)}` : nothing}
      </div></section>
      <section class="card"><div class="card-head"><h2>Updates</h2></div><div class="card-body form">
        ${check('Every rollout waits for a second person', draft.rolloutApproval ?? false, (rolloutApproval) => set({ rolloutApproval }), 'Somebody else who may approve rollouts must agree before it can start.', !writer)}
        ${toggle('confirmationFlow', 'New updates wait for consent', 'A person at the device must agree first, unless it agrees by itself.')}
        ${toggle('autoClose', 'A new update ends older ones at once', 'Otherwise the device is asked to cancel them first.')}
        ${toggle('openDownloads', 'Files are open to anyone who knows the link', 'For caches and content networks in between.')}
        <div class="form-grid">${field({ label: 'Public address of this server', id: 's-publicBaseUrl', optional: true, note: 'In links to devices. Empty: as they called it.', fault: problem?.at('/publicBaseUrl') }, text('publicBaseUrl', 'https://updates.example.com'))}
          ${field({ label: 'Address for downloads', id: 's-downloadBaseUrl', optional: true, note: 'A content network, for example. Empty: the same.', fault: problem?.at('/downloadBaseUrl') }, text('downloadBaseUrl', 'https://cdn.example.com'))}</div>
      </div></section>
      ${writer ? html`<div class="form-foot sticky-foot">${problem ? html`<div class="foot-note">${problemNote(problem)}</div>` : nothing}<button class="button primary" ?disabled=${!changed || this.#work.busy}>Save</button>
        <button type="button" class="button" ?disabled=${!changed} @click=${() => { this.#work.clear(); void this.#load(); }}>Discard changes</button><span class="grow"></span><m-curl .call=${call}></m-curl></div>` : nothing}
    </form>`;
  }

  async #save(call: Call): Promise<void> {
    if (await this.#work.run(() => api.send(call))) {
      toast('Settings saved');
      await this.#load();
    }
  }

  #rotation(): TemplateResult {
    const close = (): void => { this.rotating = false; };
    const call: Call = { method: 'PUT', path: '/settings/updates/gateway-token' };
    return dialog({
      heading: 'New gateway token', close,
      body: this.token ? secretOnce(this.token, 'Gateway token') : html`<p>Gateways that use the old token are refused from then on.</p>${problemNote(this.#rotate.problem)}`,
      foot: this.token ? html`<button class="button primary" @click=${close}>Done</button>` : html`<m-curl class="start" .call=${call}></m-curl><button class="button" @click=${close}>Cancel</button>
        <button class="button primary" ?disabled=${this.#rotate.busy} @click=${() => this.#rotate.run(async () => { this.token = (await api.send<{ token: string }>(call)).data.token; await this.#load(); })}>Make a new token</button>`,
    });
  }
}
customElements.define('page-settings', Settings);
