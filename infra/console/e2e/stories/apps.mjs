// What people do with apps: make one, release it, say where it should run, watch it, reach the device, roll out.
import { axe, call, expect, register, RUN } from '../tools.mjs';

const NAME = `greet-${RUN}`;
const TEMPLATE = { GREETING: { label: 'Greeting', type: 'text', defaultValue: 'hello' }, EVERY: { label: 'Every', type: 'numeric', min: 1, unit: 's' }, API_KEY: { label: 'Key', type: 'text', secret: true } };
/** Longer than a double. */
const LONG = '9007199254740993';

const origin = (page) => new URL(page.url()).origin;
const at = (page, path) => page.goto(`${origin(page)}/apps/${NAME}${path}`);

let made = false;
/** The app of these stories, whichever of them runs. */
async function there(page) {
  if (made) return;
  made = true;
  await call(page, 'POST', '/apps', { name: NAME, description: 'Made for a story', environmentTemplate: TEMPLATE, ports: [{ name: 'web', port: 8080, protocol: 'http', main: true }] });
  await call(page, 'POST', `/apps/${NAME}/releases`, { version: '1.0.0', architectures: ['amd64', 'arm64'] });
}

/** Devices with an agent that never signed in. */
async function enrolled(page, group, ids) {
  await register(page, group, ids);
  for (const id of ids) await call(page, 'POST', `/devices/${id}/agent`, {});
}

export async function apps(muster, story) {
  await catalogue(story);
  await agents(muster, story);
  await wishes(muster, story);
  if (muster.mocked) await reaching(muster, story);
  await rollouts(muster, story);
}

async function catalogue(story) {
  await story('an app is made with parameters and a port, and what does not fit is told', '/apps/-/new', async (page) => {
    const name = `made-${RUN}`;
    await page.fill('#n-name', 'Not A Name');
    await page.waitForSelector('#n-name-fault');
    await page.fill('#n-name', name);
    await page.fill('#f-template', '{ "A-B": {} }');
    await page.waitForSelector('#f-template-fault');
    expect(await page.isDisabled('form button:has-text("Make the app")'), 'a broken template can be sent');
    await page.fill('#f-template', JSON.stringify(TEMPLATE));
    await page.waitForSelector('#f-template-note:has-text("API_KEY"):has-text("a secret")');
    await page.click('button:has-text("Another port")');
    await page.fill('#port-port-0', '70000');
    await page.waitForSelector('.fault:has-text("65535")');
    await page.fill('#port-port-0', '8080');
    await axe(page, { part: 'form' });
    await page.click('form button:has-text("Make the app")');
    await page.waitForSelector(`h1:text-is("${name}")`);
    await page.click('button:has-text("New release")');
    await page.fill('#r-version', 'latest');
    await page.waitForSelector('#r-version-fault');
    await page.fill('#r-version', '1.0.0');
    await page.fill('#r-arch', 'amd64 arm64');
    await page.click('dialog button.primary:text-is("Release")');
    await page.waitForSelector('tr:has-text("1.0.0"):has-text("The newest")');
    await page.click('button[aria-label="More about 1.0.0"]');
    await page.click('.menu-list button:has-text("Take it back")');
    await page.fill('#r-text', `because of ${RUN}`);
    await page.click('dialog button.solid-danger');
    await page.waitForSelector(`tr:has-text("Taken back"):has-text("because of ${RUN}")`);
    await page.click('.page-head button[aria-label="More"]');
    await page.click('.menu-list button:has-text("Remove")');
    await page.click('dialog button.solid-danger');
    await page.waitForURL(/\/apps$/);
  });

  await story('a definition changes, and what somebody else changed meanwhile is not overwritten', '/apps', async (page) => {
    await there(page);
    await at(page, '/definition');
    await page.click('.card-head button:has-text("Edit")');
    await page.fill('#f-description', 'Mine');
    const { etag } = await call(page, 'GET', `/apps/${NAME}`);
    await call(page, 'PUT', `/apps/${NAME}`, { description: 'Theirs', environmentTemplate: TEMPLATE, ports: [{ name: 'web', port: 8080, protocol: 'http', main: true }] }, { 'If-Match': etag });
    await page.click('form button:text-is("Save")');
    await page.waitForSelector('form .notice.info:has-text("Somebody else")');
    await page.click('form button:text-is("Cancel")');
    await page.waitForSelector('.card p:has-text("Theirs")');
  });
}

async function agents(muster, story) {
  await story('an agent is enrolled, its file comes once, it is moved and gets a new secret', '/fleet', async (page) => {
    const robot = `e2e-agent-${RUN}`;
    await register(page, undefined, [robot]);
    const { data: project } = await call(page, 'POST', '/projects', { name: `Story ${RUN}` });
    await page.goto(`${muster.url}/fleet/${robot}`);
    await page.click('.page-head m-menu button');
    await page.click('.menu-list button:has-text("Enrol its agent")');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('dialog button:text-is("Enrol")')]);
    expect(download.suggestedFilename() === `${robot}.flock`, `the file is ${download.suggestedFilename()}`);
    await page.waitForSelector('dialog .notice:has-text("shown only once")');
    await axe(page, { part: 'dialog[open]' });
    await page.click('dialog button:text-is("Done")');
    await page.waitForSelector('.card:has(h2:text-is("Agent")) .state:has-text("Never seen")');
    await page.click('button[aria-label="More about the agent"]');
    await page.click('.menu-list button:has-text("Move to another project")');
    await page.waitForSelector(`#m-project option:text-is("Story ${RUN}")`, { state: 'attached' });
    await page.selectOption('#m-project', String(project.key));
    await page.click('dialog button:text-is("Move")');
    await page.waitForSelector(`.card:has(h2:text-is("Agent")) a:text-is("Story ${RUN}")`);
    await page.click('button[aria-label="More about the agent"]');
    await page.click('.menu-list button:has-text("New secret")');
    const [again] = await Promise.all([page.waitForEvent('download'), page.click('dialog button.solid-danger')]);
    expect(again.suggestedFilename() === `${robot}.flock`, 'there is no new file');
    await page.click('dialog button:text-is("Done")');
    await page.goto(`${muster.url}/apps/-/projects/${project.key}`);
    await page.click('.page-head button:has-text("End")');
    await page.click('dialog button.solid-danger');
    await page.waitForSelector('dialog .notice.bad code:has-text("apps.project-in-use")');
    await page.goto(`${muster.url}/fleet/${robot}`);
    await page.click('button[aria-label="More about the agent"]');
    await page.click('.menu-list button:has-text("End its enrolment")');
    await page.click('dialog button.solid-danger');
    await page.waitForSelector('.card:has(h2:text-is("Agent"))', { state: 'detached' });
  });
}

async function wishes(muster, story) {
  await story('a project wants an app, a device wants it otherwise, and takes that back', '/apps', async (page) => {
    await there(page);
    const robot = `e2e-wish-${RUN}`;
    const { data: project } = await call(page, 'POST', '/projects', { name: `Wishes ${RUN}` });
    await register(page, undefined, [robot]);
    await call(page, 'POST', `/devices/${robot}/agent`, { project: project.key });
    await page.goto(`${muster.url}/apps/-/projects/${project.key}`);
    await page.selectOption('#p-app', NAME);
    await page.click('button:has-text("Say something about it")');
    await page.selectOption('dialog #w-target', 'running');
    await page.click('dialog button:text-is("Say so")');
    await page.waitForSelector(`tr:has(a:text-is("${NAME}")) .state:has-text("Running")`);
    await page.goto(`${muster.url}/fleet/${robot}`);
    await page.waitForSelector(`.card:has(h2:text-is("Apps")) tr:has(a:has-text("${NAME}")):has-text("Wishes ${RUN}"), .card:has(h2:text-is("Apps")) tr:has(a:has-text("${NAME}")):has-text("Project")`);
    await page.click(`.card:has(h2:text-is("Apps")) a:has-text("${NAME}")`);
    await page.waitForSelector('m-app-wish form');
    await page.selectOption('#w-target', 'present');
    await page.selectOption('#w-version', '1.0.0');
    await page.fill('#w-p-1', 'often');
    await page.waitForSelector('#w-p-1-fault');
    expect(await page.isDisabled('m-app-wish button:text-is("Say so")'), 'what is no number can be sent');
    await page.fill('#w-p-1', muster.mocked ? '77' : LONG);
    // Parameters stand in the order in which the server tells them.
    const key = `#${await page.getAttribute('m-app-wish label:has-text("Key")', 'for')}`;
    await page.fill(key, `hush-${RUN}`);
    await page.click('button:has-text("8080/http")');
    await page.check('.port-flags label:has-text("Tunnel") input');
    await page.click('m-app-wish form m-curl button');
    await page.waitForSelector('dialog .code:has-text("API_KEY")');
    expect(!(await page.textContent('dialog .code')).includes(`hush-${RUN}`), 'the secret is in the curl line');
    await page.keyboard.press('Escape');
    await page.click('m-app-wish button:text-is("Say so")');
    await page.waitForSelector('.card:has(h2:text-is("Wanted and reported")) a:has-text("the device itself")');
    await page.reload();
    await page.waitForSelector('m-app-wish form');
    expect(await page.inputValue('#w-p-1') === (muster.mocked ? '77' : LONG), `the number is ${await page.inputValue('#w-p-1')}`);
    expect(await page.inputValue(key) === '', 'the secret came back');
    expect(!(await page.content()).includes(`hush-${RUN}`), 'the secret is in the page');
    await axe(page, { part: 'm-app-wish' });
    await page.click('button:has-text("Say nothing here")');
    await page.waitForSelector('.card:has(h2:text-is("Wanted and reported")) a:has-text("the device itself")', { state: 'detached' });
    await at(page, '/places');
    await page.waitForSelector('.list tr:has-text("Running")');
  });

  await story('somebody else said something meanwhile: nothing of theirs is overwritten', '/apps', async (page) => {
    await there(page);
    const robot = `e2e-lost-wish-${RUN}`;
    await enrolled(page, undefined, [robot]);
    await page.goto(`${muster.url}/fleet/${robot}/apps/${NAME}`);
    await page.waitForSelector('m-app-wish form');
    await page.selectOption('#w-target', 'running');
    await call(page, 'PUT', `/devices/${robot}/apps/${NAME}`, { target: 'present' }, { 'If-Match': '"0"' });
    await page.click('m-app-wish button:text-is("Say so")');
    await page.waitForSelector('m-app-wish .notice.info:has-text("Somebody else")');
    await page.click('button:has-text("Look again")');
    await page.waitForFunction(() => document.querySelector('#w-target')?.value === 'present');
  });
}

/** Only the stand-in has devices whose agents are there. */
async function reaching(muster, story) {
  await story('an app on a device follows its wish, and its log is read live with a filter', '/apps/hello/installations?condition=in-step', async (page) => {
    await page.click('.list a >> nth=0');
    await page.waitForSelector('.applog li');
    await page.waitForSelector('.card:has(h2:text-is("Log")) .state:has-text("Live")');
    const before = await page.locator('.applog li').count();
    await page.waitForFunction((count) => document.querySelectorAll('.applog li').length > count, before);
    await page.fill('input[aria-label="Filter the log"]', 'health');
    await page.waitForFunction(() => [...document.querySelectorAll('.applog li.line')].every((each) => each.textContent.includes('health')));
    await page.fill('input[aria-label="Filter the log"]', '');
    await page.selectOption('#w-target', 'present');
    await page.click('m-app-wish button:text-is("Say so")');
    await page.waitForSelector('.card:has(h2:text-is("Wanted and reported")) dd .state:has-text("Stopped")');
    await page.waitForSelector('.page-head .state:has-text("As wanted")');
    await page.waitForSelector('.applog li.agent:has-text("is present")');
    await page.click('button:has-text("Say nothing here")');
    await page.waitForSelector('.card:has(h2:text-is("Wanted and reported")) dd .state:has-text("Running")');
  });

  await story('a terminal knows its size, hears what is typed, and says that it ended', '/apps/hello/installations?condition=in-step', async (page) => {
    const href = await page.getAttribute('.list a >> nth=0', 'href');
    await page.goto(`${muster.url}${href.replace(/\/apps\/.*$/, '')}/terminal`);
    await page.waitForSelector('.page-head .state:has-text("Open")');
    await page.waitForSelector('.xterm-rows:has-text("root@robot")');
    await page.keyboard.type('tput cols\r');
    await page.waitForFunction(() => /tput cols\s*\d{2,3}/.test(document.querySelector('.xterm-rows')?.textContent ?? ''));
    await page.keyboard.type('exit\r');
    await page.waitForSelector('.notice.info:has-text("The shell has ended")');
    await page.click('button:has-text("Open another")');
    await page.waitForSelector('.page-head .state:has-text("Open")');
  });

  await story('an order to a device is asked for before it is given, and its answer is shown', '/apps/hello/installations?condition=in-step', async (page) => {
    const href = await page.getAttribute('.list a >> nth=0', 'href');
    await page.goto(`${muster.url}${href.replace(/\/apps\/.*$/, '')}`);
    await page.click('button[aria-label="More about the agent"]');
    await page.click('.menu-list button:has-text("Reboot")');
    await page.click('dialog button:text-is("Cancel")');
    await page.click('button[aria-label="More about the agent"]');
    await page.click('.menu-list button:has-text("Clean up images")');
    await page.check('dialog label:has-text("Everything") input');
    await page.waitForSelector('dialog button.solid-danger');
    await page.click('dialog button:text-is("Clean up images")');
    await page.waitForSelector('dialog pre');
    await page.click('dialog button:text-is("Close")');
    await page.click('button[aria-label="More about the agent"]');
    await page.click('.menu-list button:has-text("Run a command")');
    await page.fill('#x-command', 'uptime');
    await page.click('dialog button:text-is("Run")');
    await page.waitForSelector('dialog pre:has-text("uptime")');
  });
}

async function rollouts(muster, story) {
  await story('a release is rolled out to devices with an agent, started, paused and aborted', '/apps', async (page) => {
    await there(page);
    const group = `e2e-apps-${RUN}`;
    await enrolled(page, group, [1, 2, 3, 4].map((i) => `e2e-apps-${i}-${RUN}`));
    await page.goto(`${muster.url}/apps/-/rollouts/new?app=${NAME}&filter=group%3D%3D${group}`);
    await page.waitForSelector('.preview .tile:has-text("Hit by the filter") .figure:text-is("4")');
    await page.fill('#n-name', `A story ${RUN}`);
    await page.selectOption('#n-target', 'running');
    await page.waitForFunction(() => document.querySelector('#n-version')?.value === '1.0.0');
    await page.click('button:has-text("Create rollout")');
    await page.waitForSelector('.ladder');
    await page.waitForSelector('.page-head .state:has-text("Ready")');
    await page.click('.page-head button:has-text("Start")');
    await page.click('.dialog-foot button:has-text("Start")');
    await page.click('.page-head button:has-text("Pause")');
    await page.waitForSelector('.page-head .state:has-text("Paused")');
    await page.click('.page-head button:has-text("Abort")');
    await page.click('.dialog-foot button:has-text("Abort")');
    await page.waitForSelector('.page-head .state:has-text("Stopped")');
    await at(page, '/rollouts');
    await page.waitForSelector(`.rollout-card:has-text("A story ${RUN}") .state:has-text("Stopped")`);
  });
}
