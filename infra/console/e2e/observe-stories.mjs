// Dashboards, alerts and observed devices, from click to what people see. They change things: against the mock only.
export async function observeStories(muster, check, expect) {
  const visit = async (path, options) => {
    const seen = await muster.page(options);
    await seen.page.goto(muster.url + path);
    return seen;
  };
  const PLACEHOLDER = '%%juju_device_uuid%%';
  const rules = (expr) => `groups:\n  - name: e2e\n    rules:\n      - alert: E2E\n        expr: ${expr}\n`;

  await check('rules are looked at while they are typed, and published', async () => {
    const { page, close } = await visit('/observe/prometheus-rules');
    await page.click('.page-head button:has-text("New")');
    await page.fill('#d-uid', 'e2e-rules');
    await page.fill('#d-text', rules('sum(up'));
    await page.click('dialog .findings button:has-text("Line 5")');
    expect((await page.evaluate(() => getSelection().toString() || document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd))).includes('sum(up'), 'the line is not marked');
    await page.fill('#d-text', rules(`up{device="${PLACEHOLDER}"} == 0`));
    await page.waitForSelector('dialog .state.ok');
    await page.click('dialog button:text-is("Publish")');
    await page.waitForSelector('tr:has(a:text-is("e2e-rules")) .tag:has-text("template")');
    await close();
  });

  await check('a rule file is read as one device gets it', async () => {
    const { page, close } = await visit('/observe/prometheus-rules/e2e-rules');
    await page.waitForSelector('.code:has-text("%%juju_device_uuid%%")');
    const uid = await page.waitForSelector('#p-devices option', { state: 'attached' }).then((each) => each.getAttribute('value'));
    await page.fill('#p-device', uid);
    await page.waitForSelector(`m-document-preview .code:has-text('device="${uid}"')`);
    await close();
  });

  await check('somebody else was faster: what was typed is kept', async () => {
    const { page, close } = await visit('/observe/prometheus-rules/e2e-rules');
    await page.click('.page-head button:has-text("Edit")');
    await page.fill('#d-text', rules('mine == 0'));
    await page.evaluate((text) => fetch('/api/v1/documents/prometheus-rules/e2e-rules', { method: 'PUT', headers: { 'Content-Type': 'application/octet-stream', 'If-Match': '"0"' }, body: text }), rules('theirs == 0'));
    await page.waitForTimeout(800);
    await page.click('form button:text-is("Save")');
    await page.waitForSelector('form .notice.bad');
    expect((await page.inputValue('#d-text')).includes('mine'), 'the typed text is gone');
    await page.click('button:has-text("Discard it and see")');
    await page.waitForSelector('.code:has-text("theirs == 0")');
    await close();
  });

  await check('a dashboard is dropped as a file, and a broken one is not sent', async () => {
    const { page, close } = await visit('/observe');
    await page.setInputFiles('.page-head input[type=file]', { name: 'e2e-board.json', mimeType: 'application/json', buffer: Buffer.from('{\n  "title": "E2E",\n  "panels" []\n}') });
    await page.waitForSelector('dialog .notice.bad:has-text("Line 3")');
    expect(await page.isDisabled('dialog button:text-is("Publish")'), 'broken JSON can be sent');
    expect(await page.inputValue('#d-uid') === 'e2e-board', 'the file gives no uid');
    await page.fill('#d-text', '{ "title": "E2E", "panels": [] }');
    await page.click('dialog button:text-is("Publish")');
    await page.click('a:text-is("e2e-board")');
    await page.click('.page-head button:has-text("Delete")');
    await page.click('dialog .solid-danger');
    await page.waitForURL(/\/observe\/grafana-dashboard$/);
    await page.waitForSelector('.list');
    expect(await page.locator('a:text-is("e2e-board")').count() === 0, 'it is still there');
    await close();
  });

  await check('what is pasted anywhere on the page becomes a new document', async () => {
    const { page, close } = await visit('/observe/foxglove-layout');
    await page.waitForSelector('.list');
    await page.evaluate(() => { const data = new DataTransfer(); data.setData('text/plain', '{"configById":{}}'); document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true })); });
    await page.waitForSelector('dialog .state.ok');
    expect(await page.inputValue('#d-text') === '{"configById":{}}', 'the text is not taken');
    await close();
  });

  await check('a device is enrolled, its request signed, and observed no longer', async () => {
    const { page, close } = await visit('/fleet');
    await page.waitForSelector('.vbody a');
    await page.evaluate(() => fetch('/api/v1/devices', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"id":"e2e-observed"}' }));
    await page.goto(`${muster.url}/fleet/e2e-observed`);
    await page.click('.page-head m-menu button');
    await page.click('button:has-text("Enrol for observation")');
    await page.fill('#n-address', 'not-an-address');
    await page.click('dialog button:text-is("Enrol")');
    await page.waitForSelector('dialog .fault:has-text("IPv4")');
    await page.fill('#n-address', '192.0.2.9');
    await page.click('.pick summary >> nth=0');
    await page.check('.pick-list label:has-text("navigation") input');
    await page.click('dialog button:text-is("Enrol")');
    await page.waitForSelector('.card:has(h2:text-is("Observation")) a:text-is("navigation")');
    await page.waitForSelector('a[target=_blank]:has-text("Grafana")');
    await page.click('button:has-text("End")');
    await page.click('dialog .solid-danger');
    await page.waitForSelector('h2:text-is("Observation")', { state: 'detached' });
    await close();
  });

  await check('a signer pastes a certificate, never a key', async () => {
    const { page, close } = await visit('/fleet');
    const href = await page.waitForSelector('.vbody a').then((each) => each.getAttribute('href'));
    await page.goto(muster.url + href);
    await page.click('button:has-text("Decide")');
    await page.fill('#c-own', '-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----');
    await page.waitForSelector('dialog .fault:has-text("private key")');
    expect(await page.isDisabled('dialog button:text-is("Hand it over")'), 'a private key can be sent');
    await page.fill('#c-own', '-----BEGIN CERTIFICATE-----\nZTJl\n-----END CERTIFICATE-----');
    await page.click('dialog button:text-is("Hand it over")');
    await page.waitForSelector('.card:has(h2:text-is("Certificate")) .pill.ok');
    await close();
  });

  await check('what a device says of itself is text, and no link runs anything', async () => {
    const { page, close } = await visit('/fleet');
    await page.evaluate(async () => {
      const send = (method, path, body) => fetch(`/api/v1${path}`, { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
      await send('POST', '/devices', { id: 'e2e-wicked' });
      await send('PUT', '/devices/e2e-wicked/enrolment', { uid: '<img src=x onerror=alert(1)>', address: '::1<script>alert(2)</script>', publicKey: '<b>key</b>', uses: { 'grafana-dashboard': ['navigation'] } });
    });
    await page.goto(`${muster.url}/fleet/e2e-wicked`);
    await page.waitForSelector('code:has-text("<img src=x onerror=alert(1)>")');
    await page.waitForSelector('code:has-text("<script>alert(2)")');
    expect(await page.locator('main :is(img, script, b:text-is("key"))').count() === 0, 'markup of a device became an element');
    expect(await page.locator('a[href^="javascript"]').count() === 0, 'a link would run a script');
    await page.waitForSelector('.out-links :text("no link")');
    await page.goto(`${muster.url}/observe/grafana-dashboard/navigation`);
    await page.waitForSelector('.user-list a:has-text("<img src=x")');
    expect(await page.locator('main img').count() === 0, 'markup of a device became an element');
    await close();
  });
}
