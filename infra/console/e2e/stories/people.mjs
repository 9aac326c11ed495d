// How people come in, what they may do, and what is kept of it.
import { PASSWORD, USER } from '../browser.mjs';
import { axe, call, expect, RUN, signIn } from '../tools.mjs';

/** The first administrator of a fresh server. */
export async function beginning(muster, story) {
  await story('the open set-up is readable in both themes', `/setup#${muster.setup}`, async (page) => {
    await page.click('button:has-text("Create my account")');
    await page.waitForSelector('.fault');
    await axe(page);
    await axe(page, { dark: true });
  }, { anonymous: true });

  await story('the first administrator comes in by the printed link', `/setup#${muster.setup}`, async (page) => {
    await page.fill('#username', USER);
    await page.fill('#password', 'too short');
    await page.click('button:has-text("Create my account")');
    await page.waitForSelector('.fault');
    await page.fill('#password', PASSWORD);
    await page.fill('#again', PASSWORD);
    await page.click('button:has-text("Create my account")');
    await page.waitForSelector('.shell');
  }, { anonymous: true });
}

export async function people(muster, story) {
  await story('settings that cannot be are refused where they are typed, others stay', '/settings', async (page) => {
    const save = async (interval) => {
      await page.fill('#s-pollingTime', interval);
      await page.click('button:text-is("Save")');
    };
    const before = await page.inputValue('#s-pollingTime');
    await save('soon');
    await page.waitForSelector('#s-pollingTime[aria-invalid=true]');
    await page.waitForSelector('#s-pollingTime-fault');
    await save('00:10:00');
    await page.waitForSelector('.toast:has-text("Settings saved")');
    await page.reload();
    await page.waitForSelector('#s-pollingTime');
    expect(await page.inputValue('#s-pollingTime') === '00:10:00', 'the interval is not the saved one');
    await save(before);
    await page.waitForSelector('.toast:has-text("Settings saved")');
  });

  await story('a token is made, shown once, works, and is revoked', '/account', async (page) => {
    await page.click('button:has-text("New token")');
    await page.fill('#t-name', `e2e-token-${RUN}`);
    await page.click('.dialog label:has-text("devices-read")');
    await page.click('.dialog button:text-is("Create token")');
    const token = await page.textContent('.secret code');
    const use = async () => (await fetch(`${muster.url}/api/v1/devices?limit=1`, { headers: { Authorization: `Bearer ${token}` } })).status;
    expect(await use() === 200, 'the token does not work');
    await page.click('.dialog button:text-is("Done")');
    await page.click(`button[aria-label="Revoke e2e-token-${RUN}"]`);
    await page.click('.dialog-foot button:has-text("Revoke")');
    await page.waitForSelector('.toast:has-text("Token revoked")');
    expect(muster.mocked || await use() === 401, 'the revoked token works on');
  });

  await story('who may only look finds nothing to press', '/users', async (page) => {
    await page.click('button:has-text("New user")');
    await page.fill('#u-username', `e2e-viewer-${RUN}`);
    await page.fill('#u-password', PASSWORD);
    await page.click('.dialog button:text-is("Save")');
    await page.waitForSelector(`.list td:has-text("e2e-viewer-${RUN}")`);
    if (muster.mocked) return;
    const other = await muster.page({ anonymous: true });
    await other.page.goto(`${muster.url}/fleet`);
    await signIn(other.page, `e2e-viewer-${RUN}`, PASSWORD);
    await other.page.waitForSelector('.vbody a');
    expect(await other.page.locator('button:has-text("Register device"), .nav-link:has-text("Users")').count() === 0, 'it can be pressed');
    await other.page.goto(`${muster.url}/users`);
    await other.page.waitForSelector('.notice.bad:has-text("identity.not-allowed")');
    await other.close();
  });

  await story('what happens is told as it happens, and kept with its reason', '/events', async (page) => {
    await page.waitForSelector('.side .live[data-state=live]');
    await call(page, 'POST', '/devices', { id: `e2e-heard-${RUN}` }, { 'Muster-Reason': `A story ${RUN}` });
    await page.waitForSelector(`.event-row:has-text("e2e-heard-${RUN}")`);
    if (muster.mocked) return;
    await page.goto(`${muster.url}/audit`);
    await page.waitForSelector(`.list tr:has-text("e2e-heard-${RUN}"):has-text("A story ${RUN}")`);
  });

  await story('a wrong password is told with its hint', '/sign-in', async (page) => {
    await page.fill('#username', `e2e-nobody-${RUN}`);
    await page.fill('#password', 'wrong');
    await page.click('button:has-text("Sign in")');
    await page.waitForSelector('.notice.bad:has-text("User name or password is wrong"):has-text("Check name and password")');
  }, { anonymous: true });

  await story('who signs in comes where they wanted to, and is gone after signing out', '/fleet?filter=presence%3D%3Donline', async (page) => {
    await signIn(page, USER, PASSWORD);
    await page.waitForURL(/filter=presence%3D%3Donline/);
    await page.click('.side-foot m-menu button');
    await page.click('.menu-list button:has-text("Sign out")');
    await page.waitForSelector('#username');
    await page.goto(`${muster.url}/fleet`);
    await page.waitForSelector('#username');
  }, { anonymous: true });
}
