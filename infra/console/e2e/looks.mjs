// How every page and dialog is: accessible in both themes, within the content security policy, still while it loads,
// whole on a narrow screen. Looking changes nothing, so this may be pointed at any server.
import { axe, expect } from './tools.mjs';

const SHIFT_MAX = 0.05;
/** Looks run side by side: most of their time is waiting. */
const AT_ONCE = 3;

/** A device that is observed and has a certificate to decide about. Of the mock the first one is. */
const OBSERVED = process.env.MUSTER_OBSERVED;
/** A registry whose fleet has two versions and a secret, and that a device differs from. Of the mock it is network. */
const CONFIGURED = process.env.MUSTER_CONFIGURED;

export async function looks(muster, check) {
  const found = await findings(muster);
  const pages = [
    ['fleet', '/fleet', '.vbody a'], ['fleet, nothing found', '/fleet?q=no-such-thing-anywhere', '.empty'], ['fleet, a wrong filter', '/fleet?filter=no-such-field%3D%3D1', '.fault'],
    ['device', found.device, '.facts'], ['unknown device', '/fleet/no-such-device', '.notice.bad'],
    ['software', '/software', '.list, .empty'], ['release', found.release, '.tiles'],
    ['rollouts', '/rollouts', '.rollout-card, .empty'], ['rollout', found.rollout, '.ladder'], ['rollout that stopped itself', found.paused, '.ladder'],
    ['new rollout', '/rollouts/new', '#n-name'], ['new rollout, who', '/rollouts/new?step=who', '#n-filter'], ['new rollout, how carefully', '/rollouts/new?step=care', '.group-plan'], ['new rollout, when', '/rollouts/new?step=when', '#how-type'], ['new rollout, check', '/rollouts/new?step=check', '.facts'],
    ['rollout that waits for approval', found.waiting, '.notice.warn'], ['rollout that was denied', found.denied, '.notice.bad'], ['rollout that was rolled back', found.back, '.ladder'], ['rollout that devices join', found.open, '.ladder .tag'],
    ['two rollouts, none chosen', '/rollouts/compare', '.empty'], ['two rollouts', found.rollout && found.paused && `/rollouts/compare?a=${found.rollout.split('/').pop()}&b=${found.paused.split('/').pop()}`, '.versus'],
    ['standing assignments', '/rollouts/standing', '.list, .empty'],
    ['dashboards', '/observe', '.list, .empty'], ['alert rules', '/observe/prometheus-rules', '.list, .empty'], ['a dashboard', found.dashboard, '.code'], ['a rule file', found.rules, '.code'],
    ['an observed device', found.observed, '.card:has(h2:text-is("Observation"))'], 
    ['lab', '/lab', '.wall, .empty'], ['lab, nothing found', '/lab?q=no-such-thing', '.empty'], ['queue of the lab', '/lab/-/queue', '.list, .empty'], ['use of the lab', '/lab/-/usage', '.list, .empty'], ['configuration of the lab', '/lab/-/configuration', '.lined'],
    ['a board', found.board, '.facts'], ['unknown board', '/lab/no-such-board', '.notice.bad'], ['a console', muster.mocked ? '/lab/a64lts-2/console' : undefined, '.terminal-bar:has-text("You have the pen")'],
    ['registries', '/config', '.list, .empty'], ['registries, nothing found', '/config?q=no-such-registry', '.empty'], ['new registry', '/config/new', '.lined'],
    ['a registry', found.registry, '.rules'], ['values of a registry', found.registry && `${found.registry}/values`, '.list, .empty'], ['drift', found.registry && `${found.registry}/drift`, '.list, .empty'], ['rollouts of values', found.registry && `${found.registry}/rollouts`, '.rollout-card, .empty'], ['a schema', found.registry && `${found.registry}/schema`, '.version-list'],
    ['values of the fleet', found.registry && `${found.registry}/fleet`, 'm-databag-history .version-list, m-databag-history p.muted'], ['new rollout of values', found.registry && `${found.registry}/rollouts/new`, '.group-plan'], ['a rollout of values', found.configRollout, '.ladder'],
    ['unknown registry', '/config/nobody/nothing', '.notice.bad'], ['a configured device', found.configured, '.card:has(h2:text-is("Configuration"))'],
    ['apps', '/apps', '.list, .empty'], ['apps, nothing found', '/apps?q=no-such-app', '.empty'], ['new app', '/apps/-/new', '#f-template'], ['projects', '/apps/-/projects', '.list'], ['a project', '/apps/-/projects/1', 'h2:has-text("Apps on all")'],
    ['an app', found.app, '.list, .empty'], ['devices of an app', found.app && `${found.app}/installations`, '.list, .empty'], ['places of an app', found.app && `${found.app}/places`, '.go-to'], ['rollouts of an app', found.app && `${found.app}/rollouts`, '.rollout-card, .empty'], ['definition of an app', found.app && `${found.app}/definition`, '.facts'],
    ['new rollout of an app', '/apps/-/rollouts/new', '.group-plan'], ['a rollout of an app', found.appRollout, '.ladder'], ['unknown app', '/apps/no-such-app', '.notice.bad'],
    ['a device with an agent', found.agent, '.card:has(h2:text-is("Agent"))'], ['an app on a device', found.agent && found.app && `${found.agent}/apps/${found.app.split('/').pop()}`, 'm-app-wish form'], ['a terminal', muster.mocked && found.agent ? `${found.agent}/terminal` : undefined, '.page-head .state:has-text("Open")'],
    ['events', '/events', '.events-live'], ['settings', '/settings', 'form'], ['users', '/users', '.list'],
    ['audit', '/audit', '.list, .empty'], ['account', '/account', 'form'], ['sign-in', '/sign-in', 'form', true], ['set-up', '/setup#a-code', 'form', true],
  ];
  /** Dialogs hold half of all controls, so they are looked at as well. */
  const dialogs = [
    ['register', '/fleet', async (page) => page.click('.page-head button:has-text("Register device")')],
    ['bulk', '/fleet', async (page) => { await page.click('.vbody .pick label >> nth=0'); await page.click('.bulk button:has-text("Change tags")'); }],
    ['columns', '/fleet', async (page) => page.click('.toolbar button:has-text("Columns")'), '.menu-list'],
    ['filter hints', '/fleet', async (page) => page.fill('#filter', 'updateStatus=='), '.combo-list'],
    ['curl', '/fleet', async (page) => page.click('.toolbar m-curl button')],
    ['account menu', '/fleet', async (page) => page.click('.side-foot m-menu button'), '.menu-list'],
    ['edit', found.device, async (page) => page.click('.page-head button:has-text("Edit")')],
    ['assign', found.device, async (page) => page.click('.page-head button:has-text("Assign release")')],
    ['why', found.device, async (page) => page.click('.page-head button:has-text("Why?")'), 'dialog[open]:has(.why)'],
    ['hold', found.device, async (page) => { await page.click('.page-head m-menu button'); await page.click('.menu-list button:has-text("Hold back")'); }],
    ['invalidation', muster.mocked ? found.release : undefined, async (page) => { await page.click('.page-head m-menu button'); await page.click('.menu-list button:has-text("Invalidate")'); }],
    ['from a URL', '/software', async (page) => page.click('.page-head button:has-text("From a URL")')],
    ['more care', '/rollouts/new?step=care', async (page) => { for (const label of ['Try failed devices again', 'Devices must prove their health', 'Not all of a group at once', 'Devices that match later join']) await page.click(`label.check:has-text("${label}")`); }, 'form.stack:has(#b-joinSize)'],
    ['menu of a rollout', found.rollout, async (page) => page.click('.page-head m-menu button'), '.menu-list'],
    ['rollback', muster.mocked ? found.rollout : undefined, async (page) => { await page.click('.page-head m-menu button'); await page.click('.menu-list button:has-text("Roll back")'); }],
    ['approval', found.waiting, async (page) => page.click('.page-head button:has-text("Approve")')],
    ['denial', found.waiting, async (page) => page.click('.page-head button:has-text("Deny")')],
    ['abort', found.paused, async (page) => page.click('.page-head button:has-text("Abort")')],
    ['event', '/events', async (page) => page.click('.event-row >> nth=0')],
    ['audit entry', '/audit', async (page) => page.click('.list button >> nth=0')],
    ['new token', '/account', async (page) => page.click('button:has-text("New token")')],
    ['new user', '/users', async (page) => page.click('button:has-text("New user")')],
    ['new standing assignment', '/rollouts/standing', async (page) => page.click('.page-head button')],
    ['new rules', '/observe/loki-rules', async (page) => { await page.click('.page-head button:has-text("New")'); await page.fill('#d-text', 'groups:\n  - name: a\n    rules:\n      - alert: A\n        expr: up\n        for: soon\n'); }, 'dialog .findings'],
    ['edit of a rule file', found.rules, async (page) => page.click('.page-head button:has-text("Edit")'), '.editor'],
    ['reserve', found.board ? '/lab' : undefined, async (page) => page.click('.page-head button:has-text("Reserve a board")')],
    ['menu of a board', muster.mocked ? '/lab' : undefined, async (page) => page.click('button[aria-label="More about a64lts-2"]'), '.menu-list'],
    ['share', muster.mocked ? '/lab/a64lts-2' : undefined, async (page) => page.click('.page-head button:has-text("Share")')],
    ['fault of a configuration', '/lab/-/configuration', async (page) => page.fill('#c-text', 'boards [ {'), '#c-findings .notice.bad'],
    ['example of a schema', '/config/new', async (page) => page.click('button:has-text("Begin with an example")'), '#s-findings .state.ok, #s-findings .notice'],
    ['write of values', found.registry && `${found.registry}/fleet`, async (page) => page.click('.page-head button:has-text("Write")'), 'm-databag-editor'],
    ['reveal of secrets', found.versions, async (page) => page.click('button:has-text("Reveal")')],
    ['revert', found.versions, async (page) => page.click('.version-list button:has-text("Revert") >> nth=0'), 'dialog .changes'],
    ['changes of a version', found.versions, async (page) => page.click('.version-list button[aria-expanded] >> nth=0'), '.version-list .changes'],
    ['destruction of a key', found.configured, async (page) => { await page.click('.page-head m-menu button'); await page.click('.menu-list button:has-text("Destroy the key")'); }],
    ['new release of an app', found.app, async (page) => page.click('button:has-text("New release")')],
    ['wish of a place', muster.mocked ? `${found.app}/places` : undefined, async (page) => page.click('.list button:has-text("Change") >> nth=0'), 'dialog m-app-wish form'],
    ['new project', '/apps/-/projects', async (page) => page.click('.page-head button:has-text("New project")')],
    ['menu of an agent', found.agent, async (page) => page.click('button[aria-label="More about the agent"]'), '.menu-list'],
    ['reboot', muster.mocked ? found.agent : undefined, async (page) => { await page.click('button[aria-label="More about the agent"]'); await page.click('.menu-list button:has-text("Reboot")'); }],
    ['end of an enrolment', found.agent, async (page) => { await page.click('button[aria-label="More about the agent"]'); await page.click('.menu-list button:has-text("End its enrolment")'); }],
    ['certificate', found.observed, async (page) => page.click('button:has-text("Decide")')],
    ['edit of an enrolment', found.observed, async (page) => { await page.click('.card:has(h2:text-is("Observation")) button:has-text("Edit")'); await page.click('.pick summary >> nth=0'); }, '.pick-list'],
  ];
  const waiting = [
    ...pages.filter(([, path]) => path).map(([name, path, ready, anonymous = false]) => async () => lookAtPage(muster, check, { name, path, ready, anonymous })),
    ...dialogs.filter(([, path]) => path).map(([name, path, act, ready = 'dialog[open]']) => async () => lookAtDialog(muster, check, { name, path, act, ready })),
  ];
  await Promise.all(Array.from({ length: AT_ONCE }, async () => { while (waiting.length > 0) await waiting.shift()(); }));
}

/** Addresses below the list pages; nothing where a list is empty. */
async function findings(muster) {
  const { page, close } = await muster.look();
  const first = async (path, selector, none) => {
    await page.goto(muster.url + path);
    await page.waitForSelector(`${selector}, ${none}`);
    return (await page.$(selector))?.getAttribute('href');
  };
  const found = {
    device: await first('/fleet', '.vbody a', '.empty'), release: await first('/software', '.list a', '.empty'),
    rollout: await first('/rollouts', '.rollout-card', '.empty'), paused: await first('/rollouts?state=paused', '.rollout-card', '.empty'),
    board: await first('/lab', '.wall a', '.empty'), registry: await first(`/config?q=${CONFIGURED ?? (muster.mocked ? 'network' : '')}`, '.list a', '.empty'), dashboard: await first('/observe', '.list a', '.empty'), rules: await first('/observe/prometheus-rules', '.list a', '.empty'), observed: OBSERVED || muster.mocked ? await first(`/fleet?q=${OBSERVED ?? ''}`, '.vbody a', '.empty') : undefined,
  };
  if (muster.mocked) {
    found.waiting = await first('/rollouts?state=waiting-for-approval', '.rollout-card:has-text("to the customers")', '.empty');
    found.denied = await first('/rollouts', '.rollout-card:has-text("Approval denied")', '.empty');
    found.back = await first('/rollouts', '.rollout-card:has-text("rolled back")', '.empty');
    found.open = await first('/rollouts', '.rollout-card:has-text("devices still join")', '.empty');
  }
  found.app = await first(`/apps?q=${muster.mocked ? 'hello' : ''}`, '.list a', '.empty');
  if (found.app) {
    found.appRollout = await first(`${found.app}/rollouts`, '.rollout-card', '.empty');
    const agent = await first(`${found.app}/installations`, '.list a[href^="/fleet/"]', '.empty');
    found.agent = agent?.replace(/\/apps\/[^/]+$/, '');
  }
  if (found.registry) {
    found.configRollout = await first(`${found.registry}/rollouts`, '.rollout-card', '.empty');
    found.configured = await first(`${found.registry}/drift`, '.list a[href^="/fleet/"]', '.empty');
    found.versions = CONFIGURED || muster.mocked ? `${found.registry}/fleet` : undefined;
  }
  await close();
  return found;
}

/** One visit serves several checks, for the way there takes longest. */
async function lookAtPage(muster, check, { name, path, ready, anonymous }) {
  const { page, faults, close } = await muster.look({ anonymous });
  await page.addInitScript(() => {
    globalThis.shift = 0;
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });
    document.addEventListener('securitypolicyviolation', (event) => console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI}`));
  });
  const there = await check(`${name}: accessible, within the policy, still`, async () => {
    await page.goto(muster.url + path);
    await page.waitForSelector(ready);
    await page.waitForTimeout(250);
    const shift = await page.evaluate(() => globalThis.shift);
    await axe(page);
    expect(shift < SHIFT_MAX, `the layout shifted by ${shift.toFixed(3)}`);
    expect(faults.length === 0, faults.join('\n'));
  });
  if (there) {
    // Loaded anew, as for somebody whose system is dark: a switch under an open page is another matter.
    await check(`${name}: readable in the dark`, async () => {
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.reload();
      await page.waitForSelector(ready);
      await axe(page, { dark: true });
    });
    await check(`${name}: whole at 320 px`, async () => {
      await page.setViewportSize({ width: 320, height: 640 });
      await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
      const { wide, guilty } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, guilty: [...document.querySelectorAll('main *')].filter((each) => each.getBoundingClientRect().right > 321 && !each.closest('.scroll, .vtable, .tabs, .code, .log')).slice(0, 3).map((each) => each.outerHTML.slice(0, 90)) }));
      expect(wide <= 320, `the page is ${wide} px wide\n${guilty.join('\n')}`);
    });
  }
  await close();
}

async function lookAtDialog(muster, check, { name, path, act, ready }) {
  const { page, faults, close } = await muster.look();
  const there = await check(`${name}, opened: accessible`, async () => {
    await page.goto(muster.url + path);
    await page.waitForSelector('.page-head h1');
    await act(page);
    await page.waitForSelector(ready);
    await axe(page, { part: ready });
    expect(faults.length === 0, faults.join('\n'));
  });
  if (there) {
    await check(`${name}, opened: readable in the dark`, () => axe(page, { dark: true, part: ready }));
  }
  await close();
}
