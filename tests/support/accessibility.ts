// What a page owes to those who do not see it, see it badly, or use it with a thumb.
import type { Locator, Page } from 'playwright-core';

/** What assistive technology reads with a field. */
export const describedBy = (field: Locator): Promise<string> =>
  field.evaluate((one) => {
    const ids: string[] = (one.getAttribute('aria-describedby') ?? '').split(' ');
    const texts = ids.map((id) => one.ownerDocument.getElementById(id)?.textContent ?? '');
    return texts.filter((text) => text !== '').join(' ');
  });

/** Visible controls below 44 by 44 CSS pixels (WCAG 2.2, 2.5.5); a link within a sentence is no control of its own. */
export const tooSmall = (within: Locator): Promise<readonly string[]> =>
  within.evaluate((root) => {
    const controls = [...root.querySelectorAll('button, select, textarea, input, nav a')].filter((one) =>
      one.checkVisibility({ visibilityProperty: true }),
    );
    if (controls.length === 0) throw new Error('no control was found at all');
    return controls
      .filter((one) => {
        const { width, height } = one.getBoundingClientRect();
        return width < 44 || height < 44;
      })
      .map((one) => one.outerHTML.slice(0, 120));
  });

const named = [
  'button',
  'link',
  'textbox',
  'combobox',
  'radio',
  'checkbox',
  'group',
  'menuitem',
  'option',
  'dialog',
  'img',
  'region',
  'log',
];

/** Controls that assistive technology could not name, as Chromium's own accessibility tree has them. */
export async function nameless(page: Page): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const controls = nodes.filter(({ ignored, role }) => !ignored && named.includes(role?.value));
  if (controls.length === 0) throw new Error('no control was found at all');
  return controls.filter(({ name }) => !name?.value?.trim()).map(({ role, nodeId }) => `${role?.value} ${nodeId}`);
}

/** Texts below 4.5 to 1 on what is behind them (WCAG 2.2, 1.4.3). */
export const faint = (within: Locator): Promise<readonly string[]> =>
  within.evaluate((root) => {
    const style = (one: typeof root) => one.ownerDocument.defaultView.getComputedStyle(one);
    const numbers = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const light = (colour: readonly number[]) => {
      const [r = 0, g = 0, b = 0] = colour.map((one) => {
        const part = one / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (start: typeof root): readonly number[] => {
      for (let one = start; one; one = one.parentElement) {
        const [r = 0, g = 0, b = 0, alpha = 1] = numbers(style(one).backgroundColor);
        if (alpha > 0.9) return [r, g, b];
      }
      return [255, 255, 255];
    };
    const texts = [...root.querySelectorAll('*')].filter(
      (one) =>
        [...one.childNodes].some((child) => child.nodeType === 3 && child.textContent?.trim()) &&
        one.checkVisibility({ visibilityProperty: true }) &&
        !one.closest('.unseen, .skip, option, svg'),
    );
    if (texts.length === 0) throw new Error('no text was found at all');
    return texts.flatMap((one) => {
      const [front, back] = [light(numbers(style(one).color).slice(0, 3)), light(behind(one))];
      const ratio = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
      return ratio < 4.5 ? [`${ratio.toFixed(2)} ${one.className}: ${one.textContent?.slice(0, 40)}`] : [];
    });
  });
