// What people do with dashboards, alert rules and observed devices.
import { call, expect, register, RUN } from '../tools.mjs';

const PLACEHOLDER = '%%juju_device_uuid%%';
const rules = (expr) => `groups:\n  - name: e2e\n    rules:\n      - alert: E2E\n        expr: ${expr}\n`;
/** Signed by a P-256 key that nobody kept. */
const REQUEST = `-----BEGIN CERTIFICATE REQUEST-----
MIHIMHACAQAwDjEMMAoGA1UEAwwDZTJlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcD
QgAEPlpaj9skk6Y5FfTLANxeaG5qfsx4nn9wnUaUrCzx/d45UARf79hGUPNGGNQi
HfDdpZ8YjofGk3GY6uusqCvIPKAAMAoGCCqGSM49BAMCA0gAMEUCIEojzviFzHO5
bUCZOAfiyJjtR703gvVMfO+49pEKLPZiAiEA30JTRHAkVQ4PHVIpfNC7jTk5siy6
8ABFz6HkFQWkriA=
-----END CERTIFICATE REQUEST-----`;
const AS_IT_IS = { 'Content-Type': 'application/octet-stream' };

/** Publishes a document for a story that is not about that. */
const publish = (page, kind, uid, text) => call(page, 'POST', `/documents/${kind}?uid=${encodeURIComponent(uid)}`, text, AS_IT_IS);

/** Registers a device and enrols it under its own name. */
async function enrol(page, id, more = {}) {
  await register(page, undefined, [id]);
  await call(page, 'PUT', `/devices/${id}/enrolment`, { uid: id, address: '192.0.2.9', ...more });
}

export async function observe(muster, story) {
  await documents(story);
  await devices(story);
  await markup(story);
}

async function documents(story) {
  await story('rules are looked at while they are typed, and published', '/observe/prometheus-rules', async (page) => {
    const uid = `e2e-rules-${RUN}`;
    await page.click('.page-head button:has-text("New")');
    await page.fill('#d-uid', uid);
    await page.fill('#d-text', `${rules('up == 0')}        for: soon\n`);
    await page.click('dialog .findings button:has-text("Line 6")');
    expect((await page.evaluate(() => document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd))).includes('for: soon'), 'the line is not marked');
    await page.fill('#d-text', rules(`up{device="${PLACEHOLDER}"} == 0`));
    await page.waitForSelector('dialog .state.ok');
    await page.click('dialog button:text-is("Publish")');
    await page.waitForSelector(`tr:has(a:text-is("${uid}")) .tag:has-text("template")`);
  });

  await story('a rule file is read as one device gets it', '/observe/prometheus-rules', async (page) => {
    const [uid, robot] = [`e2e-read-${RUN}`, `e2e-reads-${RUN}`];
    await publish(page, 'prometheus-rules', uid, rules(`up{device="${PLACEHOLDER}"} == 0`));
    await enrol(page, robot, { uses: { 'prometheus-rules': [uid] } });
    await page.goto(`${new URL(page.url()).origin}/observe/prometheus-rules/${uid}`);
    await page.waitForSelector(`.code:has-text("${PLACEHOLDER}")`);
    await page.fill('#p-device', robot);
    await page.waitForSelector(`m-document-preview .code:has-text('device="${robot}"')`);
    await page.waitForSelector(`.user-list a:has-text("${robot}")`);
  });

  await story('somebody else was faster: what was typed is kept', '/observe/prometheus-rules', async (page) => {
    const uid = `e2e-lost-${RUN}`;
    await publish(page, 'prometheus-rules', uid, rules('up == 0'));
    await page.goto(`${new URL(page.url()).origin}/observe/prometheus-rules/${uid}`);
    await page.click('.page-head button:has-text("Edit")');
    await page.fill('#d-text', rules('mine == 0'));
    const { data } = await call(page, 'GET', `/documents/prometheus-rules/${uid}`);
    await call(page, 'PUT', `/documents/prometheus-rules/${uid}`, rules('theirs == 0'), { ...AS_IT_IS, 'If-Match': `"${data.version}"` });
    await page.click('form button:text-is("Save")');
    await page.waitForSelector('form .notice.bad');
    expect((await page.inputValue('#d-text')).includes('mine'), 'the typed text is gone');
    await page.click('button:has-text("Discard it and see")');
    await page.waitForSelector('.code:has-text("theirs == 0")');
  });

  await story('a dashboard is dropped as a file, and a broken one is not sent', '/observe', async (page) => {
    const uid = `e2e-board-${RUN}`;
    await page.setInputFiles('.page-head input[type=file]', { name: `${uid}.json`, mimeType: 'application/json', buffer: Buffer.from('{\n  "title": "E2E",\n  "panels" []\n}') });
    await page.waitForSelector('dialog .notice.bad:has-text("Line 3")');
    expect(await page.isDisabled('dialog button:text-is("Publish")'), 'broken JSON can be sent');
    expect(await page.inputValue('#d-uid') === uid, 'the file gives no uid');
    await page.fill('#d-text', '{ "title": "E2E", "panels": [] }');
    await page.click('dialog button:text-is("Publish")');
    await page.click(`a:text-is("${uid}")`);
    await page.click('.page-head button:has-text("Delete")');
    await page.click('dialog .solid-danger');
    await page.waitForURL(/\/observe\/grafana-dashboard$/);
    await page.waitForSelector('.list, .empty');
    await page.waitForSelector(`a:text-is("${uid}")`, { state: 'detached' });
  });

  await story('what is pasted anywhere on the page becomes a new document', '/observe/foxglove-layout', async (page) => {
    await page.waitForSelector('.list, .empty');
    await page.evaluate(() => { const data = new DataTransfer(); data.setData('text/plain', '{"configById":{}}'); document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true })); });
    await page.waitForSelector('dialog .state.ok');
    expect(await page.inputValue('#d-text') === '{"configById":{}}', 'the text is not taken');
  });
}

async function devices(story) {
  await story('a device is enrolled, and observed no longer', '/fleet', async (page) => {
    const [robot, board] = [`e2e-observed-${RUN}`, `e2e-watch-${RUN}`];
    await register(page, undefined, [robot]);
    await publish(page, 'grafana-dashboard', board, '{"title":"Watch"}');
    await page.goto(`${new URL(page.url()).origin}/fleet/${robot}`);
    await page.click('.page-head m-menu button');
    await page.click('button:has-text("Enrol for observation")');
    await page.fill('#n-address', 'not-an-address');
    await page.click('dialog button:text-is("Enrol")');
    await page.waitForSelector('dialog .fault:has-text("IPv4")');
    await page.fill('#n-address', '192.0.2.9');
    await page.click('.pick summary >> nth=0');
    await page.check(`.pick-list label:has-text("${board}") input`);
    await page.click('dialog button:text-is("Enrol")');
    await page.waitForSelector(`.card:has(h2:text-is("Observation")) a:text-is("${board}")`);
    await page.waitForSelector('a[target=_blank]:has-text("Grafana")');
    await page.click('.card:has(h2:text-is("Observation")) button:has-text("End")');
    await page.click('dialog .solid-danger');
    await page.waitForSelector('h2:text-is("Observation")', { state: 'detached' });
  });

  await story('a signer pastes a certificate, never a key', '/fleet', async (page) => {
    const robot = `e2e-signed-${RUN}`;
    await enrol(page, robot);
    await call(page, 'POST', `/devices/${robot}/certificate-request`, { csr: REQUEST });
    await page.goto(`${new URL(page.url()).origin}/fleet/${robot}`);
    await page.click('button:has-text("Decide")');
    await page.fill('#c-own', '-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----');
    await page.waitForSelector('dialog .fault:has-text("private key")');
    expect(await page.isDisabled('dialog button:text-is("Hand it over")'), 'a private key can be sent');
    await page.fill('#c-own', '-----BEGIN CERTIFICATE-----\nZTJl\n-----END CERTIFICATE-----');
    await page.click('dialog button:text-is("Hand it over")');
    await page.waitForSelector('.card:has(h2:text-is("Certificate")) .pill.ok');
  });
}

async function markup(story) {
  await story('what a device or a document says is text, and no link runs anything', '/fleet', async (page) => {
    const [robot, board, file] = [`e2e-wicked-${RUN}`, `e2e-wicked-board-${RUN}`, `e2e-wicked-rules-${RUN}`];
    const markup = '<img src=x onerror=alert(1)>';
    await publish(page, 'grafana-dashboard', board, JSON.stringify({ title: markup }));
    await publish(page, 'prometheus-rules', file, rules('up == 0').replace('alert: E2E', `alert: "${markup}"`));
    await enrol(page, robot, { publicKey: `<b>key</b>${markup}`, uses: { 'grafana-dashboard': [board], 'prometheus-rules': [file] } });
    for (const [path, shown] of [[`/fleet/${robot}`, `code:has-text("<b>key</b>")`], [`/observe/grafana-dashboard/${board}`, `.code:has-text("${markup}")`], [`/observe/prometheus-rules/${file}`, `.code:has-text("${markup}")`]]) {
      await page.goto(new URL(page.url()).origin + path);
      await page.waitForSelector(shown);
      expect(await page.locator('main :is(img, script, b:text-is("key"))').count() === 0, `markup became an element on ${path}`);
      expect(await page.locator('a[href^="javascript"]').count() === 0, `a link on ${path} would run a script`);
    }
  });
}
