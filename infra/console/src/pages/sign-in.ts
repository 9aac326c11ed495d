import { html, nothing } from 'lit';
import { api } from '../api/http.ts';
import type { Me } from '../api/types.ts';
import { Base, Work } from '../ui/element.ts';
import { mark } from '../ui/icons.ts';
import { field, note, problemNote, valueOf } from '../ui/pieces.ts';

class SignIn extends Base {
  static override properties = { signedIn: { attribute: false }, username: { state: true }, password: { state: true }, setup: { state: true } };
  declare signedIn: (me: Me) => void;
  declare username: string;
  declare password: string;
  declare setup: { open: boolean; demo: boolean } | undefined;
  #work = new Work(this);

  constructor() {
    super();
    this.username = '';
    this.password = '';
  }

  protected override entered(): void {
    api.get<{ open: boolean; demo: boolean }>('/setup').then((setup) => { this.setup = setup; }, () => {});
  }

  protected override firstUpdated(): void {
    this.querySelector<HTMLInputElement>('#username')?.focus();
  }

  protected override render() {
    return html`<form class="door-card" @submit=${this.#submit}>
      <div class="brand">${mark}<h1>Muster</h1></div>
      ${this.setup?.open ? note('info', html`<b>Nobody has an account here yet.</b> Open the one-time link that the server printed when it started; it makes you the first administrator.`) : nothing}
      ${this.setup?.demo ? note('warn', 'This is a demo: everything in it is gone when it stops.') : nothing}
      ${field({ label: 'User name', id: 'username' }, html`<input class="input" id="username" name="username" autocomplete="username" autocapitalize="off" spellcheck="false" required
        .value=${this.username} @input=${(event: Event) => { this.username = valueOf(event); }}>`)}
      ${field({ label: 'Password', id: 'password' }, html`<input class="input" id="password" name="password" type="password" autocomplete="current-password" required
        .value=${this.password} @input=${(event: Event) => { this.password = valueOf(event); }}>`)}
      ${problemNote(this.#work.problem)}
      <button class="button primary wide" ?disabled=${this.#work.busy}>${this.#work.busy ? 'Signing in…' : 'Sign in'}</button>
    </form>`;
  }

  #submit = (event: Event): void => {
    event.preventDefault();
    void this.#work.run(async () => {
      const { data } = await api.send<Me>({ method: 'POST', path: '/session', body: { username: this.username.trim(), password: this.password } });
      this.signedIn(data);
    });
  };
}
customElements.define('page-sign-in', SignIn);
