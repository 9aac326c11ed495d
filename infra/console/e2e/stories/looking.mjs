// What people do to see, from click to what is there. Nothing is changed by it.
import { cuttable, expect } from '../tools.mjs';

export async function looking(muster, check, story) {
  await story('the table reaches its last row without reading it all first', '/fleet', async (page) => {
    await page.waitForSelector('.vbody a');
    const drawn = await page.locator('.vbody .vrow').count();
    expect(drawn < 80, `${drawn} rows are drawn`);
    const last = await page.evaluate(() => Number(document.querySelector('[aria-rowcount]').getAttribute('aria-rowcount')));
    await page.evaluate(() => { const table = document.querySelector('.vtable'); table.scrollTop = table.scrollHeight; });
    await page.waitForSelector(`.vrow[aria-rowindex="${last}"] a`, { timeout: 15_000 });
  });

  await story('scrolling the fleet makes no long pauses', '/fleet', async (page) => {
    await page.waitForSelector('.vbody a');
    // The best of three runs: a machine that is busy with other things pauses as well.
    const run = () => page.evaluate(async () => {
      const table = document.querySelector('.vtable');
      table.scrollTop = 0;
      let worst = 0;
      let before = performance.now();
      for (let i = 0; i < 120; i++) {
        table.scrollTop += 300;
        await new Promise(requestAnimationFrame);
        const now = performance.now();
        if (i > 10) worst = Math.max(worst, now - before);
        before = now;
      }
      return worst;
    });
    let longest = Infinity;
    for (let i = 0; i < 3 && longest >= 250; i++) longest = Math.min(longest, await run());
    expect(longest < 250, `a frame took ${Math.round(longest)} ms`);
  });

  await story('the filter is in the address, and a tile is a filter', '/fleet', async (page) => {
    await page.waitForSelector('.vbody a');
    await page.fill('#filter', 'presence==online');
    await page.waitForURL(/filter=presence%3D%3Donline/);
    await page.click('.tile:has-text("In sync")');
    await page.waitForURL(/state=updateStatus/);
  });

  await story('a wrong filter is told where it is typed, and what was found stays', '/fleet', async (page) => {
    await page.waitForSelector('.vbody a');
    await page.fill('#filter', 'no-such-field==1');
    await page.waitForSelector('.fault:has-text("no-such-field")');
    await page.waitForSelector('.vbody a');
  });

  await story('the keyboard alone opens a device', '/fleet', async (page) => {
    await page.waitForSelector('.vbody a');
    await page.focus('.vtable');
    for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
    await page.waitForURL(/\/fleet\/.+/);
    await page.waitForSelector('.facts');
    await page.goBack();
    await page.waitForSelector('.vbody a');
  });

  await story('the theme that was chosen stays', '/account', async (page) => {
    await page.waitForSelector('.theme');
    await page.locator('.theme input[value=dark]').check({ force: true });
    await page.reload();
    await page.waitForSelector('.theme');
    expect(await page.evaluate(() => document.documentElement.dataset.theme) === 'dark', 'the theme is forgotten');
  });

  await check('a cut stream says since when it is stale, and comes back', async () => {
    const way = await cuttable(muster.url);
    const { page, close } = await muster.page();
    try {
      await page.goto(`${way.url}/fleet`);
      await page.waitForSelector('.side .live[data-state=live]');
      const stale = page.waitForSelector('.side .live[data-state=stale]', { timeout: 5000 });
      way.cut();
      expect(/since \d\d:\d\d:\d\d/.test(await (await stale).textContent()), 'it does not say since when');
      await page.waitForSelector('.side .live[data-state=live]', { timeout: 8000 });
    } finally {
      await close();
      way.close();
    }
  });
}
