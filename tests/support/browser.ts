// A real Chromium, driven over its own protocol. Where there is none, its tests are skipped and say so; in CI they fail.
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const found = [process.env.CHROMIUM_PATH ?? '', ...places].find((path) => path !== '' && existsSync(path));

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A group of tests that need the browser. */
export function inBrowser(name: string, tests: () => void): void {
  const missing = `no Chromium at ${places.join(', ')}`;
  if (found) describe(name, tests);
  else if (process.env.CI === 'true') describe(name, () => test('Chromium is there', () => expect.fail(missing)));
  else describe.skip(`${name} (skipped: ${missing})`, tests);
}

export interface Windows {
  /** Opens a window of a browser profile of its own; what it complains of is collected. */
  open(url: string, options?: BrowserContextOptions): Promise<Page>;
  /** One more window beside another, in the same profile. */
  beside(page: Page, url: string): Promise<Page>;
  /** Everything that any console has said against the page: errors, refusals of the policy. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

export async function windows(): Promise<Windows> {
  const browser: Browser = await chromium.launch({ executablePath: found ?? '', args: flags });
  const complaints: string[] = [];
  const watched = async (page: Page, url: string): Promise<Page> => {
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      // A request that fails while a test has stopped the server is what that test is about.
      const isLoss = /ERR_CONNECTION_(REFUSED|RESET)|ERR_INCOMPLETE_CHUNKED|status of (4|5)\d\d/.test(message.text());
      if (message.type() === 'error' && !isLoss) complaints.push(message.text());
    });
    await page.goto(url);
    await page.locator('body.ready').waitFor();
    return page;
  };
  return {
    complaints,
    async open(url, options = {}) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
      context.setDefaultTimeout(8000);
      return watched(await context.newPage(), url);
    },
    beside: async (page, url) => watched(await page.context().newPage(), url),
    close: () => browser.close(),
  };
}
