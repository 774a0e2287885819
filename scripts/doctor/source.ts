// COMMENTS_SOURCE: can it be read, and is it a list at all.
import { readFile, stat } from 'node:fs/promises';
import { codeOf } from '../../src/store/durable-file.js';
import { type Finding, fault, ok } from './finding.js';
import { ask, originOf } from './web.js';

/** A list may have this many bytes. */
const largest = 5 * 1024 * 1024;

const about = 'COMMENTS_SOURCE';

/** @param source a path or an https address, which may hold a secret: it is not printed */
export async function examineSource(source: string): Promise<Finding> {
  if (/^https:\/\//i.test(source)) return examineAddress(source);
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(source)) {
    return fault(about, 'must be the path of a file, or an address that begins with https://');
  }
  try {
    const { size } = await stat(source);
    if (size > largest) return tooLarge;
    return judgeList('the file', await readFile(source, 'utf8'));
  } catch (error) {
    return fault(about, `the file cannot be read (${codeOf(error)}); name one that the bot’s user may read`);
  }
}

async function examineAddress(source: string): Promise<Finding> {
  const from = originOf(source);
  const asked = await ask(source);
  if (!('page' in asked)) return fault(about, `${from} does not answer (${asked.failed}); look at the address`);
  const { status, text, isCut } = asked.page;
  if (status !== 200) return fault(about, `${from} answers ${status}; look at the address and at who may read it`);
  return isCut ? tooLarge : judgeList(from, text);
}

const tooLarge = fault(about, 'is larger than 5 MB, which is not read; publish a shorter list');

/** Whether a text is one of the three kinds of list, told by its beginning. @param from where it was read */
export function judgeList(from: string, text: string): Finding {
  const start = text.replace(/^\uFEFF/, '').trimStart();
  if (start === '') return fault(about, `${from} is empty`);
  if (/^begin:vcalendar/i.test(start)) return ok(about, `${from} is read as iCalendar`);
  if (/^[[{]/.test(start)) {
    return isJson(start) ? ok(about, `${from} is read as JSON`) : fault(about, `${from} begins as JSON and is none`);
  }
  if (start.startsWith('<')) return fault(about, `${from} gives a web page; name the CSV, JSON or iCalendar behind it`);
  const [head = ''] = start.split('\n');
  if (/[,;\t]/.test(head)) return ok(about, `${from} is read as CSV`);
  return fault(about, `${from} is neither CSV, JSON nor iCalendar`);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
