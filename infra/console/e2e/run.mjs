// Looks at every page in a real browser, then does what people do. `npm run e2e`: against the mock. MUSTER_URL,
// MUSTER_USER and MUSTER_PASSWORD point it at a server; there it only looks, unless --change says that the server is
// there to be played with. MUSTER_SETUP: the code of a fresh server's one-time link, to begin with.
import { open, USER } from './browser.mjs';
import { looks } from './looks.mjs';
import { apps } from './stories/apps.mjs';
import { config } from './stories/config.mjs';
import { devices } from './stories/devices.mjs';
import { lab } from './stories/lab.mjs';
import { looking } from './stories/looking.mjs';
import { observe } from './stories/observe.mjs';
import { beginning, people } from './stories/people.mjs';
import { rollouts } from './stories/rollouts.mjs';
import { updates } from './stories/updates.mjs';

const muster = await open();
if (!muster) {
  console.error('console e2e: no Chromium found (MUSTER_CHROMIUM names one), so nothing was looked at');
  process.exit(2);
}
let passed = 0;
const failures = [];
/** Runs one check and says how it went; answers whether it went well. */
async function check(name, work) {
  const began = performance.now();
  const tell = (mark) => `${mark} ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)`;
  try {
    await work();
    passed++;
    console.log(tell('✓'));
    return true;
  } catch (error) {
    failures.push(name);
    console.log(`${tell('✗')}\n  ${String(error.message).replaceAll(/\u001b\[\d+m/g, '').replaceAll('\n', '\n  ')}`);
    return false;
  }
}
/** A check that begins with a page of its own. */
const story = (name, path, tell, options) => check(name, async () => {
  const { page, close } = await muster.page(options);
  try {
    await page.goto(muster.url + path);
    await tell(page);
  } finally {
    await close();
  }
});

try {
  if (muster.setup) await beginning(muster, story);
  // Without somebody signed in nothing else can be looked at.
  if (await check(`${USER} signs in`, () => muster.signIn())) {
    await looks(muster, check);
    await looking(muster, check, story);
    if (muster.mocked || process.argv.includes('--change')) {
      await devices(muster, story);
      await observe(muster, story);
      await config(muster, story);
      await apps(muster, story);
      await lab(muster, story);
      await updates(muster, story);
      await rollouts(muster, story);
      await people(muster, story);
    }
  }
} finally {
  await muster.stop();
}
console.log(`console e2e: ${passed} passed, ${failures.length} failed${muster.mocked ? ' (against the mock)' : ''}`);
process.exit(failures.length === 0 ? 0 : 1);
