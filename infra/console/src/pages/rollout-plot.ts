import { html, type TemplateResult } from 'lit';
import type uPlot from 'uplot';
import type { Rollout } from '../api/types.ts';
import { csvCell, saveAs } from '../model/export.ts';
import { clock, count, dateTime } from '../model/format.ts';
import { currentGroup, type Series, seriesOf, stacked } from '../model/rollout-math.ts';
import type { Plot } from '../ui/chart.ts';
import '../ui/chart.ts';
import { icon } from '../ui/icons.ts';

const ROWS_MAX = 30;

/** How the rollout went over time: parts on top of each other, and the error rate against its threshold. */
export function rolloutPlot(rollout: Rollout): TemplateResult {
  const series = seriesOf(rollout.progress);
  const threshold = rollout.groups[currentGroup(rollout.groups)]?.errorPercent ?? 100;
  const last = series.times.length - 1;
  return html`<section class="card"><div class="card-head"><h2>Progress</h2>
      <div class="actions"><button class="button small plain" @click=${() => exportCsv(rollout, series)}>${icon('down', 14)}CSV</button></div></div>
    <div class="card-body stack">
      <div class="legend"><span><i class="ok"></i>Succeeded</span><span><i class="bad"></i>Failed</span><span><i class="idle"></i>Cancelled</span><span><i class="info"></i>Under way</span>
        <span><i class="line rate"></i>Error rate (right)</span><span><i class="line warn"></i>Threshold ${threshold} %</span></div>
      <m-chart .plot=${plotOf(series, threshold)} .label=${last < 0 ? 'No progress yet' : `Progress until ${dateTime(series.times[last]! * 1000)}: ${series.succeeded[last]} succeeded, ${series.failed[last]} failed, ${series.open[last]} under way`}></m-chart>
      ${valueTable(series)}
    </div></section>`;
}

function valueTable(series: Series): TemplateResult {
  const step = Math.max(1, Math.ceil(series.times.length / ROWS_MAX));
  const rows = series.times.map((_, i) => i).filter((i) => i % step === 0 || i === series.times.length - 1).reverse();
  return html`<details class="more"><summary>The figures as a table</summary><div class="scroll" tabindex="0" role="region" aria-label="Progress figures"><table class="list">
    <thead><tr><th>Time</th><th class="num">Succeeded</th><th class="num">Failed</th><th class="num">Cancelled</th><th class="num">Under way</th><th class="num">Error rate</th></tr></thead>
    <tbody>${rows.map((i) => html`<tr><td>${dateTime(series.times[i]! * 1000)}</td><td class="num">${count(series.succeeded[i])}</td><td class="num">${count(series.failed[i])}</td><td class="num">${count(series.canceled[i])}</td><td class="num">${count(series.open[i])}</td><td class="num">${series.rate[i] === null ? '–' : `${series.rate[i]!.toFixed(1)} %`}</td></tr>`)}</tbody></table></div></details>`;
}

function plotOf(series: Series, threshold: number): Plot {
  const [ok, bad, idle, open] = stacked([series.succeeded, series.failed, series.canceled, series.open]);
  const limit = series.times.map(() => threshold);
  const data = [series.times, open!, idle!, bad!, ok!, series.rate, limit] as unknown as uPlot.AlignedData;
  return { data, height: 240, options: (colour) => {
    const axis = { stroke: colour('--text-2'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line'), width: 1 }, font: `12px ${getComputedStyle(document.body).fontFamily}` };
    // Each area is drawn down to the zero line, the highest sum first, so that the lower parts cover it.
    const area = (token: string) => ({ scale: 'y', fill: colour(token), stroke: colour(token), width: 1, points: { show: false } });
    return {
      legend: { show: false }, cursor: { y: false, points: { show: false } }, padding: [8, 4, 0, 0],
      scales: { x: { time: true }, y: { range: (_u, _min, max) => [0, Math.max(1, max * 1.05)] }, rate: { range: (_u, _min, max) => [0, Math.min(100, Math.max(5, max * 1.25))] } },
      axes: [
        { ...axis, size: 30, space: 70, grid: { show: false }, values: (_u: unknown, ticks: number[]) => ticks.map((tick) => tickWords(tick, stepOf(ticks))) },
        { ...axis, scale: 'y', size: 52 },
        { ...axis, scale: 'rate', side: 1, size: 46, grid: { show: false }, values: (_u: unknown, ticks: number[]) => ticks.map((tick) => `${tick} %`) },
      ],
      series: [{}, area('--info-fill'), area('--idle-fill'), area('--bad-fill'), area('--ok-fill'),
        { scale: 'rate', stroke: colour('--text'), width: 2, points: { show: false } },
        { scale: 'rate', stroke: colour('--warn'), width: 1.5, dash: [5, 4], points: { show: false } }],
    };
  } };
}

const stepOf = (ticks: number[]): number => (ticks.length > 1 ? ticks[1]! - ticks[0]! : 60);

/** As much of a moment as tells two neighbouring ticks apart. */
function tickWords(seconds: number, step: number): string {
  if (step >= 43_200) return dateTime(seconds * 1000).slice(5, 10);
  return step < 60 ? clock(seconds * 1000) : clock(seconds * 1000).slice(0, 5);
}

function exportCsv(rollout: Rollout, series: Series): void {
  const rows = series.times.map((time, i) => [new Date(time * 1000).toISOString(), series.succeeded[i], series.failed[i], series.canceled[i], series.open[i], series.rate[i]?.toFixed(3)]);
  saveAs(`rollout-${rollout.id}.csv`, 'text/csv', `${[['at', 'succeeded', 'failed', 'canceled', 'underWay', 'errorRatePercent'], ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`);
}
