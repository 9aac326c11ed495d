import { html, nothing, type TemplateResult } from 'lit';
import { type Call, path } from '../api/call.ts';
import { api } from '../api/http.ts';
import type { Token } from '../api/types.ts';
import { Base, Resource, Work } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { bones, check, dialog, field, problemNote, secretOnce, valueOf } from '../ui/pieces.ts';
import { session } from '../ui/session.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import '../ui/time.ts';

const LIVES: [string, string][] = [['P7D', '7 days'], ['P30D', '30 days'], ['P90D', '90 days'], ['P365D', 'one year']];

const passwordCall = (current: string, password: string): Call => ({ method: 'PUT', path: '/session/password', body: { current, password } });

/** One's own account: API tokens and the password. */
class Account extends Base {
  static override properties = { creating: { state: true }, made: { state: true }, revoking: { state: true }, name: { state: true }, scopes: { state: true }, expiresIn: { state: true }, current: { state: true }, password: { state: true } };
  declare creating: boolean;
  declare made: Token | undefined;
  declare revoking: Token | undefined;
  declare name: string;
  declare scopes: string[];
  declare expiresIn: string;
  declare current: string;
  declare password: string;
  #tokens = new Resource<Token[]>(this, (signal) => api.get<{ items: Token[] } | Token[]>('/tokens', {}, signal).then((answer) => (Array.isArray(answer) ? answer : answer.items)));
  #work = new Work(this);
  #change = new Work(this);

  constructor() {
    super();
    this.current = this.password = '';
  }

  protected override entered(): void {
    void this.#tokens.load();
  }

  protected override render() {
    const me = session.me;
    const tokens = this.#tokens.value;
    return html`<div class="page narrow"><div class="page-head"><h1>Account</h1><span class="sub">${me?.name}</span><span class="tags">${me?.roles.map((role) => html`<span class="tag">${role}</span>`)}</span></div>
      <section class="card"><div class="card-head"><h2>API tokens</h2><div class="actions"><button class="button small primary" @click=${() => this.#open()}>${icon('plus', 14)}New token</button></div></div>
        <div class="card-body flush">${this.#tokens.problem ? html`<div class="card-body">${problemNote(this.#tokens.problem, () => void this.#tokens.load())}</div>` : nothing}
          ${tokens === undefined ? (this.#tokens.problem ? nothing : html`<div class="card-body">${bones(3)}</div>`) : tokens.length === 0 ? html`<p class="card-body muted">None. With a token, scripts and other programs can do what you may do – or less.</p>` : this.#table(tokens)}</div></section>
      ${me?.kind === 'user' ? this.#passwordForm() : nothing}
      ${this.creating ? this.#form() : nothing}
      ${this.revoking ? this.#confirm(this.revoking) : nothing}</div>`;
  }

  #table(tokens: Token[]): TemplateResult {
    return html`<div class="scroll" tabindex="0" role="region" aria-label="API tokens"><table class="list"><thead><tr><th>Name</th><th>Begins with</th><th>May</th><th class="num">Last used</th><th class="num">Ends</th><th><span class="sr">Actions</span></th></tr></thead><tbody>
      ${tokens.map((token) => html`<tr><td><b>${token.name}</b></td><td class="mono">${token.prefix}…</td><td><span class="tags">${token.scopes.map((scope) => html`<span class="tag">${scope}</span>`)}</span></td>
        <td class="num">${token.lastUsedAt ? html`<m-time .at=${token.lastUsedAt}></m-time>` : html`<span class="muted">never</span>`}</td><td class="num"><m-time .at=${token.expiresAt}></m-time></td>
        <td class="end"><button class="button small danger" aria-label="Revoke ${token.name}" @click=${() => { this.#work.clear(); this.revoking = token; }}>Revoke</button></td></tr>`)}</tbody></table></div>`;
  }

  #passwordForm(): TemplateResult {
    const input = (key: 'current' | 'password', autocomplete: string): TemplateResult => html`<input class="input" id="a-${key}" type="password" autocomplete=${autocomplete} .value=${this[key]} @input=${(event: Event) => { this[key] = valueOf(event); }}>`;
    return html`<section class="card"><div class="card-head"><h2>Password</h2></div><form class="card-body form" novalidate @submit=${(event: Event) => {
      event.preventDefault();
      void this.#change.run(async () => {
        await api.send(passwordCall(this.current, this.password));
        this.current = this.password = '';
        toast('Password changed');
      });
    }}><div class="form-grid">${field({ label: 'Current password', id: 'a-current', fault: this.#change.problem?.at('/current') }, input('current', 'current-password'))}
        ${field({ label: 'New password', id: 'a-password', note: 'At least 12 characters.', fault: this.#change.problem?.at('/password') }, input('password', 'new-password'))}</div>
      ${problemNote(this.#change.problem)}
      <div class="form-foot"><button class="button" ?disabled=${!this.current || this.password.length < 12 || this.#change.busy}>Change password</button>
        <span class="grow"></span><m-curl .call=${passwordCall(this.current, this.password)}></m-curl></div></form></section>`;
  }

  #open(): void {
    this.#work.clear();
    this.name = '';
    this.scopes = [];
    this.expiresIn = 'P30D';
    this.made = undefined;
    this.creating = true;
  }

  #form(): TemplateResult {
    const close = (): void => { this.creating = false; };
    if (this.made) return dialog({ heading: `Token ${this.made.name}`, close, body: secretOnce(this.made.token ?? '', 'Token'), foot: html`<button class="button primary" @click=${close}>Done</button>` });
    const call: Call | undefined = this.name.trim() && this.scopes.length > 0 ? { method: 'POST', path: '/tokens', body: { name: this.name.trim(), scopes: this.scopes, expiresIn: this.expiresIn } } : undefined;
    return dialog({
      heading: 'New API token', close,
      submit: () => {
        if (call) void this.#work.run(async () => {
          this.made = (await api.send<Token>(call)).data;
          await this.#tokens.load();
        });
      },
      body: html`<div class="form-grid">${field({ label: 'Name', id: 't-name', note: 'What it is for.' }, html`<input class="input" id="t-name" autocomplete="off" .value=${this.name} @input=${(event: Event) => { this.name = valueOf(event); }}>`)}
          ${field({ label: 'Lives for', id: 't-life' }, html`<select class="input" id="t-life" @change=${(event: Event) => { this.expiresIn = valueOf(event); }}>${LIVES.map(([value, label]) => html`<option value=${value} ?selected=${value === this.expiresIn}>${label}</option>`)}</select>`)}</div>
        <fieldset><legend class="label">It may</legend><div class="form-grid scopes">${(session.me?.permissions ?? []).filter((each) => each !== 'own-account').map((scope) => check(scope, this.scopes.includes(scope), (on) => { this.scopes = on ? [...this.scopes, scope] : this.scopes.filter((each) => each !== scope); }))}</div></fieldset>
        ${problemNote(this.#work.problem)}`,
      foot: html`<m-curl class="start" .call=${call}></m-curl><button type="button" class="button" @click=${close}>Cancel</button><button class="button primary" ?disabled=${!call || this.#work.busy}>Create token</button>`,
    });
  }

  #confirm(token: Token): TemplateResult {
    const close = (): void => { this.revoking = undefined; };
    const call: Call = { method: 'DELETE', path: path`/tokens/${token.id}` };
    return dialog({
      heading: `Revoke ${token.name}?`, close,
      body: html`<p>Whatever uses it is refused from now on.</p>${problemNote(this.#work.problem)}`,
      foot: html`<m-curl class="start" .call=${call}></m-curl><button class="button" autofocus @click=${close}>Cancel</button><button class="button solid-danger" ?disabled=${this.#work.busy} @click=${() => this.#work.run(async () => {
        await api.send(call);
        toast('Token revoked');
        close();
        await this.#tokens.load();
      })}>Revoke</button>`,
    });
  }
}
customElements.define('page-account', Account);
