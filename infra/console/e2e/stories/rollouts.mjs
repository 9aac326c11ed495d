// How carefully a release reaches devices: planned in steps, agreed to by a second person, undone, and explained.
import { axe, call, expect, register, RUN } from '../tools.mjs';
import { pickRelease } from './updates.mjs';

const next = (page) => page.click('.form-foot button:has-text("Next")');
const menu = async (page, item) => { await page.click('.page-head m-menu button'); await page.click(`.menu-list :is(a, button):has-text("${item}")`); };

export async function rollouts(muster, story) {
  await story('a rollout is planned step by step, says what stops it, and waits for somebody else', '/fleet', async (page) => {
    await register(page, `e2e-careful-${RUN}`, [1, 2, 3].map((i) => `e2e-careful-${i}-${RUN}`));
    await page.goto(`${muster.url}/rollouts/new`);
    await pickRelease(page);
    await page.fill('#n-name', `e2e careful ${RUN}`);
    await next(page);
    await page.fill('#n-filter', `group==e2e-careful-${RUN}`);
    await page.waitForSelector('.preview .tile:has-text("Hit by the filter") .figure:text-is("3")');
    await next(page);
    await page.click('.preset:has-text("Careful canary")');
    await page.waitForSelector('.preview li:has-text("Stops when more fail than a group bears: Canary 5 %, Early 5 %, Rest 10 %.")');
    await page.click('.group-plan >> nth=0 >> label.check:has-text("Pause after this group")');
    await page.waitForSelector('.preview li:has-text("Pauses after Canary until somebody has looked")');
    expect((await page.$$('label.check:has-text("Pause after this group")')).length === 2, 'the last group is asked about, though nothing waits behind it');
    await page.fill('#g-share-2', '70');
    await page.waitForSelector('.fault:has-text("95 %")');
    expect(await page.isDisabled('button:has-text("Create rollout")'), 'a plan that does not add up can be created');
    await page.fill('#g-share-2', '75');
    await page.click('label.check:has-text("Somebody else must agree")');
    await page.waitForSelector('.preview li:has-text("Somebody else must agree")');
    await axe(page);
    await next(page);
    await next(page);
    await page.waitForSelector('h2:has-text("Is this what you mean?")');
    await page.click('button:has-text("Create rollout")');
    await page.waitForSelector('.page-head .state:has-text("Waits for approval")');
    await page.waitForSelector('.notice:has-text("It waits for somebody else.")');
    await page.waitForSelector('.rung:has-text("Canary") .tag:has-text("then pauses")');
    expect((await page.$$('.page-head button:has-text("Approve")')).length === 0, 'one’s own rollout can be agreed to');
    await page.click('.page-head button:has-text("Abort")');
    await page.click('.dialog-foot button:has-text("Abort")');
    await page.waitForSelector('.page-head .state:has-text("Stopped")');
  });

  await story('a device is held back with a reason, says why it is not updated, and is let go', '/fleet', async (page) => {
    const id = `e2e-held-${RUN}`;
    await register(page, undefined, [id]);
    await page.goto(`${muster.url}/fleet/${id}`);
    await menu(page, 'Hold back');
    await page.fill('#h-reason', 'At the customer until Friday');
    await page.click('.dialog-foot button:has-text("Hold back")');
    await page.waitForSelector('.notice:has-text("At the customer until Friday")');
    await page.click('.page-head button:has-text("Why?")');
    await page.waitForSelector('.why li.blocks:has-text("At the customer until Friday")');
    await page.click('.dialog-foot button:has-text("Close")');
    await menu(page, 'Let go');
    await page.waitForSelector('.page-head .state:has-text("Held back")', { state: 'detached' });
  });

  if (muster.mocked) await careful(muster, story);
}

/** What needs a second person or a failed rollout: those of the mock. */
async function careful(muster, story) {
  await story('a second person agrees with a remark', '/rollouts?state=waiting-for-approval', async (page) => {
    await page.click('.rollout-card:has-text("to the customers")');
    await page.waitForSelector('.notice:has-text("It waits for you")');
    await page.click('.page-head button:has-text("Approve")');
    await page.fill('#r-remark', 'Looked at it with the customer');
    await page.click('.dialog-foot button:has-text("Approve")');
    await page.waitForSelector('.page-head .state:has-text("Ready")');
    await page.waitForSelector('.facts:has-text("Looked at it with the customer")');
  });

  await story('somebody looks at a group before the next one starts', '/rollouts?state=paused', async (page) => {
    await page.click('.rollout-card:has-text("somebody shall look")');
    await page.waitForSelector('.notice.warn:has-text("It paused after Canary succeeded.")');
    await axe(page);
    await page.click('.page-head button:has-text("Resume")');
    await page.waitForSelector('dialog:has-text("Rest starts: 381 devices.")');
    await page.click('.dialog-foot button:has-text("Resume")');
    await page.waitForSelector('.page-head .state:has-text("Running")');
    await page.waitForSelector('.rung:has-text("Rest") .state:has-text("Running")');
  });

  await story('a reason leads to the devices that failed for it', '/rollouts?state=paused', async (page) => {
    await page.click('.rollout-card:has-text("robot-app 2.8.0")');
    await page.click('.reason .link >> nth=0');
    await page.waitForSelector('m-rollout-devices button:has-text("Failed for")');
    await page.waitForFunction(() => { const rows = [...document.querySelectorAll('m-rollout-devices tbody tr')]; return rows.length > 0 && rows.every((each) => each.textContent.includes('navigation')); });
    await page.click('m-rollout-devices button:has-text("Failed for")');
    await page.waitForSelector('m-rollout-devices select');
  });

  await story('what failed is tried again, and what went wrong is undone', '/rollouts', async (page) => {
    const { data } = await call(page, 'GET', '/rollouts');
    const done = data.items.find((each) => each.state === 'finished');
    await page.goto(`${muster.url}/rollouts/${done.id}`);
    await page.click('.page-head button:has-text("Try the failed ones again")');
    await page.click('.dialog-foot button:has-text("Try the failed ones again")');
    await page.waitForSelector('h1:has-text("(again)")');
    await page.waitForSelector('.facts a:has-text("an earlier rollout")');
    const open = data.items.find((each) => each.open);
    await page.goto(`${muster.url}/rollouts/${open.id}`);
    await page.waitForSelector('.ladder:has-text("will be tried again"):has-text("prove their health")');
    await menu(page, 'Roll back');
    await page.click('label.check:has-text("All that were offered it")');
    await page.waitForSelector('dialog .notice.warn');
    await page.click('.dialog-foot button:has-text("Roll back")');
    await page.waitForSelector('.page-head .state:has-text("Stopped")');
    await page.waitForSelector('.notice:has-text("were given back what they had")');
  });

  await story('two rollouts are compared', '/rollouts/compare', async (page) => {
    await page.waitForSelector('#c-a option >> nth=2', { state: 'attached' });
    await page.selectOption('#c-a', { index: 1 });
    await page.selectOption('#c-b', { index: 2 });
    await page.waitForSelector('.versus tr:has-text("Succeeded")');
    await page.reload();
    await page.waitForSelector('.versus tr:has-text("Succeeded")');
  });

  await story('a bundle stays on another host, and a bad release is called off', '/software', async (page) => {
    await page.click('.page-head button:has-text("From a URL")');
    await page.fill('#f-url', 'https://ci:hush@builds.example/os.raucb');
    await page.click('.dialog-foot m-curl button');
    await page.waitForSelector('pre.code:has-text("ci:***@builds.example")');
    expect(!(await page.textContent('pre.code')).includes('hush'), 'the password is shown');
    await page.keyboard.press('Escape');
    await page.click('.dialog-foot button:has-text("Read it")');
    await page.waitForURL(/\/software\/.+/);
    await page.waitForSelector('code:has-text("ci:***@builds.example")');
    await menu(page, 'Invalidate');
    await page.click('label.check:has-text("End them at once")');
    await page.click('.dialog-foot button:has-text("Invalidate")');
    await page.waitForSelector('.page-head .state:has-text("Invalidated")');
  });
}
