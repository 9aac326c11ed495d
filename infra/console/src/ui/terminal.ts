import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';

/** Dark in both themes, as serial consoles are read: what boards paint is made for it. */
const THEME = {
  background: '#0e1216', foreground: '#e3e9ef', cursor: '#6cbcf2', cursorAccent: '#0e1216', selectionBackground: '#2a4b63',
  black: '#7b8794', red: '#f58b82', green: '#67c98e', yellow: '#e6b45c', blue: '#6cbcf2', magenta: '#d3a4f0', cyan: '#67cfd0', white: '#e3e9ef',
  brightBlack: '#a0adba', brightRed: '#ffaaa2', brightGreen: '#8fe0ae', brightYellow: '#f5cd85', brightBlue: '#93cff8', brightMagenta: '#e3c2f7', brightCyan: '#95e4e4', brightWhite: '#ffffff',
};
const LINES_KEPT = 5000;
const CONTRAST = 4.5;

/** Stands in for a `<style>` element: what it is told to say becomes a style sheet of the document by the object model. */
class AdoptedStyle extends HTMLElement {
  #sheet = new CSSStyleSheet();

  constructor() {
    super();
    const sheet = this.#sheet;
    Object.defineProperty(this, 'textContent', { set: (css: string) => sheet.replaceSync(css), get: () => '' });
  }

  connectedCallback(): void {
    document.adoptedStyleSheets.push(this.#sheet);
  }

  disconnectedCallback(): void {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== this.#sheet);
  }
}
customElements.define('m-adopted-style', AdoptedStyle);

/**
 * Makes elements for the terminal in a way that our content security policy allows: it refuses style elements and style
 * attributes that a script writes as text, and has nothing against the same said through the object model.
 */
function create(name: string, options?: ElementCreationOptions): HTMLElement {
  const made = Document.prototype.createElement.call(document, name === 'style' ? 'm-adopted-style' : name, options) as HTMLElement;
  if (name === 'span') {
    made.setAttribute = (attribute: string, value: string): void => {
      if (attribute === 'style') made.style.cssText = value;
      else Element.prototype.setAttribute.call(made, attribute, value);
    };
  }
  return made;
}

let open = 0;

/** As long as a terminal is open, the document makes elements like that: parts of the terminal ask it directly. Answers how to end it. */
function lawfully(): () => void {
  if (open++ === 0) document.createElement = create as typeof document.createElement;
  return () => {
    if (--open === 0) Reflect.deleteProperty(document, 'createElement');
  };
}

export interface TerminalHandle {
  write(data: Uint8Array | string): void;
  /** Empties the screen and what was scrolled away. */
  reset(): void;
  focus(): void;
  /** Everything that is kept, as text. */
  text(): string;
  set readOnly(readOnly: boolean);
  dispose(): void;
}

/** Opens a terminal in an element and keeps it as large as that. `typed` gets what is typed or pasted, `resized` how large it is, at first and whenever that changes. */
export function openTerminal(host: HTMLElement, label: string, typed: (text: string) => void, resized: (rows: number, columns: number) => void = () => {}): TerminalHandle {
  const terminal = new Terminal({ theme: THEME, fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'), fontSize: 13, scrollback: LINES_KEPT, minimumContrastRatio: CONTRAST, cursorBlink: false, convertEol: false, screenReaderMode: true });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  const end = lawfully();
  terminal.open(host);
  terminal.textarea?.setAttribute('aria-label', label);
  terminal.onData(typed);
  // At once, so that nothing that is written moves when it gets its size.
  fit.fit();
  resized(terminal.rows, terminal.cols);
  terminal.onResize(({ rows, cols }) => resized(rows, cols));
  const fitted = new ResizeObserver(() => fit.fit());
  fitted.observe(host);
  return {
    write: (data) => terminal.write(data),
    reset: () => terminal.reset(),
    focus: () => terminal.focus(),
    text: () => {
      const buffer = terminal.buffer.active;
      return `${Array.from({ length: buffer.length }, (_, i) => buffer.getLine(i)?.translateToString(true) ?? '').join('\n').trimEnd()}\n`;
    },
    set readOnly(readOnly: boolean) {
      terminal.options.disableStdin = readOnly;
    },
    dispose: () => {
      fitted.disconnect();
      terminal.dispose();
      end();
    },
  };
}
