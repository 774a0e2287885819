// The local workspace in a real browser, as somebody meets it who has just typed `npm start`.
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { locales } from '../../src/core/locale.js';
import { coreWords } from '../../src/core/words/index.js';
import { features } from '../../src/features/index.js';
import { describedBy, faint, nameless, tooSmall } from '../support/accessibility.js';
import { inBrowser, type Windows, windows } from '../support/browser.js';
import { answer, box, html, opened, said, submit } from '../support/local-page.js';
import { type LocalServer, localServer } from '../support/local-server.js';
import { note } from '../support/sample-feature.js';

let chromium: Windows;
let server: LocalServer;

const anySend = new RegExp(`^(${locales.map((locale) => coreWords(locale).label('send')).join('|')})$`);

const member = (page: Page, name: RegExp): Locator => page.getByRole('radio', { name });
const open = async (query = '', options = {}): Promise<Page> => opened(chromium, `${server.url}/${query}`, options);

inBrowser('the local workspace', () => {
  beforeAll(async () => {
    chromium = await windows();
  });
  afterAll(() => chromium.close());
  beforeEach(async () => {
    server = await localServer({ features: [...features, note] });
  });
  afterEach(async () => {
    await server.stop();
    expect(chromium.complaints).toEqual([]);
  });

  test('an acronym is explained in private, shared, and then seen by others at once', async () => {
    const [page, other] = [await open(), await open('?as=leader')];
    await box(page).pressSequentially('/acro');
    await page.getByRole('option', { name: /\/acronym/ }).waitFor();
    await page.keyboard.press('Enter');
    await box(page).pressSequentially('PDP');
    await page.keyboard.press('Enter');
    await answer(page).getByText('Policy Development Process').first().waitFor();
    expect(await answer(page).textContent()).toContain('Only visible to you');
    expect(await other.locator('.message').count()).toBe(0);
    await answer(page).getByRole('button', { name: 'Share' }).first().click();
    await other.locator('.message:not(.private)').getByText('Policy Development Process').first().waitFor();
    await member(page, /Policy staff/).check();
    await page.locator('.message:not(.private)').getByText('Policy Development Process').first().waitFor();
    expect(await page.locator('.message.private').count()).toBe(0);
  });

  test('what was posted, answered and chosen is there after reloading and after a restart', async () => {
    const page = await open('?as=leader#at-large');
    await submit(page, 'Good morning');
    await submit(page, '/acronym ALAC');
    await answer(page).waitFor();
    const { port, store } = server;
    await server.stop();
    await page.getByText(said('reconnecting')).waitFor();
    server = await localServer({ features: [...features, note], port, store });
    await expect.poll(() => page.locator('#offline').textContent(), { timeout: 8000 }).toBe('');
    await server.post('/local/message', { member: 'gac', channel: 'at-large', text: 'Back again' });
    await page.locator('.said').getByText('Back again').waitFor();
    await page.reload();
    await page.getByText('Good morning').waitFor();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('at-large');
    expect(await member(page, /Regional leader/).isChecked()).toBe(true);
    expect(await answer(page).textContent()).toContain('/acronym ALAC');
  });

  test('on a phone everything is in reach of a thumb', async () => {
    const page = await open('', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await submit(page, '/acronym PDP');
    await answer(page).getByRole('button', { name: 'Share' }).first().tap();
    await page.locator('.message:not(.private)').getByText('Policy Development Process').first().waitFor();
    expect(await tooSmall(page.locator('.stage'))).toEqual([]);
    await page.getByRole('button', { name: said('menuOpen') }).tap();
    expect(await page.locator('.rail :focus').count()).toBe(1);
    expect(await tooSmall(page.locator('.rail'))).toEqual([]);
    await member(page, /Support staff/).tap();
    await page.getByRole('button', { name: /Support staff \(admin\)$/ }).waitFor();
    await page.getByRole('button', { name: said('menuOpen') }).tap();
    await page.getByRole('link', { name: /staff/ }).tap();
    await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toBe('staff');
    expect(await html(page).evaluate((one) => one.scrollWidth)).toBe(390);
    await submit(page, '/note');
    expect(await tooSmall(page.getByRole('dialog'))).toEqual([]);
    expect(await html(page).evaluate((one) => one.scrollWidth)).toBe(390);
  });

  test('in Arabic the page is mirrored and the answer is Arabic', async () => {
    const page = await open('?as=gac');
    expect(await html(page).evaluate((one) => [one.getAttribute('lang'), one.getAttribute('dir')])).toEqual([
      'ar',
      'rtl',
    ]);
    const rail = await page.locator('.rail').boundingBox();
    expect(rail?.x).toBeGreaterThan(900);
    await submit(page, '/acronym ALAC');
    await answer(page).getByText('اللجنة الاستشارية').first().waitFor();
    const card = answer(page).locator('.card');
    expect([await card.getAttribute('lang'), await card.getAttribute('dir')]).toEqual(['ar', 'rtl']);
    await answer(page)
      .getByRole('button')
      .filter({ hasText: /Share|مشاركة/ })
      .first()
      .click();
    await page.locator('.message:not(.private)').first().waitFor();
  });

  test('a language that is chosen turns the page at once, in all windows of that member', async () => {
    const page = await open();
    const beside = await chromium.beside(page, `${server.url}/?as=newcomer`);
    await submit(page, '/rapporteur language ar');
    for (const one of [page, beside]) {
      await expect.poll(() => html(one).getAttribute('dir')).toBe('rtl');
    }
  });

  test('a form says what is wrong, keeps what was typed, and goes to the first wrong field', async () => {
    const page = await open();
    await submit(page, '/note');
    const dialog = page.getByRole('dialog', { name: 'A new note' });
    const topic = dialog.getByLabel('Topic');
    expect(await topic.evaluate((one) => one.matches(':focus'))).toBe(true);
    await dialog.getByLabel(/^Text/).fill('<b>kept</b>');
    await dialog.getByRole('button', { name: 'Send' }).click();
    expect(await describedBy(topic)).toContain('Please fill this in.');
    await topic.fill('ab');
    await page.keyboard.press('Enter');
    await dialog.getByText('“ab” is too short.').waitFor();
    expect(await describedBy(topic)).toBe('At least three letters. “ab” is too short.');
    expect(await topic.evaluate((one) => one.matches(':focus'))).toBe(true);
    expect(await dialog.getByLabel(/^Text/).inputValue()).toBe('<b>kept</b>');
    await page.keyboard.press('Escape');
    expect(await box(page).evaluate((one) => one.matches(':focus'))).toBe(true);
    await submit(page, '/note');
    expect(await dialog.getByLabel(/^Text/).inputValue()).toBe('<b>kept</b>');
    await dialog.getByLabel('Topic').fill('abc');
    await dialog.getByRole('button', { name: 'Send' }).click();
    await answer(page).getByText('Saved abc').waitFor();
    expect(await dialog.isVisible()).toBe(false);
  });

  test('boxes are ticked by keyboard, asked for where one is needed, and kept over errors and closing', async () => {
    const page = await open();
    await submit(page, '/note agenda');
    await answer(page).getByRole('button', { name: 'Details' }).click();
    const dialog = page.getByRole('dialog', { name: 'A new note' });
    const group = dialog.getByRole('group', { name: 'Days' });
    const box = (name: string): Locator => group.getByRole('checkbox', { name });
    await dialog.getByLabel('Topic').fill('ab');
    await dialog.getByRole('button', { name: 'Send' }).click();
    expect(await describedBy(group)).toBe('On which to be reminded. Please tick at least one.');
    expect(await box('Monday').evaluate((one) => one.matches(':focus[aria-invalid=true]'))).toBe(true);
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await dialog.getByRole('button', { name: 'Send' }).click();
    await dialog.getByText('“ab” is too short.').waitFor();
    const ticked = (): Promise<boolean[]> =>
      Promise.all(['Monday', 'Tuesday', 'Wednesday'].map((name) => box(name).isChecked()));
    expect(await ticked()).toEqual([true, false, true]);
    await box('Wednesday').uncheck();
    await box('Tuesday').check();
    await page.keyboard.press('Escape');
    await submit(page, '/note');
    expect(await ticked()).toEqual([true, true, false]);
    await dialog.getByLabel('Topic').fill('abc');
    await dialog.getByRole('button', { name: 'Send' }).click();
    await answer(page).getByText('Saved abc ()  [mon,tue]').waitFor();
  });

  test('in Arabic a box stands at the right of its words', async () => {
    const page = await open('?as=gac');
    await submit(page, '/note');
    const label = page.getByRole('dialog').locator('.check').first();
    const [whole, box] = [await label.boundingBox(), await label.getByRole('checkbox').boundingBox()];
    const right = (one: typeof box): number => Math.round((one?.x ?? 0) + (one?.width ?? 0));
    expect(right(box)).toBe(right(whole));
  });

  test('files come with an answer: a picture with its words in its place, a table to be kept', async () => {
    const page = await open();
    await submit(page, '/note agenda');
    await answer(page).getByRole('button', { name: 'Export' }).click();
    const picture = answer(page).getByRole('img', { name: 'Notes by tone: one calm, none urgent' });
    await picture.waitFor();
    await expect.poll(() => picture.evaluate((one) => one.matches(':not([hidden])') && one.naturalWidth)).toBe(240);
    const link = answer(page).getByRole('link', { name: /^Download: notes\.csv \(/ });
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toBe('notes.csv');
    const kept = await readFile(await download.path(), 'utf8');
    expect(kept).toContain('“agenda”,calm');
    expect(await nameless(page)).toEqual([]);
    expect(await faint(page.locator('.files'))).toEqual([]);
    const log = page.locator('#log');
    const left = await log.evaluate((one) => one.scrollHeight - one.scrollTop - one.clientHeight);
    expect(Math.abs(left)).toBeLessThan(2);
    await page.reload();
    await picture.waitFor();
    await member(page, /Regional leader/).check();
    await expect.poll(() => page.locator('.files').count()).toBe(0);
  });

  test('while the bot is away nothing typed is lost', async () => {
    const page = await open();
    await submit(page, '/note');
    const dialog = page.getByRole('dialog', { name: 'A new note' });
    await dialog.getByLabel('Topic').fill('to be kept');
    const { port, store } = server;
    await server.stop();
    await dialog.getByRole('button', { name: 'Send' }).click();
    await dialog.getByRole('alert').getByText('could not be sent').waitFor();
    await page.keyboard.press('Escape');
    await submit(page, 'a message');
    await page.locator('#trouble').getByText('could not be sent').waitFor();
    expect(await box(page).inputValue()).toBe('a message');
    server = await localServer({ features: [...features, note], port, store });
    await box(page).press('Enter');
    await page.locator('.said').getByText('a message').waitFor();
    expect(await box(page).inputValue()).toBe('');
    await submit(page, '/note');
    expect(await dialog.getByLabel('Topic').inputValue()).toBe('to be kept');
  });

  test('hostile text is shown as it is and runs nowhere', async () => {
    const page = await open();
    await server.post('/local/call', { member: 'leader', channel: 'general', target: 'note.hostile' });
    await submit(page, '<script>window.__hurt=1</script><img src=x onerror="window.__hurt=1">');
    await page.locator('.said').waitFor();
    await page.locator('.card-title').getByText('<img src=x').waitFor();
    const inside = await page
      .locator('#messages')
      .evaluate((one) => [
        one.querySelectorAll('img, script, [onclick], [onerror]').length,
        one.querySelectorAll('a[href^="javascript"]').length,
        '__hurt' in one.ownerDocument.defaultView,
      ]);
    expect(inside).toEqual([0, 0, false]);
  });

  test('the staff channel is neither shown to others nor sent to them', async () => {
    const [page, staff] = [await open(), await open('?as=staff#staff')];
    await submit(staff, 'Between us');
    await staff.locator('.said').getByText('Between us').waitFor();
    await submit(staff, '/note office');
    await staff.getByText('For the office alone').waitFor();
    expect(await page.getByRole('link', { name: 'staff' }).count()).toBe(0);
    await page.goto(`${server.url}/?as=newcomer#staff`);
    await page.reload();
    await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toBe('general');
    expect(await page.content()).not.toContain('Between us');
  });

  test('a menu, a list and a history by keyboard alone', async () => {
    const page = await open();
    await submit(page, 'What is the ALAC?');
    const more = page.getByRole('button', { name: 'More actions' }).first();
    await more.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Escape');
    expect(await more.evaluate((one) => one.matches(':focus'))).toBe(true);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await answer(page).getByText('At-Large Advisory Committee').first().waitFor();
    await box(page).focus();
    await page.keyboard.press('ArrowUp');
    expect(await box(page).inputValue()).toBe('What is the ALAC?');
    await page.keyboard.press('ArrowDown');
    expect(await box(page).inputValue()).toBe('');
    await box(page).pressSequentially('/note a');
    await page.getByRole('option', { name: /agenda/ }).waitFor();
    // The list for "/note " holds it too: the one for the last letter has to be there before a choice is made in it.
    await page.waitForTimeout(700);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.locator('[aria-activedescendant="completion-1"]').waitFor({ timeout: 3000 });
    expect(await box(page).getAttribute('aria-activedescendant')).toBe('completion-1');
    await page.keyboard.press('Tab');
    expect(await box(page).inputValue()).toBe('/note agenda');
  });

  test('a choice counts at once with a pointer, and on Enter with the keyboard', async () => {
    const page = await open();
    await submit(page, '/note agenda');
    await answer(page).getByRole('combobox', { name: 'Tone' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await answer(page).getByRole('button', { name: 'Choose' }).waitFor();
    await page.keyboard.press('Enter');
    await answer(page).getByText('Tone: urgent').waitFor();
    await submit(page, '/note budget');
    await answer(page).getByRole('combobox', { name: 'Tone' }).selectOption('calm');
    await answer(page).getByText('Tone: calm').waitFor();
  });

  test('who comes first is welcomed, and every example works', async () => {
    const page = await chromium.open(`${server.url}/`);
    await page.getByRole('heading', { name: 'Welcome to the local workspace' }).waitFor();
    const examples = page.locator('.examples button');
    expect(await examples.count()).toBe(3);
    await examples.first().click();
    await answer(page).getByText('Policy Development Process').first().waitFor();
    await page.getByRole('button', { name: said('welcomeDone') }).click();
    await page.reload();
    await answer(page).waitFor();
    expect(await page.locator('.welcome').isVisible()).toBe(false);
  });

  test('nine windows of one browser all hear the news and can all post', async () => {
    const first = await open();
    const pages = [first];
    for (let i = 0; i < 8; i += 1) pages.push(await chromium.beside(first, `${server.url}/?as=leader`));
    const last = pages.at(-1) ?? first;
    await submit(last, 'to all windows');
    for (const page of pages) await page.locator('.said').getByText('to all windows').waitFor();
  });

  test('every control has a name, and every text contrast enough, in light and dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await chromium.open(`${server.url}/?as=admin`, { colorScheme });
      await submit(page, '/note agenda');
      await answer(page).waitFor();
      await submit(page, '/nothing');
      await page.locator('#trouble').waitFor();
      expect(await nameless(page)).toEqual([]);
      expect(await faint(page.locator('body'))).toEqual([]);
      await submit(page, '/note');
      await page.getByRole('dialog').waitFor();
      await page.getByRole('dialog').getByRole('button', { name: anySend }).click();
      expect(await nameless(page)).toEqual([]);
      expect(await faint(page.locator('dialog'))).toEqual([]);
    }
  });

  test('the colours can be chosen and stay chosen', async () => {
    const page = await open('', { colorScheme: 'light' });
    const ground = () =>
      page.locator('body').evaluate((one) => one.ownerDocument.defaultView.getComputedStyle(one).backgroundColor);
    const light = await ground();
    await page.getByRole('button', { name: said('themeSystem') }).click();
    await page.getByRole('button', { name: said('themeLight') }).click();
    expect(await ground()).not.toBe(light);
    await page.reload();
    await page.getByRole('button', { name: said('themeDark') }).waitFor();
    expect(await ground()).not.toBe(light);
  });
});
