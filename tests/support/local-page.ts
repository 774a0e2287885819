// What a member does on the page of the local workspace, in whichever language it speaks to them.
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { type PageKey, pageWords } from '../../adapters/local/words/index.js';
import { locales } from '../../src/core/locale.js';
import type { Windows } from './browser.js';

/** The page's own words, in whichever language the acting member has. */
export const said = (key: PageKey): RegExp =>
  new RegExp(
    locales
      .map((locale) =>
        pageWords(locale)
          .label(key)
          .replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
      )
      .join('|'),
  );

export const html = (page: Page): Locator => page.locator('html');

export const box = (page: Page): Locator => page.getByRole('combobox', { name: said('messageBox') });

export async function submit(page: Page, line: string): Promise<void> {
  await box(page).fill(line);
  await box(page).press('Escape');
  await box(page).press('Enter');
}

/** The newest private answer. */
export const answer = (page: Page): Locator => page.locator('.message.private').last();

/** Closes the welcome, which stands in the log until then. */
export async function settled(page: Page): Promise<Page> {
  await page.getByRole('button', { name: said('welcomeDone') }).click();
  return page;
}

/** A window in which the welcome is closed. */
export const opened = async (chromium: Windows, url: string, options: BrowserContextOptions = {}): Promise<Page> =>
  settled(await chromium.open(url, options));

/** A phone in the hand. */
export const phone = { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true } as const;
