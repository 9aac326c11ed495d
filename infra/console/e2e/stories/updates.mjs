// How a release reaches devices: from a file over the shelf and a rollout to what a device reports.
import { swu } from '../bundle.mjs';
import { robot } from '../device.mjs';
import { axe, register, RUN } from '../tools.mjs';

export const RELEASE = { name: 'e2e-os', version: `1.0.0-${RUN}` };
export const pickRelease = (page) => page.selectOption('#release', { label: `${RELEASE.name} ${RELEASE.version}` });

export async function updates(muster, story) {
  await story('a bundle is looked into before it is saved', '/software', async (page) => {
    await page.setInputFiles('input[type=file]', { name: `e2e-os-${RUN}.swu`, mimeType: 'application/octet-stream', buffer: swu(RELEASE.version) });
    await page.waitForSelector('dialog:has-text("Look before you save")');
    await page.waitForSelector('dialog:has-text("rootfs.ext4.zst")');
    await axe(page, { part: 'dialog[open]' });
    await page.fill('#u-name', RELEASE.name);
    await page.fill('#u-version', RELEASE.version);
    await page.click('button:has-text("Save as release")');
    await page.waitForURL(/\/software\/.+/);
    await page.waitForSelector(`h1:has-text("${RELEASE.version}")`);
  });

  await story('a rollout is previewed, created, started, paused and brought to its end', '/fleet', async (page) => {
    const ids = [1, 2, 3, 4].map((i) => `e2e-member-${i}-${RUN}`);
    const tokens = await register(page, `e2e-rollout-${RUN}`, ids);
    await page.goto(`${muster.url}/rollouts/new?filter=group%3D%3De2e-rollout-${RUN}`);
    await pickRelease(page);
    await page.waitForSelector('.preview .tile:has-text("Hit by the filter") .figure:text-is("4")');
    await page.click('button:has-text("Create rollout")');
    await page.waitForSelector('.ladder');
    await page.click('.page-head button:has-text("Start")');
    await page.click('.dialog-foot button:has-text("Start")');
    await page.click('.page-head button:has-text("Pause")');
    await page.waitForSelector('.page-head .state:has-text("Paused")');
    await page.click('.page-head button:has-text("Resume")');
    await page.click('.dialog-foot button:has-text("Resume")');
    await page.waitForSelector('.page-head .state:has-text("Running")');
    if (muster.mocked) return;
    await Promise.all(ids.map(async (id, i) => {
      const device = robot(muster.url, id, tokens[i]);
      await device.says(await device.deployment(), 'closed', 'success', 'Running it');
    }));
    await page.waitForSelector('.page-head .state:has-text("Finished")');
    await page.waitForSelector('.tile:has-text("Succeeded") .figure:text-is("4")');
  });

  if (!muster.mocked) {
    await story('a device is updated while somebody looks on', '/fleet', async (page) => {
      const id = `e2e-board-${RUN}`;
      const [token] = await register(page, undefined, [id]);
      await page.goto(`${muster.url}/fleet/${id}`);
      await page.click('.page-head button:has-text("Assign release")');
      await pickRelease(page);
      await page.click('.dialog button:text-is("Assign")');
      await page.waitForSelector('.page-head .state:has-text("Pending")');
      const device = robot(muster.url, id, token);
      const deployment = await device.deployment();
      await page.waitForSelector('.page-head .state:has-text("Online")');
      await device.says(deployment, 'proceeding', 'none', 'Writing rootfs to slot B', [1, 3]);
      await page.waitForSelector('.log:has-text("Writing rootfs to slot B")');
      await page.waitForSelector('[role=progressbar][aria-valuetext="1 of 3"]');
      await device.says(deployment, 'closed', 'success', 'Running it');
      await page.waitForSelector('.page-head .state:has-text("In sync")');
      await page.waitForSelector(`.tile:has-text("Confirmed"):has-text("${RELEASE.version}")`);
      await page.waitForSelector('.timeline li:has-text("Update finished")');
    });
  }

  await story('a standing assignment is made and taken away', '/rollouts/standing', async (page) => {
    await page.click('.page-head button');
    await page.fill('#s-name', `e2e-standing-${RUN}`);
    await page.fill('#s-filter', `group==e2e-nobody-${RUN}`);
    await page.fill('#s-release-name', RELEASE.name);
    await page.click('.dialog button:text-is("Create")');
    await page.click(`button[aria-label="Delete e2e-standing-${RUN}"]`);
    await page.click('.dialog-foot button:has-text("Delete")');
    await page.waitForSelector(`button[aria-label="Delete e2e-standing-${RUN}"]`, { state: 'detached' });
  });
}
