// Pictures of the main screens of the local workspace, in all seven languages, on a desk and on a phone:
// `npm run screenshots -- FOLDER`. Needs Chromium: at a usual place, or at CHROMIUM_PATH.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { type Locale, locales } from '../src/core/locale.js';

const widths: Readonly<Record<string, BrowserContextOptions>> = {
  desktop: { viewport: { width: 1280, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
};

/** What is asked in the pulse: words of a member, with an acronym and a number in them. */
const pulses: Readonly<Record<Locale, string>> = {
  en: '"Should ALAC comment on the 2027 PDP?" "Yes" "No" "After the GNSO"',
  fr: '"L’ALAC doit-il se prononcer sur le PDP de 2027 ?" "Oui" "Non" "Après la GNSO"',
  es: '"¿Debe el ALAC opinar sobre el PDP de 2027?" "Sí" "No" "Después de la GNSO"',
  zh: '"ALAC 是否应就 2027 年的 PDP 提交意见？" "是" "否" "在 GNSO 之后"',
  ar: '"هل ينبغي أن تعلّق ALAC على PDP لعام 2027؟" "نعم" "لا" "بعد GNSO"',
  ru: '"Нужно ли ALAC высказаться о PDP 2027 года?" "Да" "Нет" "После GNSO"',
  pt: '"O ALAC deve se manifestar sobre o PDP de 2027?" "Sim" "Não" "Depois da GNSO"',
};

const folder = process.argv[2];
const executablePath = [process.env.CHROMIUM_PATH ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  existsSync,
);
if (folder === undefined || executablePath === undefined) {
  process.stderr.write(folder ? 'no Chromium; name it in CHROMIUM_PATH\n' : 'npm run screenshots -- FOLDER\n');
  process.exitCode = 1;
} else {
  await mkdir(folder, { recursive: true });
  const browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
  try {
    for (const locale of locales) await inLanguage(browser, locale, folder);
  } finally {
    await browser.close();
  }
}

/** A program of its own for each language, so that nothing of another is on its screens. */
async function inLanguage(browser: Browser, locale: Locale, into: string): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), 'rapporteur-'));
  const port = await freePort();
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, HOST: '127.0.0.1', PORT: String(port), DATA_DIR: data, LOG_LEVEL: 'warn' };
  const program = spawn(process.execPath, [join(import.meta.dirname, '..', 'src', 'main.js')], {
    env,
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => program.once('close', resolve));
  const url = `http://127.0.0.1:${port}`;
  try {
    await healthy(url);
    await speak(browser, url, locale);
    for (const [width, options] of Object.entries(widths)) {
      const name = (screen: string): string => join(into, `${screen}-${locale}-${width}.png`);
      await screens(await opened(browser, `${url}/?as=newcomer`, options), locale, name);
    }
  } finally {
    program.kill('SIGTERM');
    await ended;
    await rm(data, { recursive: true, force: true });
  }
}

/** A port that was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const at = server.address();
      server.close(() => (at && typeof at === 'object' ? resolve(at.port) : reject(new Error('no port'))));
    });
  });
}

async function healthy(url: string): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    if (answer?.status === 200) return;
    await sleep(50);
  }
  throw new Error('the program does not serve');
}

async function opened(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  await page.goto(url);
  await page.locator('body.ready').waitFor();
  return page;
}

/** Whose screens are shown has chosen the language; what is posted for all in the channel is in it, too. */
async function speak(browser: Browser, url: string, locale: Locale): Promise<void> {
  const member = await opened(browser, `${url}/?as=newcomer`);
  await submit(member, `/rapporteur language ${locale}`);
  await member.locator(`html[lang="${locale}"]`).waitFor();
  await member.context().close();
  const admin = await opened(browser, `${url}/?as=admin`);
  await submit(admin, '/rapporteur settings');
  await admin.locator(`dialog select:has(option[value="${locale}"])`).selectOption(locale);
  await admin.locator('dialog select:has(option[value="yes"])').selectOption('yes');
  await admin.locator('dialog [type="submit"]').click();
  await admin.locator('.message.private').last().waitFor();
  await admin.context().close();
}

async function submit(page: Page, line: string): Promise<void> {
  const box = page.locator('#composer [role="combobox"]');
  await box.fill(line);
  await box.press('Escape');
  await box.press('Enter');
}

async function screens(page: Page, locale: Locale, name: (screen: string) => string): Promise<void> {
  const shoot = (screen: string) => page.screenshot({ path: name(screen), animations: 'disabled' });
  const answers = page.locator('.message.private');
  await page.locator('.welcome').waitFor();
  await shoot('welcome');
  await page.locator('.welcome > .button').click();
  for (const line of ['/acronym PDP', '/comments', '/rapporteur']) {
    const before = await answers.count();
    await submit(page, line);
    await answers.nth(before).waitFor();
    await shoot(line.replace(/\W+/g, '-').slice(1));
  }
  await submit(page, '/pulse');
  await page.locator('dialog[open]').waitFor();
  await shoot('pulse-form');
  await page.keyboard.press('Escape');
  const posts = page.locator('.message:not(.private)');
  const before = await posts.count();
  await submit(page, `/pulse closes 3d ${pulses[locale]}`);
  await posts.nth(before).getByRole('button').first().click();
  await posts.nth(before).getByText('100').first().waitFor();
  await posts.nth(before).scrollIntoViewIfNeeded();
  await shoot('pulse');
  await page.context().close();
}
