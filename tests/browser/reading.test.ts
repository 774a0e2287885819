// What is in view of a log that is longer than the window: one's own answers come into it, others' words do not move it.
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { comments } from '../../src/features/comments/feature.js';
import { inBrowser, type Windows, windows } from '../support/browser.js';
import { answer, opened, phone, submit } from '../support/local-page.js';
import { type LocalServer, localServer } from '../support/local-server.js';
import { note } from '../support/sample-feature.js';

let chromium: Windows;
let server: LocalServer;

const log = (page: Page): Locator => page.locator('#log');
const pill = (page: Page): Locator => page.locator('#latest');

/** How far below the upper edge of the log it begins, and above the lower edge it ends, in CSS pixels. */
async function within(page: Page, message: Locator): Promise<{ above: number; below: number }> {
  const [window, box] = await Promise.all([log(page).boundingBox(), message.boundingBox()]);
  if (!window || !box) throw new Error('not drawn');
  return { above: box.y - window.y, below: window.y + window.height - box.y - box.height };
}

const post = (text: string): Promise<Response> =>
  server.post('/local/message', { member: 'leader', channel: 'general', text });

const toTop = async (page: Page): Promise<void> => {
  await log(page).evaluate((one) => {
    one.scrollTop = 0;
  });
};

inBrowser('reading', () => {
  beforeAll(async () => {
    chromium = await windows();
  });
  afterAll(() => chromium.close());
  beforeEach(async () => {
    server = await localServer({ features: [comments, note] });
    for (let i = 0; i < 40; i += 1) await post(`message ${i}`);
  });
  afterEach(async () => {
    await server.stop();
    expect(chromium.complaints).toEqual([]);
  });

  test.each([{}, phone])('an answer comes into view at its beginning, from wherever one was (%j)', async (options) => {
    const page = await opened(chromium, `${server.url}/?as=newcomer`, options);
    await toTop(page);
    await submit(page, '/comments');
    await answer(page).waitFor();
    await expect.poll(async () => Math.round((await within(page, answer(page))).above)).toBe(8);
    expect((await within(page, answer(page))).below).toBeLessThan(0);
    expect(await pill(page).isVisible()).toBe(false);
    await submit(page, '/note agenda');
    await answer(page).getByText('agenda').first().waitFor();
    await expect.poll(async () => (await within(page, answer(page))).below).toBeGreaterThanOrEqual(0);
  });

  test('so does what one has posted for all, by a button or a command', async () => {
    const page = await opened(chromium, `${server.url}/?as=newcomer`);
    await submit(page, '/note agenda');
    const share = answer(page).getByRole('button', { name: 'Share' });
    await share.waitFor();
    for (let i = 0; i < 20; i += 1) await post(`later ${i}`);
    await share.scrollIntoViewIfNeeded();
    await share.click();
    const shared = page.locator('.message:not(.private)').getByText('shared by');
    await shared.waitFor();
    await expect.poll(async () => (await within(page, shared)).below).toBeGreaterThanOrEqual(0);
    expect(await pill(page).isVisible()).toBe(false);
  });

  test('what others post while one reads above waits behind a button', async () => {
    const page = await opened(chromium, `${server.url}/?as=newcomer`);
    const last = page.locator('.message').last();
    await post('at the end');
    await page.getByText('at the end').waitFor();
    await expect.poll(async () => (await within(page, last)).below).toBeGreaterThanOrEqual(0);
    await toTop(page);
    await post('meanwhile');
    await pill(page).waitFor();
    expect(await log(page).evaluate((one) => one.scrollTop)).toBe(0);
    await pill(page).click();
    await expect.poll(async () => (await within(page, last)).below).toBeGreaterThanOrEqual(0);
    expect(await pill(page).isVisible()).toBe(false);
  });

  test('a window starts at the newest message, behind which the welcome stands for who comes first', async () => {
    const page = await chromium.open(`${server.url}/?as=newcomer`);
    const welcome = page.locator('.welcome');
    expect((await within(page, welcome)).below).toBeGreaterThanOrEqual(0);
    expect((await within(page, page.getByText('message 39'))).above).toBeGreaterThan(0);
    await submit(page, '/comments');
    await expect.poll(async () => Math.round((await within(page, answer(page))).above)).toBe(8);
    await welcome.getByRole('button').last().click();
    await page.reload();
    await page.locator('body.ready').waitFor();
    expect(Math.round((await within(page, answer(page))).above)).toBe(8);
  });
});
