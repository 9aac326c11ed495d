// Looks at every page in a real browser: accessibility in both themes, the content security policy, narrow screens,
// layout shift; then a few stories. `npm run e2e`; MUSTER_URL, MUSTER_USER and MUSTER_PASSWORD point it at a server.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { open } from './browser.mjs';
import { observeStories } from './observe-stories.mjs';
import { stories } from './stories.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SHIFT_MAX = 0.05;

const muster = await open();
if (!muster) {
  console.log('console e2e: no Chromium found (MUSTER_CHROMIUM names one); left out');
  process.exit(0);
}
let passed = 0;
const failures = [];
/** Looks that change nothing run side by side: most of their time is waiting. */
const LOOKS_AT_ONCE = 3;
const looks = [];
const look = (name, work) => looks.push(() => check(name, work));
async function check(name, work) {
  try {
    await work();
    passed++;
  } catch (error) {
    failures.push(name);
    console.error(`✗ ${name}\n  ${String(error.message).replaceAll('\n', '\n  ')}`);
  }
}
function expect(ok, message) {
  if (!ok) throw new Error(message);
}

/** Answers an address under a list page, or nothing when the list is empty. */
async function first(path, selector) {
  const { page, close } = await muster.page();
  await page.goto(muster.url + path);
  const link = await page.waitForSelector(selector, { timeout: 5000 }).catch(() => undefined);
  const href = await link?.getAttribute('href');
  await close();
  return href ?? undefined;
}

const pages = [
  ['fleet', '/fleet', '.vbody a'], ['fleet, nothing found', '/fleet?q=no-such-thing-anywhere', '.empty'], ['device', await first('/fleet', '.vbody a'), '.facts'],
  ['software', '/software', '.list, .empty'], ['release', await first('/software', '.list a'), '.tiles'],
  ['rollouts', '/rollouts', '.rollout-card, .empty'], ['new rollout', '/rollouts/new', '.group-plan'], ['rollout', await first('/rollouts', '.rollout-card'), '.ladder'],
  ['standing assignments', '/rollouts/standing', '.list, .empty'], ['dashboards', '/observe', '.list, .empty'], ['alert rules', '/observe/prometheus-rules', '.list, .empty'],
  ['a dashboard', await first('/observe', '.list a'), '.code'], ['a rule file', await first('/observe/prometheus-rules', '.list a'), '.code'], ['events', '/events', '.events-live'], ['settings', '/settings', 'form'], ['users', '/users', '.list'],
  ['audit', '/audit', '.list, .empty'], ['account', '/account', 'form'], ['unknown', muster.mocked ? '/no/such/page' : undefined, '.empty'], ['sign-in', '/sign-in', 'form', true], ['set-up', '/setup#a-code', 'form', true],
].filter(([, path]) => path !== undefined);

/** Dialogs hold half of all controls, so they are looked at as well. */
const dialogs = [
  ['register', '/fleet', async (page) => page.click('.page-head button:has-text("Register device")')],
  ['bulk', '/fleet', async (page) => { await page.click('.vbody .pick label >> nth=0'); await page.click('.bulk button:has-text("Change tags")'); }],
  ['columns', '/fleet', async (page) => page.click('.toolbar button:has-text("Columns")'), '.menu-list'],
  ['filter hints', '/fleet', async (page) => page.fill('#filter', 'updateStatus=='), '.combo-list li'],
  ['curl', '/fleet', async (page) => page.click('.toolbar m-curl button')],
  ['new token', '/account', async (page) => page.click('button:has-text("New token")')],
  ['new user', '/users', async (page) => page.click('button:has-text("New user")')],
  ['new standing assignment', '/rollouts/standing', async (page) => page.click('.page-head button')],
  ['new rules', '/observe/loki-rules', async (page) => { await page.click('.page-head button:has-text("New")'); await page.fill('#d-text', 'groups:\n  - name: a\n    rules:\n      - alert: A\n        expr: (1\n'); }, 'dialog .findings'],
];
// The made-up fleet begins with devices that are observed.
if (muster.mocked) {
  const observed = await first('/fleet', '.vbody a');
  dialogs.push(['certificate', observed, async (page) => page.click('button:has-text("Decide")')], ['edit of an enrolment', observed, async (page) => { await page.click('.card:has(h2:text-is("Observation")) button:has-text("Edit")'); await page.click('.pick summary >> nth=0'); }, '.pick-list'],
    ['edit of a rule file', await first('/observe/prometheus-rules', '.list a'), async (page) => page.click('.page-head button:has-text("Edit")'), '.editor']);
}

async function axe(page) {
  // The content security policy does not let a page run what a tool injects as text; evaluate is beyond its reach.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  const bad = violations.filter((each) => ['serious', 'critical', 'moderate'].includes(each.impact));
  expect(bad.length === 0, bad.map((each) => `${each.impact}: ${each.help} (${each.id})\n  ${each.nodes.slice(0, 3).map((node) => `${node.target} ${node.any[0]?.message ?? ''}`).join('\n  ')}`).join('\n'));
}

for (const theme of ['light', 'dark']) {
  for (const [name, path, ready, anonymous = false] of pages) {
    look(`${name}, ${theme}: accessible, within the policy, still`, async () => {
      const { page, faults, close } = await muster.page({ theme, anonymous });
      await page.addInitScript(() => {
        globalThis.shift = 0;
        new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });
        document.addEventListener('securitypolicyviolation', (event) => console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI}`));
      });
      await page.goto(muster.url + path);
      await page.waitForSelector(ready, { timeout: 10_000 });
      await page.waitForTimeout(250);
      await axe(page);
      const shift = await page.evaluate(() => globalThis.shift);
      expect(shift < SHIFT_MAX, `the layout shifted by ${shift.toFixed(3)}`);
      expect(faults.length === 0, faults.join('\n'));
      await close();
    });
  }
  for (const [name, path, act, ready = 'dialog[open]'] of dialogs) {
    look(`${name}, ${theme}: accessible`, async () => {
      const { page, faults, close } = await muster.page({ theme });
      await page.goto(muster.url + path);
      await page.waitForSelector('.page-head h1');
      await page.waitForTimeout(300);
      await act(page);
      await page.waitForSelector(ready, { timeout: 5000 });
      await page.waitForTimeout(200);
      await axe(page);
      expect(faults.length === 0, faults.join('\n'));
      await close();
    });
  }
}

for (const [name, path, ready, anonymous = false] of pages) {
  look(`${name}: whole at 320 px`, async () => {
    const { page, close } = await muster.page({ width: 320, height: 640, anonymous });
    await page.goto(muster.url + path);
    await page.waitForSelector(ready, { timeout: 10_000 });
    await page.waitForTimeout(200);
    const { wide, guilty } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, guilty: [...document.querySelectorAll('main *')].filter((each) => each.getBoundingClientRect().right > 321 && !each.closest('.scroll, .vtable, .tabs, .code, .log')).slice(0, 3).map((each) => each.outerHTML.slice(0, 90)) }));
    expect(wide <= 320, `the page is ${wide} px wide\n${guilty.join('\n')}`);
    await close();
  });
}

await Promise.all(Array.from({ length: LOOKS_AT_ONCE }, async () => { while (looks.length > 0) await looks.shift()(); }));
await stories(muster, check, expect);
if (muster.mocked) await observeStories(muster, check, expect);
await muster.stop();
console.log(`console e2e: ${passed} passed, ${failures.length} failed${muster.mocked ? ' (against the mock)' : ''}`);
process.exit(failures.length === 0 ? 0 : 1);
