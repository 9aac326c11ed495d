// What people do in the lab. On a real server the stories that need a board take any free one and give it back; without
// one, and without the right to configure, they have nothing to tell.
import { call, expect, RUN } from '../tools.mjs';

const origin = (page) => new URL(page.url()).origin;
const boards = async (page, query = '') => (await call(page, 'GET', `/lab/boards${query}`)).data.items;

/** A board that is free and has a console, if there is one. */
async function freeBoard(page) {
  return (await boards(page, '?state=free')).find((each) => each.options.some((option) => option.cls === 'serialconsole'));
}

/** Waits until a board is like that. */
async function until(page, name, like) {
  const end = Date.now() + 30_000;
  for (;;) {
    const { data } = await call(page, 'GET', `/lab/boards/${name}`);
    if (like(data)) return data;
    expect(Date.now() < end, `${name} stays ${data.state}`);
    await new Promise((resolve) => { setTimeout(resolve, 150); });
  }
}

export async function lab(muster, story) {
  await reserving(story);
  await consoles(story);
  await configuration(muster, story);
}

async function reserving(story) {
  await story('a board is reserved, extended, powered and released, and the wall follows', '/lab', async (page) => {
    await page.waitForSelector('.wall, .empty');
    const board = await freeBoard(page);
    if (!board) return;
    const card = `.board:has(a:text-is("${board.name}"))`;
    await page.click(`${card} button:has-text("Reserve")`);
    await page.fill('#l-time', '99d');
    await page.waitForSelector('dialog .fault:has-text("At most")');
    expect(await page.isDisabled('dialog button.primary'), 'too long a time can be sent');
    await page.fill('#l-time', '30m');
    await page.fill('#l-keys', '-----BEGIN OPENSSH PRIVATE KEY-----');
    await page.waitForSelector('dialog .fault:has-text("private key")');
    await page.fill('#l-keys', '');
    await page.fill('#l-purpose', `A story ${RUN}`);
    await page.click('dialog button:text-is("Reserve")');
    await page.waitForURL(new RegExp(`/lab/${board.name}$`), { timeout: 60_000 });
    await page.waitForSelector(`.card:has(h2:text-is("Reservation")):has-text("A story ${RUN}")`);
    const { reservation } = await until(page, board.name, (each) => each.state === 'reserved');
    await page.click('.page-head button:has-text("Extend")');
    await page.fill('#e-time', '15m');
    await page.click('dialog button:text-is("Extend")');
    await page.waitForSelector('dialog[open]', { state: 'detached' });
    const extended = await until(page, board.name, (each) => each.reservation.expiresAt !== reservation.expiresAt);
    expect(Math.abs(Date.parse(extended.reservation.expiresAt) - Date.parse(reservation.expiresAt) - 900_000) < 5000, 'it is not a quarter of an hour longer');
    if (board.options.some((option) => option.cls.endsWith('power'))) {
      await page.click('.page-head m-menu button:has-text("Power")');
      await page.click('.menu-list button:has-text("Power on")');
      await page.waitForSelector('dd .state.ok:has-text("On")', { timeout: 20_000 });
      await page.waitForSelector('.timeline li:has-text("Power read back")');
    }
    await page.goto(`${origin(page)}/lab?mine=true`);
    await page.waitForSelector(card);
    await page.click(`${card} m-menu button`);
    await page.click('.menu-list button:has-text("Release")');
    await page.click('dialog .solid-danger');
    await page.waitForSelector(card, { state: 'detached', timeout: 30_000 });
    await until(page, board.name, (each) => each.state === 'free');
  });

  await story('who cannot get a board now waits in line, and may leave it', '/lab', async (page) => {
    await page.waitForSelector('.wall, .empty');
    const board = await freeBoard(page);
    if (!board) return;
    await call(page, 'POST', `/lab/boards/${board.name}/reserve`, {});
    await until(page, board.name, (each) => each.state === 'reserved');
    await page.click('.page-head button:has-text("Reserve a board")');
    await page.selectOption('#l-what', `board:${board.name}`);
    await page.click('dialog button:text-is("Reserve")');
    await page.waitForSelector('dialog .notice.bad code:has-text("lab.reserved")');
    await page.click('dialog label:has-text("Queue me")');
    await page.fill('#l-purpose', `Waits ${RUN}`);
    await page.fill('#l-wait', '20m');
    await page.click('dialog button:text-is("Queue")');
    const row = `tr:has-text("Waits ${RUN}")`;
    await page.waitForSelector(`${row}:has-text("Waiting")`);
    await page.click(`${row} button:has-text("Cancel")`);
    await page.click('dialog .solid-danger');
    await page.waitForSelector(`${row}:has-text("Cancelled")`);
    await call(page, 'POST', `/lab/boards/${board.name}/release`);
    await until(page, board.name, (each) => each.state === 'free');
  });

  await story('a board goes into maintenance with a reason, and comes back', '/lab', async (page) => {
    await page.waitForSelector('.wall, .empty');
    const board = await freeBoard(page);
    if (!board) return;
    await page.goto(`${origin(page)}/lab/${board.name}`);
    await page.click('.page-head button[aria-label="More"]');
    await page.click('.menu-list button:has-text("Maintenance")');
    await page.fill('#b-note', `Because of ${RUN}`);
    await page.click('dialog button.primary');
    await page.waitForSelector(`.notice.warn:has-text("Because of ${RUN}")`);
    await page.click('.page-head button[aria-label="More"]');
    await page.click('.menu-list button:has-text("Return")');
    await page.click('dialog button.primary');
    await page.waitForSelector('.page-head .pill:has-text("Free")', { timeout: 30_000 });
  });
}

async function consoles(story) {
  await story('a console tells what was before, one has the pen, the other takes it', '/lab', async (page) => {
    await page.waitForSelector('.wall, .empty');
    const board = await freeBoard(page);
    if (!board) return;
    await call(page, 'POST', `/lab/boards/${board.name}/reserve`, { power: 'on' });
    await until(page, board.name, (each) => each.state === 'reserved');
    const address = `${origin(page)}/lab/${board.name}/console`;
    await page.goto(address);
    await page.waitForSelector('.terminal-bar:has-text("You have the pen")');
    await page.keyboard.type('uname -a\r');
    await page.waitForSelector('.xterm-rows:has-text("uname -a")');
    const other = await page.context().newPage();
    await other.goto(address);
    // What the first one saw is told again.
    await other.waitForSelector('.xterm-rows:has-text("uname -a")');
    await other.click('button:has-text("Take the pen")');
    await other.waitForSelector('.terminal-bar:has-text("You have the pen")');
    await page.waitForSelector('.terminal-bar:has-text("has the pen") button:has-text("Take the pen")');
    await other.click('.terminal-bar button:has-text("Power")');
    await other.click('.menu-list button:has-text("Power off")');
    await other.click('dialog button:text-is("Power off")');
    await other.waitForSelector('.terminal-bar .state:has-text("Off")', { timeout: 20_000 });
    await call(page, 'POST', `/lab/boards/${board.name}/release`);
    for (const each of [page, other]) await each.waitForSelector('.notice:has-text("not yours any more"), .notice:has-text("state of the board")');
    await other.close();
    await until(page, board.name, (each) => each.state === 'free');
  });
}

async function configuration(muster, story) {
  await story('a fault in the configuration is told with its place, and nothing is saved', '/lab/-/configuration', async (page) => {
    await page.waitForSelector('.lined');
    const before = await page.inputValue('#c-text');
    // A board with an unknown option: every server refuses it, whatever its configuration is.
    const broken = muster.mocked ? before.replace('cls = serialconsole', 'cls = nonsense') : `${before}\nboards [ { name = e2e-${RUN}; brdclass = no-such-class-${RUN}; options = [ { cls = nonsense } ] } ]\n`;
    await page.fill('#c-text', broken);
    await page.waitForSelector('.findings button:has-text("Line")');
    expect(await page.isDisabled('form button:text-is("Save")'), 'a broken configuration can be saved');
    await page.click('.findings button:has-text("Line")');
    expect(await page.evaluate(() => document.activeElement.selectionEnd > document.activeElement.selectionStart), 'the place is not marked');
    await page.waitForSelector('.line-numbers .bad');
    await page.click('form button:text-is("Discard")');
    expect(await page.inputValue('#c-text') === before, 'the text is not as before');
    await page.fill('#c-text', `${before}\n# seen by a story ${RUN}\n`);
    await page.waitForSelector('#c-findings .state.ok');
    await page.click('form button:text-is("Save")');
    await page.waitForSelector('.toast:has-text("Configuration saved")');
    await page.reload();
    await page.waitForSelector('.lined');
    expect((await page.inputValue('#c-text')).includes(RUN), 'it was not kept');
    await page.fill('#c-text', before);
    await page.waitForSelector('#c-findings .state.ok');
    await page.click('form button:text-is("Save")');
    await page.waitForSelector('.state:has-text("This is what is in force")');
  });
}
