// The part of the conformance suite that is about values and ids: nothing is shared, nothing hostile does harm.
import { expect, test } from 'vitest';
import { z } from 'zod';
import { type Kind, update } from '../../src/core/store.js';
import { anything, got, type Here, type Poll, poll, polls, vote } from './sample.js';

export function doesNotAlias(here: Here): void {
  const attempt = (mischief: () => void) => {
    try {
      mischief();
    } catch (error) {
      expect(error).toBeInstanceOf(TypeError); // a frozen value says no
    }
  };

  test('what a reader does to a value changes nothing', async () => {
    const c = here.store.collection(polls);
    await c.insert('a', poll('one'));
    for (const doc of [await got(c, 'a'), ...(await c.find()), await update(c, 'a', vote('x'))]) {
      attempt(() => {
        (doc.value as { title: string }).title = 'mine';
      });
      attempt(() => {
        (doc.value.votes as Record<string, number>).z = 9;
      });
    }
    expect(await c.get('a')).toEqual({ id: 'a', rev: 2, value: { ...poll('one'), votes: { x: 1 } } });
  });

  test('what a writer does to a value after handing it over changes nothing', async () => {
    const c = here.store.collection(polls);
    const value = poll('one');
    const inserting = c.insert('a', value);
    value.title = 'too late';
    await inserting;
    value.votes.x = 1;
    expect((await got(c, 'a')).value).toEqual(poll('one'));
    const next = poll('two');
    const replacing = c.replace(await got(c, 'a'), next);
    next.title = 'too late';
    await replacing;
    expect((await got(c, 'a')).value).toEqual(poll('two'));
    const changed = poll('three');
    await update(c, 'a', () => changed);
    changed.title = 'too late';
    expect((await got(c, 'a')).value).toEqual(poll('three'));
  });

  test('a change that alters its argument in place is an error and changes nothing', async () => {
    const c = here.store.collection(polls);
    await c.insert('a', poll('one'));
    const change = (p: Poll) => {
      p.votes.x = 1;
      return p;
    };
    await expect(update(c, 'a', change)).rejects.toThrow(TypeError);
    expect(await c.get('a')).toEqual({ id: 'a', rev: 1, value: poll('one') });
  });

  test('a kind may read instants as Date, and each reader has its own', async () => {
    const dated: Kind<{ at: Date }> = { name: 'dated', parse: (raw) => z.object({ at: z.coerce.date() }).parse(raw) };
    const c = here.store.collection(dated);
    await c.insert('a', { at: new Date(0) });
    (await got(c, 'a')).value.at.setFullYear(1999);
    expect((await got(c, 'a')).value.at.getTime()).toBe(0);
  });
}

export function hostileIds(here: Here): void {
  test('ids may be any printable ASCII, up to 200 characters', async () => {
    const c = here.store.collection(polls);
    const ids = [
      ...[
        '__proto__',
        'constructor',
        'toString',
        '.',
        '..',
        '../../etc/passwd',
        '/',
        'a/b',
        'a\\b',
        'CON',
        'nul',
        'aux.json',
      ],
      ...[`'`, `"`, '`', '$1', '%2e', '%', 'a%2Fb', '{}', '-rf', '~', '*', '?', ':', '|', '<!channel>', 'lease.json'],
      ...['A', 'a', 'Ab', 'aB', '_a', '__a', '=41', 'x'.repeat(200), 'X'.repeat(200), `${'/'.repeat(199)}a`],
      ...Array.from({ length: 94 }, (_, n) => `c${String.fromCharCode(33 + n)}`),
    ];
    for (const id of ids) expect(await c.insert(id, poll(id))).toBe(true);
    const store = await here.reopened();
    const again = store.collection(polls);
    for (const id of ids) expect((await got(again, id)).value.title).toBe(id);
    expect(await again.find()).toHaveLength(ids.length);
    for (const id of ids) expect(await again.remove(await got(again, id))).toBe(true);
    expect(await again.find()).toEqual([]);
  });

  test('other ids are refused everywhere', async () => {
    const c = here.store.collection(polls);
    for (const id of ['', ' ', 'a b', 'é', '🗳️', 'a\0', 'a\n', '\x7f', 'x'.repeat(201)]) {
      await expect(c.get(id)).rejects.toThrow(RangeError);
      await expect(c.insert(id, poll('x'))).rejects.toThrow(RangeError);
      await expect(c.replace({ id, rev: 1, value: poll('x') }, poll('x'))).rejects.toThrow(RangeError);
      await expect(c.remove({ id, rev: 1, value: poll('x') })).rejects.toThrow(RangeError);
      await expect(update(c, id, vote('x'))).rejects.toThrow(RangeError);
    }
  });
}

export function hostileValues(here: Here): void {
  test('every other text comes back as it went in', async () => {
    const c = here.store.collection(anything);
    const texts = [
      '',
      `'"\\`,
      '\\u0000',
      '\\\\u0000 \\ud800',
      '\u2028\u2029\u0001\u007f',
      '🗳️ é e\u0301 العربية 中文',
      '\ufeff',
      '\ufffd',
    ];
    await c.insert('texts', texts);
    await c.insert('big', 'x'.repeat(1_000_000));
    await c.insert('numbers', [0, -1, 1.5, 1e21, 5e-324, 2 ** 53, -1.7976931348623157e308]);
    await c.insert('null', null);
    await c.insert('false', false);
    const again = (await here.reopened()).collection(anything);
    expect((await got(again, 'texts')).value).toEqual(texts);
    expect((await got(again, 'big')).value).toHaveLength(1_000_000);
    expect((await got(again, 'numbers')).value).toEqual([0, -1, 1.5, 1e21, 5e-324, 2 ** 53, -1.7976931348623157e308]);
    expect((await got(again, 'null')).value).toBeNull();
    expect((await got(again, 'false')).value).toBe(false);
  });

  test('NUL, lone surrogates and what JSON cannot hold are refused and change nothing', async () => {
    const c = here.store.collection(anything);
    await c.insert('a', { text: 'good' });
    for (const value of ['\0', { 'a\0': 1 }, '\ud800', ['\udc00x'], undefined, () => 1, 1n, Symbol('s')]) {
      await expect(c.insert('b', value)).rejects.toThrow(TypeError);
      await expect(c.replace(await got(c, 'a'), value)).rejects.toThrow(TypeError);
      await expect(update(c, 'a', () => value)).rejects.toThrow(TypeError);
    }
    expect(await c.get('b')).toBeUndefined();
    expect(await c.get('a')).toEqual({ id: 'a', rev: 1, value: { text: 'good' } });
  });

  test('keys keep their order, and __proto__ is a key like any other', async () => {
    const c = here.store.collection(anything);
    const json = '{"zebra":1,"apple":{"y":1,"x":2},"__proto__":{"polluted":true},"constructor":1,"é":2,"a":[]}';
    await c.insert('a', JSON.parse(json));
    expect(JSON.stringify((await got(c, 'a')).value)).toBe(json);
    const again = (await here.reopened()).collection(anything);
    expect(JSON.stringify((await got(again, 'a')).value)).toBe(json);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
}
