import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Stage } from '../api/apps.ts';
import { TerminalSocket } from '../live/terminal-socket.ts';
import { saveAs } from '../model/export.ts';
import type { ShellState } from '../model/terminal-line.ts';
import { deviceAppLink, deviceLink } from '../routes.ts';
import { Base } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { query } from '../ui/navigation.ts';
import { note } from '../ui/pieces.ts';
import { session } from '../ui/session.ts';
import { type Look, state } from '../ui/states.ts';
import type { TerminalHandle } from '../ui/terminal.ts';

const SHELL: Record<ShellState, Look> = {
  connecting: { tone: 'info', icon: 'arrows', label: 'Opening…' },
  open: { tone: 'ok', icon: 'dot', label: 'Open' },
  ended: { tone: 'idle', icon: 'cross', label: 'Ended' },
};

/** A shell on a device, or in the container of an app there. */
class DeviceTerminal extends Base {
  static override properties = { deviceId: {}, app: {}, shell: { state: true }, why: { state: true } };
  declare deviceId: string;
  /** Empty for the device's own shell. */
  declare app: string;
  declare shell: ShellState;
  declare why: string | undefined;
  #socket: TerminalSocket | undefined;
  #terminal: TerminalHandle | undefined;
  #size: { rows: number; columns: number } | undefined;

  constructor() {
    super();
    this.app = '';
    this.shell = 'connecting';
  }

  get #stage(): Stage {
    return query('stage') === 'dev' ? 'dev' : 'prod';
  }

  protected override entered(): void {
    this.until(() => {
      this.#socket?.stop();
      this.#terminal?.dispose();
    });
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    if (session.may('apps-shell')) void this.#begin();
  }

  async #begin(): Promise<void> {
    const { openTerminal } = await import('../ui/terminal.ts');
    if (!this.isConnected) return;
    this.#terminal = openTerminal(this.querySelector<HTMLElement>('.terminal-host')!, this.#what, (text) => this.#socket?.type(text), (rows, columns) => {
      this.#size = { rows, columns };
      this.#socket?.resize(rows, columns);
    });
    this.#connect();
    this.#terminal.focus();
  }

  get #what(): string {
    return this.app ? `Terminal in ${this.app} on ${this.deviceId}` : `Terminal on ${this.deviceId}`;
  }

  #connect = (): void => {
    this.#socket?.stop();
    this.#terminal?.reset();
    this.#socket = new TerminalSocket(this.deviceId, this.app || undefined, this.#stage, {
      heard: (bytes) => this.#terminal?.write(bytes),
      became: (shell, why) => {
        this.shell = shell;
        this.why = why;
        if (this.#terminal) this.#terminal.readOnly = shell !== 'open';
      },
    });
    if (this.#size) this.#socket.resize(this.#size.rows, this.#size.columns);
    this.#socket.start();
    this.#terminal?.focus();
  };

  protected override render() {
    return html`<div class="page console-page">
      <div class="page-head"><div><div class="crumb"><a href="/fleet">Fleet</a> / <a href=${deviceLink(this.deviceId)}>${this.deviceId}</a>${this.app ? html` / <a href=${deviceAppLink(this.deviceId, this.app)}>${this.app}</a>` : nothing}</div><h1>Terminal</h1></div>
        ${session.may('apps-shell') ? state(SHELL, this.shell, true) : nothing}</div>
      ${session.may('apps-shell') ? html`${this.#standing()}
      <section class="card terminal-card" aria-label="Terminal">
        <div class="terminal-bar"><span class="muted">${this.app ? `In the container of ${this.app}` : 'On the device itself, as root'}. That you opened it is on record.</span><span class="grow"></span>
          <button class="button small" @click=${() => saveAs(`${this.deviceId}${this.app ? `-${this.app}` : ''}-terminal.txt`, 'text/plain', this.#terminal?.text() ?? '')}>${icon('down', 14)}Save<span class="sr"> what is shown</span></button></div>
        <div class="terminal-host"></div>
      </section>` : note('info', 'Only who may use shells on devices opens one.')}
    </div>`;
  }

  #standing(): TemplateResult | typeof nothing {
    if (this.shell !== 'ended') return nothing;
    return html`<div class="notice info">${icon('info')}<div class="grow">${this.why}</div><button class="button small" @click=${this.#connect}>${icon('refresh', 14)}Open another</button></div>`;
  }
}
customElements.define('page-device-terminal', DeviceTerminal);
