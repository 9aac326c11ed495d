// A Chromium and somebody signed in: against MUSTER_URL with MUSTER_USER and MUSTER_PASSWORD, else against the mock.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const BROWSERS = [process.env.MUSTER_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

async function startMock() {
  const child = spawn(process.execPath, [fileURLToPath(new URL('../mock/server.mjs', import.meta.url)), '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/\S+/.exec(line)?.[0];
    if (url) return { url, stop: () => child.kill() };
  }
  throw new Error('the mock did not start');
}

export async function open() {
  const executablePath = BROWSERS.find((each) => each && existsSync(each));
  if (!executablePath) return undefined;
  const real = process.env.MUSTER_URL;
  const server = real ? { url: real.replace(/\/$/, ''), stop: () => {} } : await startMock();
  const browser = await chromium.launch({ executablePath, args: QUIET });
  const state = await signIn(browser, server.url);
  return {
    url: server.url,
    mocked: !real,
    /** A page in a fresh context; `faults` gathers what a browser complains about. */
    async page({ theme = 'light', width = 1440, height = 900, anonymous = false } = {}) {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, ...(!anonymous && { storageState: state }) });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      const faults = [];
      page.on('pageerror', (error) => faults.push(`script error: ${error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error' && !/status of (400|401|404)/.test(message.text())) faults.push(message.text());
      });
      return { page, faults, close: () => context.close() };
    },
    async stop() {
      await browser.close();
      server.stop();
    },
  };
}

async function signIn(browser, url) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${url}/sign-in`);
  await page.fill('#username', process.env.MUSTER_USER ?? 'admin');
  await page.fill('#password', process.env.MUSTER_PASSWORD ?? 'correct horse battery');
  await page.click('button:has-text("Sign in")');
  await page.waitForSelector('.shell', { timeout: 10_000 });
  const state = await context.storageState();
  await context.close();
  return state;
}
