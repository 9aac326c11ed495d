import { html, nothing } from 'lit';
import { api } from '../api/http.ts';
import type { Me } from '../api/types.ts';
import { Base, Resource, Work } from '../ui/element.ts';
import { mark } from '../ui/icons.ts';
import { bones, field, note, problemNote, valueOf } from '../ui/pieces.ts';

/** Shortest password that is accepted before the server is asked. */
const PASSWORD_MIN = 12;

/** Makes the first administrator, once, from the link the server printed: `/setup#<code>`. */
class Setup extends Base {
  static override properties = { signedIn: { attribute: false }, username: { state: true }, password: { state: true }, again: { state: true }, tried: { state: true } };
  declare signedIn: (me: Me) => void;
  declare username: string;
  declare password: string;
  declare again: string;
  declare tried: boolean;
  #code = decodeURIComponent(location.hash.slice(1));
  #setup = new Resource(this, (signal) => api.get<{ open: boolean; demo: boolean }>('/setup', {}, signal));
  #work = new Work(this);

  constructor() {
    super();
    this.username = 'admin';
    this.password = '';
    this.again = '';
  }

  protected override entered(): void {
    void this.#setup.load();
  }

  protected override render() {
    const setup = this.#setup.value;
    return html`<form class="door-card" novalidate @submit=${this.#submit}>
      <div class="brand">${mark}<h1>Welcome to Muster</h1></div>
      ${problemNote(this.#setup.problem, () => void this.#setup.load())}
      ${setup ? this.#body(setup.open) : this.#setup.problem ? nothing : bones(5)}
    </form>`;
  }

  #body(open: boolean) {
    if (!open) return html`${note('info', html`<b>The set-up is done.</b> This link worked once and is used up.`)}<a class="button primary wide" href="/sign-in">Sign in</a>`;
    if (this.#code === '') return note('warn', html`<b>The link is not complete.</b> Copy the whole line that the server printed when it started; the part after # is the key.`);
    const short = this.tried && this.password.length < PASSWORD_MIN ? `Use at least ${PASSWORD_MIN} characters.` : undefined;
    const differs = this.tried && this.again !== this.password ? 'The two passwords differ.' : undefined;
    return html`<p class="muted">You are the first here. Choose how you sign in; you will be the administrator.</p>
      ${field({ label: 'User name', id: 'username' }, html`<input class="input" id="username" autocomplete="username" autocapitalize="off" spellcheck="false" required
        .value=${this.username} @input=${(event: Event) => { this.username = valueOf(event); }}>`)}
      ${field({ label: 'Password', id: 'password', note: `At least ${PASSWORD_MIN} characters. A sentence is easy to keep in mind.`, fault: short }, html`<input class="input" id="password" type="password" autocomplete="new-password"
        aria-invalid=${short ? 'true' : nothing} .value=${this.password} @input=${(event: Event) => { this.password = valueOf(event); }}>`)}
      ${field({ label: 'Password once more', id: 'again', fault: differs }, html`<input class="input" id="again" type="password" autocomplete="new-password"
        aria-invalid=${differs ? 'true' : nothing} .value=${this.again} @input=${(event: Event) => { this.again = valueOf(event); }}>`)}
      ${problemNote(this.#work.problem)}
      <button class="button primary wide" ?disabled=${this.#work.busy}>${this.#work.busy ? 'Creating it…' : 'Create my account'}</button>`;
  }

  #submit = (event: Event): void => {
    event.preventDefault();
    this.tried = true;
    if (this.password.length < PASSWORD_MIN || this.password !== this.again || this.username.trim() === '') return;
    void this.#work.run(async () => {
      const { data } = await api.send<Me>({ method: 'POST', path: '/setup', body: { link: this.#code, username: this.username.trim(), password: this.password } });
      this.signedIn(data);
    });
  };
}
customElements.define('page-setup', Setup);
