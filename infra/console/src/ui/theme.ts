import { html } from 'lit';
import { Base } from './element.ts';
import { icon, type IconName } from './icons.ts';
import { memory } from './session.ts';

type Theme = 'light' | 'dark' | 'system';

/** Tells charts, which draw on canvas and must pick their colours themselves. */
export const themeChanged = new EventTarget();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => themeChanged.dispatchEvent(new Event('change')));

class ThemeToggle extends Base {
  protected override render() {
    const stored = memory.read('theme');
    const current: Theme = stored === 'light' || stored === 'dark' ? stored : 'system';
    const choice = (theme: Theme, name: IconName, label: string) => html`<label title=${label}>
      <input type="radio" name="theme" value=${theme} aria-label=${label} .checked=${theme === current} @change=${() => this.#choose(theme)}>${icon(name, 15)}</label>`;
    return html`<fieldset class="theme"><legend class="sr">Theme</legend>
      ${choice('light', 'sun', 'Light')}${choice('system', 'system', 'As the system')}${choice('dark', 'moon', 'Dark')}</fieldset>`;
  }

  #choose(theme: Theme): void {
    memory.keep('theme', theme === 'system' ? undefined : theme);
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
    themeChanged.dispatchEvent(new Event('change'));
    this.requestUpdate();
  }
}
customElements.define('m-theme', ThemeToggle);
