import { html, type PropertyValues } from 'lit';
import type uPlot from 'uplot';
import { Base } from './element.ts';
import { themeChanged } from './theme.ts';

export interface Plot {
  /** Columns: times in seconds first. */
  data: uPlot.AlignedData;
  /** Made anew when the theme changes, because a canvas cannot use style sheets. */
  options: (colour: (token: string) => string) => Omit<uPlot.Options, 'width' | 'height'>;
  height?: number;
}

/** `<m-chart .plot=${…}>`: uPlot, read when the first chart is shown. The figures must also stand in a table beside it. */
class Chart extends Base {
  static override properties = { plot: { attribute: false }, label: {} };
  declare plot: Plot;
  declare label: string;
  #chart: uPlot | undefined;
  #make: typeof uPlot | undefined;

  protected override firstUpdated(): void {
    const redraw = (): void => this.#draw(true);
    themeChanged.addEventListener('change', redraw);
    this.until(() => themeChanged.removeEventListener('change', redraw));
    const observer = new ResizeObserver(() => this.#chart?.setSize(this.#size()));
    observer.observe(this);
    this.until(() => observer.disconnect());
    this.until(() => this.#chart?.destroy());
    void Promise.all([import('uplot'), import('uplot/dist/uPlot.min.css')]).then(([module]) => {
      this.#make = module.default;
      this.#draw(true);
    });
  }

  protected override updated(_changed: PropertyValues): void {
    this.#draw(false);
  }

  #size(): { width: number; height: number } {
    return { width: Math.max(200, this.clientWidth), height: this.plot.height ?? 220 };
  }

  #draw(anew: boolean): void {
    const host = this.querySelector<HTMLElement>('.chart');
    if (!this.#make || !host || !this.isConnected) return;
    if (this.#chart && !anew) {
      this.#chart.setData(this.plot.data);
      return;
    }
    this.#chart?.destroy();
    const probe = document.createElement('i');
    this.append(probe);
    const colour = (token: string): string => {
      probe.style.color = `var(${token})`;
      return getComputedStyle(probe).color;
    };
    this.#chart = new this.#make({ ...this.#size(), ...this.plot.options(colour) }, this.plot.data, host);
    probe.remove();
  }

  protected override render() {
    return html`<div class="chart" role="img" aria-label=${this.label}></div>`;
  }
}
customElements.define('m-chart', Chart);
