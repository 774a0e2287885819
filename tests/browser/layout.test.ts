// Where things stand on the page: nothing is cut off, on whatever screen and in whatever direction.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { comments } from '../../src/features/comments/feature.js';
import { pulse } from '../../src/features/pulse/feature.js';
import { inBrowser, type Windows, windows } from '../support/browser.js';
import { answer, opened, phone, submit } from '../support/local-page.js';
import { type LocalServer, localServer } from '../support/local-server.js';
import { note } from '../support/sample-feature.js';

let chromium: Windows;
let server: LocalServer;

/** Texts and controls of messages that reach over the edge of the window or of their card. */
const cutOff = (page: Page): Promise<readonly string[]> =>
  page.locator('#messages').evaluate((list) => {
    const edge = list.ownerDocument.documentElement.clientWidth;
    const parts = [...list.querySelectorAll('.card, .card *')];
    if (parts.length === 0) throw new Error('no card was found at all');
    return parts
      .filter((one) => {
        const { left, right, width } = one.getBoundingClientRect();
        const card = one.closest('.card')?.getBoundingClientRect();
        const isWithin = card !== undefined && left >= card.left - 1 && right <= card.right + 1;
        return width > 0 && one.tagName !== 'OPTION' && (left < 0 || right > edge || !isWithin);
      })
      .map((one) => `${one.tagName} ${one.className}: ${one.textContent?.slice(0, 40)}`);
  });

inBrowser('the layout', () => {
  beforeAll(async () => {
    chromium = await windows();
  });
  afterAll(() => chromium.close());
  beforeEach(async () => {
    server = await localServer({ features: [comments, pulse, note] });
  });
  afterEach(async () => {
    await server.stop();
    expect(chromium.complaints).toEqual([]);
  });

  test.each(['/comments', '/comments year'])('on a phone %s ends where the screen does', async (line) => {
    const page = await opened(chromium, `${server.url}/?as=leader`, phone);
    await submit(page, line);
    await answer(page).locator('.card select').waitFor();
    expect(await cutOff(page)).toEqual([]);
  });

  test.each(['newcomer', 'gac'])(
    'on the phone of %s an English card for all is whole, and its time reads in one direction',
    async (member) => {
      await server.post('/local/call', {
        member: 'staff',
        channel: 'general',
        line: '/pulse closes 3d "Shall we?" "Averyveryverylongwordwithoutanyspaceswhatsoever" "No"',
      });
      const page = await opened(chromium, `${server.url}/?as=${member}`, phone);
      const card = page.locator('.card');
      await card.waitFor();
      expect(await card.getAttribute('dir')).toBe('ltr');
      expect(await cutOff(page)).toEqual([]);
      const [dir] = await card.locator('time').evaluateAll((all) => all.map((one) => [one.dir, one.lang].join()));
      expect(dir).toBe(member === 'gac' ? 'rtl,ar' : 'ltr,en');
    },
  );
});
