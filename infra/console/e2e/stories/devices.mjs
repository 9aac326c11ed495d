// What people do with devices.
import { axe, call, expect, register, RUN } from '../tools.mjs';

export async function devices(muster, story) {
  await story('a device is registered, its token shown once, and refused the second time', '/fleet', async (page) => {
    const again = async () => {
      await page.click('.page-head button:has-text("Register device")');
      await page.fill('#r-id', `e2e-robot-${RUN}`);
      await page.click('.dialog button:text-is("Register")');
    };
    await again();
    await page.waitForSelector('.secret code');
    await axe(page, { part: 'dialog[open]' });
    await page.click('.dialog button:text-is("Done")');
    await again();
    await page.waitForSelector('.dialog .notice.bad:has-text("registry.device-exists")');
  });

  await story('a list of devices is registered, and what is wrong in it is named', '/fleet', async (page) => {
    await page.click('.page-head button:has-text("Register device")');
    await page.click('.dialog label:has-text("A list")');
    await page.fill('#r-list', `e2e-one-${RUN}\ne2e two ${RUN}`);
    await page.click('.dialog button:text-is("Register")');
    await page.waitForSelector('.dialog .notice.warn:has-text("1 refused")');
    await page.waitForSelector(`.dialog .log:has-text("e2e two ${RUN}")`);
  });

  await story('what a device sends is shown as text', '/fleet', async (page) => {
    await call(page, 'POST', '/devices', { id: `e2e-evil-${RUN}`, name: '<img src=x onerror=alert(1)>', metadata: { '<b>k': '<script>v' } });
    await page.goto(`${muster.url}/fleet/e2e-evil-${RUN}`);
    await page.waitForSelector('dd:has-text("<img src=x onerror=alert(1)>")');
    expect(await page.locator('main img').count() === 0, 'markup of a device became an element');
  });

  await story('a token is taken away and works no more', '/fleet', async (page) => {
    const id = `e2e-token-${RUN}`;
    const [token] = await register(page, undefined, [id]);
    const poll = async () => (await fetch(`${muster.url}/DEFAULT/controller/v1/${id}`, { headers: { Authorization: `TargetToken ${token}` } })).status;
    expect(muster.mocked || await poll() === 200, 'the token does not work');
    await page.goto(`${muster.url}/fleet/${id}`);
    await page.waitForSelector('dd:has-text("has its own")');
    await page.click('.page-head m-menu button');
    await page.click('.menu-list button:has-text("Take its token away")');
    await page.waitForSelector('dialog[open]');
    await axe(page, { part: 'dialog[open]' });
    await page.click('.dialog button:text-is("Take it away")');
    await page.waitForSelector('.toast:has-text("The token is taken away")');
    await page.waitForSelector('dd:text-is("none")');
    expect(muster.mocked || await poll() === 401, 'the token works on');
  });

  await story('a lost change is told, and what was typed is kept', '/fleet', async (page) => {
    const path = `/devices/e2e-lost-${RUN}`;
    await register(page, undefined, [`e2e-lost-${RUN}`]);
    await page.goto(`${muster.url}/fleet/e2e-lost-${RUN}`);
    await page.click('.page-head button:has-text("Edit")');
    await page.fill('#e-name', 'My robot');
    const { etag } = await call(page, 'GET', path);
    await call(page, 'PATCH', path, { group: 'elsewhere' }, { 'If-Match': etag });
    await page.waitForSelector('dd a:has-text("elsewhere")', { state: 'attached' });
    await page.click('.dialog button:text-is("Save")');
    await page.waitForSelector('.dialog .notice.bad');
    expect(await page.inputValue('#e-name') === 'My robot', 'the typed name is gone');
    await page.click('button:has-text("Start again from the newest state")');
    expect(await page.inputValue('#e-group') === 'elsewhere', 'the newest state is not shown');
  });

  await story('many devices are tagged at once', '/fleet', async (page) => {
    await register(page, `e2e-tags-${RUN}`, [1, 2, 3, 4].map((i) => `e2e-tag-${i}-${RUN}`));
    await page.goto(`${muster.url}/fleet?filter=group%3D%3De2e-tags-${RUN}`);
    for (const i of [0, 1, 2]) await page.click(`.vbody .pick label >> nth=${i}`);
    await page.click('.bulk button:has-text("Change tags")');
    await page.fill('#b-add', 'e2e-tag');
    await page.click('.dialog button:has-text("Apply to 3")');
    await page.waitForSelector('.toast:has-text("3 devices changed")');
    await page.waitForSelector('.vrow .tag:has-text("e2e-tag") >> nth=2');
  });

  await story('a device is decommissioned and leaves the fleet', '/fleet', async (page) => {
    await register(page, undefined, [`e2e-old-${RUN}`]);
    await page.goto(`${muster.url}/fleet/e2e-old-${RUN}`);
    await page.click('.page-head m-menu button');
    await page.click('.menu-list button:has-text("Decommission")');
    await page.click('.dialog-foot button:has-text("Decommission")');
    await page.waitForURL(/\/fleet$/);
    await page.goto(`${muster.url}/fleet?q=e2e-old-${RUN}`);
    await page.waitForSelector('.empty');
  });
}
