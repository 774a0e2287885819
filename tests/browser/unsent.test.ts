// What is typed outlives a reload until it is sent or closed, for nobody but the member who typed it.
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { wg } from '../../src/features/wg/feature.js';
import { inBrowser, type Windows, windows } from '../support/browser.js';
import { answer, box, opened, submit } from '../support/local-page.js';
import { type LocalServer, localServer } from '../support/local-server.js';

let chromium: Windows;
let server: LocalServer;

const dialog = (page: Page): Locator => page.getByRole('dialog');
const kept = (page: Page): Promise<string | null> =>
  page.locator('body').evaluate((one) => one.ownerDocument.defaultView.sessionStorage.getItem('unsent'));

async function reload(page: Page): Promise<void> {
  await page.reload();
  await page.locator('body.ready').waitFor();
}

inBrowser('what is not sent yet', () => {
  beforeAll(async () => {
    chromium = await windows();
  });
  afterAll(() => chromium.close());
  beforeEach(async () => {
    server = await localServer();
  });
  afterEach(async () => {
    await server.stop();
    expect(chromium.complaints).toEqual([]);
  });

  test('a line is there after a reload, in its channel and for its member, until it is sent', async () => {
    const page = await opened(chromium, `${server.url}/?as=newcomer`);
    await box(page).fill('half a thought');
    await reload(page);
    expect(await box(page).inputValue()).toBe('half a thought');
    await page.goto(`${server.url}/?as=newcomer#at-large`);
    await reload(page);
    expect(await box(page).inputValue()).toBe('');
    await page.goto(`${server.url}/?as=leader`);
    await reload(page);
    expect(await box(page).inputValue()).toBe('');
    await page.goto(`${server.url}/?as=newcomer#general`);
    await reload(page);
    expect(await box(page).inputValue()).toBe('half a thought');
    await box(page).press('Enter');
    await page.locator('.said').getByText('half a thought').waitFor();
    await expect.poll(() => kept(page)).toBeNull();
    await reload(page);
    expect(await box(page).inputValue()).toBe('');
  });

  test('an open form is open after a reload with what was typed, until it is sent or closed', async () => {
    const page = await opened(chromium, `${server.url}/?as=newcomer`);
    await submit(page, '/note');
    await dialog(page).getByLabel('Topic').fill('agenda');
    await dialog(page).getByRole('checkbox', { name: 'Tuesday' }).check();
    await reload(page);
    expect(await dialog(page).getByLabel('Topic').inputValue()).toBe('agenda');
    expect(await dialog(page).getByRole('checkbox', { name: 'Tuesday' }).isChecked()).toBe(true);
    await dialog(page).getByRole('button', { name: 'Send' }).click();
    await answer(page).getByText('Saved agenda').waitFor();
    expect(await kept(page)).toBeNull();
    await submit(page, '/note');
    await dialog(page).getByLabel('Topic').fill('closed');
    await page.keyboard.press('Escape');
    await reload(page);
    expect(await dialog(page).isVisible()).toBe(false);
    expect(await kept(page)).toBeNull();
  });

  test('another tab knows nothing of it', async () => {
    const page = await opened(chromium, `${server.url}/?as=newcomer`);
    await box(page).fill('half a thought');
    const beside = await chromium.beside(page, `${server.url}/?as=newcomer`);
    expect(await box(beside).inputValue()).toBe('');
  });

  test('a form of two pages goes on with Next, and names the one box that it needs', async () => {
    const own = await localServer({ features: [wg] });
    const page = await opened(chromium, `${own.url}/?as=newcomer`);
    await submit(page, '/wg join PSWG');
    await dialog(page).getByRole('button', { name: 'Next' }).click();
    await dialog(page).getByText('Please tick this box: Staff may use my answers to handle this request').waitFor();
    expect(await dialog(page).getByText('(optional)').count()).toBe(1);
    await page.close();
    await own.stop();
  });
});
