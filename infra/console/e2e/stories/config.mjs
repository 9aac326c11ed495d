// What people do with registries: define one, write values through a view, look at secrets, take values back, roll out.
import { axe, call, expect, register, RUN } from '../tools.mjs';

const ACCOUNT = 'e2e';
const NAME = `net-${RUN}`;
const BASE = `/registries/${ACCOUNT}/${NAME}`;
/** Longer than a double. */
const LONG = '9007199254740993';
const DOCUMENT = `{
  "type": "confdb-schema",
  "account-id": "${ACCOUNT}",
  "name": "${NAME}",
  "summary": "Made for a story",
  "storage": {
    "schema": {
      "host": "string",
      "serial": "int",
      "wifi": {
        "schema": {
          "ssid": "string",
          "key": { "type": "string", "visibility": "secret" }
        }
      }
    }
  },
  "views": {
    "setup": {
      "rules": [
        { "request": "host", "storage": "host", "access": "read-write" },
        { "request": "serial", "storage": "serial", "access": "read-write" },
        { "request": "wifi.ssid", "storage": "wifi.ssid", "access": "read-write" },
        { "request": "wifi.key", "storage": "wifi.key", "access": "read-write" }
      ]
    }
  }
}
`;

const origin = (page) => new URL(page.url()).origin;
const at = (page, path) => page.goto(`${origin(page)}/config/${ACCOUNT}/${NAME}${path}`);
const write = (page, layer, values) => call(page, 'PATCH', `${BASE}/${layer}/views/setup`, { values });

/** The registry of these stories, whichever of them runs. */
async function defined(page) {
  await call(page, 'POST', '/registries', DOCUMENT);
}

export async function config(muster, story) {
  await defining(story);
  await values(muster, story);
  await devices(muster, story);
  await rollouts(muster, story);
}

async function defining(story) {
  await story('a fault in a schema is told with its line, and the schema is defined when it is mended', '/config/new', async (page) => {
    await page.waitForSelector('.lined');
    await page.fill('#s-text', DOCUMENT.replace('"serial": "int"', '"serial": "nonsense"'));
    await page.waitForSelector('#s-findings .findings button:has-text("Line 9")');
    expect(await page.isDisabled('form button:has-text("Define")'), 'a broken schema can be sent');
    await page.click('.findings button:has-text("Line 9")');
    expect(await page.evaluate(() => document.activeElement.selectionEnd > document.activeElement.selectionStart), 'the place is not marked');
    await page.waitForSelector('.line-numbers .bad:text-is("9")');
    await axe(page, { part: '.lined' });
    await page.fill('#s-text', DOCUMENT);
    await page.waitForSelector('#s-findings .state.ok');
    await page.click(`form button:has-text("Define ${ACCOUNT}/${NAME}")`);
    await page.waitForURL(new RegExp(`/config/${ACCOUNT}/${NAME}$`));
    await page.waitForSelector('.rules code:text-is("wifi.key")');
    await page.goto(`${origin(page)}/config?q=${NAME}`);
    await page.waitForSelector(`.list a:has-text("${NAME}")`);
  });

  await story('a schema gets another revision, and the one before can still be read', '/config', async (page) => {
    await defined(page);
    await at(page, '/schema');
    await page.click('.card-head button:has-text("Edit")');
    await page.fill('#s-text', DOCUMENT.replace('Made for a story', 'Made anew for a story'));
    await page.waitForSelector('#s-findings .state.ok');
    await page.click('form button:text-is("Save")');
    await page.waitForSelector('.page-head .sub:has-text("Made anew")');
    await page.click('.version-list button:has-text("Show") >> nth=0');
    await page.waitForSelector('dialog .code:has-text("Made for a story")');
    await page.click('dialog button.primary');
    await call(page, 'POST', '/registries', DOCUMENT);
  });
}

async function values(muster, story) {
  await story('values are written as they were rehearsed, and taken back', '/config', async (page) => {
    await defined(page);
    await at(page, `/groups/e2e-${RUN}~1line`);
    await page.waitForSelector(`h1:has-text("Group e2e-${RUN}/line")`);
    await page.click('.page-head button:has-text("Write")');
    await page.fill('#p-path-0', 'nowhere');
    await page.waitForSelector('.pair .fault:has-text("No rule")');
    await page.fill('#p-path-0', 'serial');
    await page.fill('#p-value-0', '"no number"');
    await page.waitForSelector('#w-change .notice.bad code:has-text("config.value-invalid")');
    expect(await page.isDisabled('form button:text-is("Write")'), 'what does not fit can be sent');
    await page.fill('#p-value-0', muster.mocked ? '77' : LONG);
    await page.waitForSelector(`.changes li:has-text("serial") ins:has-text("${muster.mocked ? '77' : LONG}")`);
    await axe(page, { part: 'm-databag-editor' });
    await page.click('form button:text-is("Write")');
    await page.waitForSelector(`.tree code:has-text("${muster.mocked ? '77' : LONG}")`);
    await page.waitForSelector('.version-list li:has-text("Version 1")');
    await write(page, `groups/e2e-${RUN}~1line`, { serial: 78, host: 'second' });
    await page.waitForSelector('.tree code:has-text("second")');
    await page.click('.version-list button[aria-label="Changes of version 2"]');
    await page.waitForSelector('.version-list .changes del');
    await page.click('.version-list li:has-text("Version 1") button:has-text("Revert")');
    await page.waitForSelector('dialog .changes li:has-text("host") .state.bad');
    await axe(page, { part: 'dialog[open]' });
    await page.click('dialog button.primary:text-is("Revert")');
    await page.waitForSelector('.version-list li:has-text("back to version 1")');
    await page.waitForSelector('.tree code:has-text("second")', { state: 'detached' });
  });

  await story('somebody else wrote in between: nothing of theirs is overwritten', '/config', async (page) => {
    await defined(page);
    await at(page, `/devices/e2e-lost-${RUN}`);
    await page.click('.page-head button:has-text("Write")');
    await page.fill('#p-path-0', 'host');
    await page.fill('#p-value-0', 'mine');
    await page.waitForSelector('.changes ins:has-text("mine")');
    await write(page, `devices/e2e-lost-${RUN}`, { host: 'theirs' });
    await page.click('form button:text-is("Write")');
    await page.waitForSelector('form .notice.info:has-text("Somebody else")');
    await page.click('button:has-text("Look again")');
    await page.waitForSelector('.changes del:has-text("theirs")');
    expect(await page.inputValue('#p-value-0') === 'mine', 'what was typed is gone');
  });

  await story('a secret is not shown until somebody reveals it on purpose', '/config', async (page) => {
    await defined(page);
    const secret = `hush-${RUN}`;
    await write(page, `devices/e2e-secret-${RUN}`, { 'wifi.ssid': 'lab', 'wifi.key': secret });
    await at(page, `/devices/e2e-secret-${RUN}`);
    await page.waitForSelector('.tree li:has-text("key") .sr:text-is("a secret, not shown")');
    expect(!(await page.content()).includes(secret), 'the secret is in the page');
    await page.click('button:has-text("Reveal the secret")');
    await axe(page, { part: 'dialog[open]' });
    await page.click('dialog button.primary:has-text("Reveal")');
    await page.waitForSelector(`.revealed .tree code:has-text("${secret}")`);
    await page.click('button:has-text("Hide the secrets")');
    await page.waitForSelector(`.tree code:has-text("${secret}")`, { state: 'detached' });
    await page.click('.segments label:has-text("JSON")');
    await page.waitForSelector('.code:has-text("ssid")');
    expect(!(await page.textContent('.code.document')).includes(secret), 'JSON has the secret in it');
    await page.click('.page-head button:has-text("Write")');
    await page.fill('#p-path-0', 'wifi.key');
    await page.waitForSelector('#p-value-0[type=password]');
    await page.fill('#p-value-0', `other-${RUN}`);
    await page.waitForSelector('.changes li:has-text("wifi.key")');
    await page.click('form m-curl button');
    await page.waitForSelector('dialog .code:has-text("wifi.key")');
    expect(!(await page.textContent('dialog .code')).includes(`other-${RUN}`), 'the secret is in the curl line');
  });
}

async function devices(muster, story) {
  await story('a device that has something else than it should is told on its page and in the list', '/config', async (page) => {
    await defined(page);
    const robot = `e2e-drift-${RUN}`;
    await register(page, undefined, [robot]);
    await write(page, `actual/${robot}`, { host: 'old' });
    await write(page, `devices/${robot}`, { host: 'new' });
    await page.goto(`${muster.url}/fleet/${robot}`);
    await page.waitForSelector(`.card:has(h2:text-is("Configuration")) .state:has-text("Differs at 1 place")`);
    await page.waitForSelector('tr.differs:has-text("host"):has-text("new"):has-text("old")');
    await at(page, '/drift');
    await page.waitForSelector(`tr:has(a:text-is("${robot}")) code:text-is("host")`);
    await write(page, `actual/${robot}`, { host: 'new' });
    await page.waitForSelector(`tr:has(a:text-is("${robot}"))`, { state: 'detached' });
  });
}

async function rollouts(muster, story) {
  await story('values are rolled out to a group of devices, started, paused and aborted', '/config', async (page) => {
    await defined(page);
    const group = `e2e-config-${RUN}`;
    await register(page, group, [1, 2, 3, 4].map((i) => `e2e-config-${i}-${RUN}`));
    await page.goto(`${muster.url}/config/${ACCOUNT}/${NAME}/rollouts/new?filter=group%3D%3D${group}`);
    await page.waitForSelector('.preview .tile:has-text("Hit by the filter") .figure:text-is("4")');
    await page.fill('#n-name', `A story ${RUN}`);
    await page.fill('#p-path-0', 'host');
    await page.fill('#p-value-0', 'rolled-out');
    await page.waitForSelector('.preview .changes ins:has-text("rolled-out")');
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
