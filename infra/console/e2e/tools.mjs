// What looks and stories are made with.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect, createServer } from 'node:net';

/** Each run uses names of its own, so a server can be played with again. */
export const RUN = Date.now().toString(36);

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** All that another theme can break. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

/** Fills in the form that is open and waits to be let in. */
export async function signIn(page, user, password) {
  await page.fill('#username', user);
  await page.fill('#password', password);
  await page.click('button:has-text("Sign in")');
  await page.waitForSelector('.shell', { timeout: 10_000 });
}

/** Rows are alike: a few of them tell as much as a hundred, and far sooner. */
const LIKE_OTHERS = ['.vbody .vrow:nth-child(n+9)', '.list tbody tr:nth-child(n+9)', '.event-row:nth-child(n+9)'].map((each) => [each]);

/**
 * Fails with what axe finds wrong: on the whole page or only in `part`; as it is or, for what depends on the colours,
 * in the dark.
 */
export async function axe(page, { dark = false, part } = {}) {
  if (dark) await page.emulateMedia({ colorScheme: 'dark' });
  // Half-way between two colours nothing is readable.
  await page.evaluate(async () => {
    for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
    await Promise.allSettled(document.getAnimations().filter((each) => each.effect.getComputedTiming().iterations !== Infinity).map((each) => each.finished));
  });
  // The content security policy does not let a page run what a tool injects as text; evaluate is beyond its reach.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  const { violations } = await page.evaluate(({ context, runOnly }) => globalThis.axe.run(context, { runOnly, resultTypes: ['violations'] }), {
    context: { ...(part && { include: [[part]] }), exclude: LIKE_OTHERS },
    runOnly: dark ? { type: 'rule', values: COLOURS } : { type: 'tag', values: STANDARDS },
  });
  const bad = violations.filter((each) => ['serious', 'critical', 'moderate'].includes(each.impact));
  expect(bad.length === 0, bad.map((each) => `${each.impact}: ${each.help} (${each.id})\n  ${each.nodes.slice(0, 3).map((node) => `${node.target} ${node.any[0]?.message ?? ''}`).join('\n  ')}`).join('\n'));
}

export function expect(ok, message) {
  if (!ok) throw new Error(message);
}

/** A call of the API as who is signed in on this page, for what a story needs but is not about. A text goes as it is, all else as JSON. */
export async function call(page, method, path, body, headers = {}) {
  const answer = await page.evaluate(async (it) => {
    const csrf = /XSRF-TOKEN=([^;]+)/.exec(document.cookie)?.[1];
    const response = await fetch(`/api/v1${it.path}`, {
      method: it.method, cache: 'no-store', ...(it.body !== undefined && { body: typeof it.body === 'string' ? it.body : JSON.stringify(it.body) }),
      headers: { ...(csrf && { 'X-XSRF-TOKEN': csrf }), ...(it.body !== undefined && { 'Content-Type': 'application/json' }), ...it.headers },
    });
    return { status: response.status, etag: response.headers.get('ETag'), position: response.headers.get('Muster-Position'), text: await response.text() };
  }, { method, path, body, headers });
  expect(answer.status < 300, `${method} ${path} answered ${answer.status} ${answer.text}`);
  return { etag: answer.etag, position: answer.position, data: answer.text ? JSON.parse(answer.text) : undefined };
}

/** Registers devices of a group, none if undefined, and waits until they can be read; answers their tokens. */
export async function register(page, group, ids) {
  const made = [];
  for (const id of ids) made.push(await call(page, 'POST', '/devices', { id, group, issueToken: true }));
  const { position } = made.at(-1);
  await call(page, 'GET', '/devices?limit=1', undefined, position === null ? {} : { 'Muster-Min-Position': position });
  return made.map((each) => each.data.token);
}

/** A way to the server that can be cut: all its connections end at once, new ones are let through. */
export async function cuttable(url) {
  const { hostname, port } = new URL(url);
  const sockets = new Set();
  const listener = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [from, to] of [[near, far], [far, near]]) {
      sockets.add(from);
      from.on('error', () => {}).on('close', () => { sockets.delete(from); to.destroy(); }).pipe(to);
    }
  });
  await new Promise((resolve) => { listener.listen(0, '127.0.0.1', resolve); });
  return { url: `http://127.0.0.1:${listener.address().port}`, cut: () => sockets.forEach((each) => each.destroy()), close: () => { listener.close(); sockets.forEach((each) => each.destroy()); } };
}
