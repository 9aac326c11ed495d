// A Chromium and the server it looks at: the one at MUSTER_URL, else the mock, started for this run.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { signIn } from './tools.mjs';

const BROWSERS = [process.env.MUSTER_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export const USER = process.env.MUSTER_USER ?? 'admin';
export const PASSWORD = process.env.MUSTER_PASSWORD ?? 'correct horse battery';

async function startMock() {
  const child = spawn(process.execPath, [fileURLToPath(new URL('../mock/server.mjs', import.meta.url)), '0', '--setup'], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/\S+/.exec(line)?.[0];
    if (url) return { url, setup: 'demo-code', stop: () => child.kill() };
  }
  throw new Error('the mock did not start');
}

/** Answers nothing when there is no Chromium. */
export async function open() {
  const executablePath = BROWSERS.find((each) => each && existsSync(each));
  if (!executablePath) return undefined;
  const real = process.env.MUSTER_URL;
  const server = real ? { url: real.replace(/\/$/, ''), setup: process.env.MUSTER_SETUP, stop: () => {} } : await startMock();
  const browser = await chromium.launch({ executablePath, args: QUIET });
  let state;
  /** For looks, which leave nothing behind: pages of one context share what they have read. */
  const shared = new Map();

  async function context(anonymous, options) {
    return browser.newContext({ ...options, ...(!anonymous && { storageState: state }) });
  }
  async function sharedContext(anonymous) {
    if (!shared.has(anonymous)) shared.set(anonymous, context(anonymous, { reducedMotion: 'reduce' }));
    return shared.get(anonymous);
  }
  function watched(page, close) {
    page.setDefaultTimeout(15_000);
    const faults = [];
    page.on('pageerror', (error) => faults.push(`script error: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of (400|401|404|409|422)/.test(message.text())) faults.push(message.text());
    });
    return { page, faults, close };
  }

  return {
    url: server.url,
    /** The code of the one-time link of a server that nobody has an account on. */
    setup: server.setup,
    mocked: !real,
    /** A page of its own; `faults` gathers what a browser complains about. */
    async page({ theme = 'light', anonymous = false } = {}) {
      const own = await context(anonymous, { viewport: { width: 1440, height: 900 }, colorScheme: theme });
      return watched(await own.newPage(), () => own.close());
    },
    /** A page for looking only, quicker to get. */
    async look({ anonymous = false } = {}) {
      const page = await (await sharedContext(anonymous)).newPage();
      await page.setViewportSize({ width: 1440, height: 900 });
      return watched(page, () => page.close());
    },
    async signIn() {
      const { page, close } = await this.page({ anonymous: true });
      await page.goto(`${server.url}/sign-in`);
      await signIn(page, USER, PASSWORD);
      state = await page.context().storageState();
      await close();
    },
    async stop() {
      await browser.close();
      server.stop();
    },
  };
}
