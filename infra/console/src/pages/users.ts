import { html, nothing, type TemplateResult } from 'lit';
import { type Call, path } from '../api/call.ts';
import { api } from '../api/http.ts';
import type { Role, User } from '../api/types.ts';
import { words } from '../model/format.ts';
import { Base, Resource, Work } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { bones, check, dialog, field, note, problemNote, valueOf } from '../ui/pieces.ts';
import { session } from '../ui/session.ts';
import { toast } from '../ui/toasts.ts';
import '../ui/curl.ts';
import '../ui/time.ts';

/** Who may come in, and for what. */
class Users extends Base {
  static override properties = { editing: { state: true }, creating: { state: true }, removing: { state: true }, username: { state: true }, password: { state: true }, roles: { state: true }, enabled: { state: true } };
  declare editing: User | undefined;
  declare creating: boolean;
  declare removing: User | undefined;
  declare username: string;
  declare password: string;
  declare roles: string[];
  declare enabled: boolean;
  #users = new Resource<User[]>(this, (signal) => api.get<{ items: User[] } | User[]>('/users', {}, signal).then((answer) => (Array.isArray(answer) ? answer : answer.items)));
  #roles = new Resource<Role[]>(this, (signal) => api.get<{ items: Role[] } | Role[]>('/roles', {}, signal).then((answer) => (Array.isArray(answer) ? answer : answer.items)));
  #work = new Work(this);

  protected override entered(): void {
    void this.#users.load();
    void this.#roles.load();
  }

  #open(user?: User): void {
    this.#work.clear();
    this.username = user?.username ?? '';
    this.password = '';
    this.roles = user ? [...user.roles] : ['viewer'];
    this.enabled = user?.enabled ?? true;
    this.editing = user;
    this.creating = user === undefined;
  }

  protected override render() {
    const users = this.#users.value;
    return html`<div class="page narrow"><div class="page-head"><h1>Users</h1><div class="actions"><button class="button primary" @click=${() => this.#open()}>${icon('plus')}New user</button></div></div>
      ${problemNote(this.#users.problem, () => void this.#users.load())}
      ${users === undefined ? (this.#users.problem ? nothing : html`<div class="card"><div class="card-body">${bones(5)}</div></div>`) : html`<div class="card scroll" tabindex="0" role="region" aria-label="Users"><table class="list">
        <thead><tr><th>User</th><th>Roles</th><th>State</th><th class="num">Since</th><th><span class="sr">Actions</span></th></tr></thead><tbody>
        ${users.map((user) => html`<tr><td><b>${user.username ?? html`<span class="muted">${user.id}</span>`}</b>${user.id === session.me?.id ? html` <span class="tag">you</span>` : nothing}</td>
          <td><span class="tags">${user.roles.map((role) => html`<span class="tag">${role}</span>`)}</span></td>
          <td>${user.enabled ? html`<span class="state ok">${icon('check', 15)}Enabled</span>` : html`<span class="state warn">${icon('lock', 15)}Disabled</span>`}</td>
          <td class="num"><m-time .at=${user.createdAt}></m-time></td>
          <td class="end"><button class="button small plain" aria-label="Edit ${user.username}" @click=${() => this.#open(user)}>${icon('edit', 14)}Edit</button>
            ${user.id === session.me?.id ? nothing : html`<button class="button small plain icon" aria-label="Delete ${user.username}" @click=${() => { this.#work.clear(); this.removing = user; }}>${icon('trash', 14)}</button>`}</td></tr>`)}
      </tbody></table></div>`}
      ${this.creating || this.editing ? this.#form(this.editing) : nothing}
      ${this.removing ? this.#confirm(this.removing) : nothing}</div>`;
  }

  #form(user: User | undefined): TemplateResult {
    const close = (): void => { this.creating = false; this.editing = undefined; };
    const changes = user && {
      ...(this.roles.join() !== user.roles.join() && { roles: this.roles }),
      ...(this.enabled !== user.enabled && { enabled: this.enabled }),
      ...(this.password && { password: this.password }),
    };
    const call: Call | undefined = user
      ? Object.keys(changes!).length > 0 ? { method: 'PATCH', path: path`/users/${user.id}`, body: changes } : undefined
      : this.username.trim() && this.password && this.roles.length > 0 ? { method: 'POST', path: '/users', body: { username: this.username.trim(), password: this.password, roles: this.roles } } : undefined;
    const mine = user?.id === session.me?.id;
    return dialog({
      heading: user ? `Edit ${user.username}` : 'New user', close,
      submit: () => {
        if (call) void this.#work.run(async () => {
          await api.send(call);
          toast('Saved');
          close();
          await this.#users.load();
        });
      },
      body: html`
        ${user ? nothing : field({ label: 'User name', id: 'u-username', fault: this.#work.problem?.at('/username') }, html`<input class="input" id="u-username" autocomplete="off" autocapitalize="off" spellcheck="false" .value=${this.username} @input=${(event: Event) => { this.username = valueOf(event); }}>`)}
        ${field({ label: user ? 'New password' : 'Password', id: 'u-password', optional: user !== undefined, note: user ? 'Left empty, it stays as it is.' : 'At least 12 characters. Hand it over in person; it can be changed under Account.', fault: this.#work.problem?.at('/password') }, html`<input class="input" id="u-password" type="password" autocomplete="new-password" .value=${this.password} @input=${(event: Event) => { this.password = valueOf(event); }}>`)}
        <fieldset class="stack tight"><legend class="label">Roles</legend>${(this.#roles.value ?? []).map((role) => check(words(role.name), this.roles.includes(role.name), (on) => { this.roles = on ? [...this.roles, role.name] : this.roles.filter((each) => each !== role.name); }, role.permissions.length > 10 ? 'may do everything' : role.permissions.filter((each) => each !== 'own-account').join(', ')))}</fieldset>
        ${user ? check('Enabled', this.enabled, (on) => { this.enabled = on; }, mine ? 'This is your own account.' : 'A disabled user cannot sign in; running sessions end.', mine) : nothing}
        ${problemNote(this.#work.problem)}`,
      foot: html`<m-curl class="start" .call=${call}></m-curl><button type="button" class="button" @click=${close}>Cancel</button><button class="button primary" ?disabled=${!call || this.#work.busy}>Save</button>`,
    });
  }

  #confirm(user: User): TemplateResult {
    const close = (): void => { this.removing = undefined; };
    const call: Call = { method: 'DELETE', path: path`/users/${user.id}` };
    return dialog({
      heading: `Delete ${user.username}?`, close,
      body: html`${note('warn', 'The name and password are erased for good. History keeps only a pseudonym.')}${problemNote(this.#work.problem)}`,
      foot: html`<m-curl class="start" .call=${call}></m-curl><button class="button" autofocus @click=${close}>Cancel</button><button class="button solid-danger" ?disabled=${this.#work.busy} @click=${() => this.#work.run(async () => {
        await api.send(call);
        toast('User deleted');
        close();
        await this.#users.load();
      })}>Delete</button>`,
    });
  }
}
customElements.define('page-users', Users);
