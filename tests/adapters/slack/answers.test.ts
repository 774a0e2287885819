// Commands, buttons, menus, forms and App Home, by HTTP and by Socket Mode, over the wire.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { eventually, lastPosted, lastShown, type Mode, type Stage, started, wordsOf } from './stage.js';

describe.each<Mode>(['http', 'socket'])('by %s', (mode) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await started(mode);
    stage.app.join('CGENERAL');
  });
  afterAll(() => stage.stop());
  beforeEach(() => {
    stage.demo.delay = 0;
    stage.demo.calls.length = 0;
    stage.slack.world.modals.length = 0;
  });

  const shown = () => lastShown(stage, 'UANN');
  const modal = () => eventually(() => stage.slack.modal('UANN'));

  test('a command is answered in its acknowledgement, to the asker alone', async () => {
    const ack = await stage.app.command('UANN', '/demo', 'Hello <world> & co');
    expect(ack.body).toMatchObject({ response_type: 'ephemeral', text: 'Hello &lt;world&gt; &amp; co' });
    expect(stage.demo.calls).toMatchObject([
      { args: { text: 'Hello <world> & co' }, by: { platform: 'slack', space: 'T1', person: 'UANN' }, locale: 'en' },
    ]);
    expect(stage.slack.faults).toEqual([]);
  });

  test('tokens in what was typed read as they were typed', async () => {
    const typed = '<@UBOB|bob> and <#CGENERAL|general> &amp; <https://example.org|example.org> <!here>';
    await stage.app.command('UANN', '/demo', typed, { raw: true });
    expect(stage.demo.calls[0]?.args.text).toBe('@bob and #general & example.org @here');
  });

  test("the member's locale comes from Slack", async () => {
    await stage.app.command('UBOB', '/demo', 'Bonjour');
    expect(stage.demo.calls[0]?.locale).toBe('fr');
  });

  test('a command that Slack delivers twice is run once', async () => {
    await stage.app.command('UANN', '/demo', 'once');
    const ack = await stage.app.deliverAgain();
    expect(ack).toMatchObject({ status: 200, body: undefined });
    expect(stage.demo.calls).toHaveLength(1);
  });

  test('an answer that takes longer than two seconds follows by the response_url', async () => {
    stage.demo.delay = 2300;
    const ack = await stage.app.command('UANN', '/demo', 'slow');
    expect(ack.body).toBeUndefined();
    expect(ack.after).toBeLessThan(2500);
    await eventually(() => shown().text === 'At last');
  });

  test('a long answer goes on in further messages', async () => {
    const before = stage.slack.shownTo('UANN').length;
    await stage.app.command('UANN', '/demo', 'long');
    await eventually(() => wordsOf(shown().blocks).includes('Line 119') || undefined);
    const pages = stage.slack.shownTo('UANN').slice(before);
    expect(pages.length).toBeGreaterThan(1);
    expect(wordsOf(pages[1]?.blocks)).toContain('(continued)');
    expect(stage.slack.faults).toEqual([]);
  });

  test('nothing to say is an empty acknowledgement', async () => {
    expect(await stage.app.command('UANN', '/demo', 'silent')).toMatchObject({ status: 200, body: undefined });
  });

  test('a command that is not ours is told so', async () => {
    const ack = await stage.app.command('UANN', '/other');
    expect(ack.body?.text).toContain('older version');
  });

  test('a card that cannot be drawn is a fault with a reference, not a silence', async () => {
    const ack = await stage.app.command('UANN', '/demo', 'toomuch');
    const [, reference = ''] = /reference: (\w+)/.exec(String(ack.body?.text)) ?? [];
    expect(stage.logged.some((line) => line.includes(reference))).toBe(true);
  });

  test('a form opens, complains at its fields, and closes with a private answer', async () => {
    await stage.app.command('UANN', '/demo', 'form');
    expect((await modal()).view).toMatchObject({ callback_id: 'demo.save' });
    const refused = await stage.app.submit('UANN', { topic: 'ab', body: 'Some text' });
    expect(refused.body).toMatchObject({ response_action: 'errors', errors: { topic: 'That is too short: ab' } });
    await stage.app.submit('UANN', { topic: 'abc', tone: 'warm!', where: 'CGENERAL' });
    expect(stage.slack.modal('UANN')).toBeUndefined();
    await eventually(() => shown().text.startsWith('Saved abc'));
    expect(shown()).toMatchObject({ channel: 'CGENERAL', onlyFor: 'UANN' });
    expect(stage.demo.calls.at(-1)).toMatchObject({
      to: 'demo.save',
      args: { topic: 'abc', body: '', tone: 'warm', where: 'CGENERAL', days: 'mon' },
      place: { channel: 'CGENERAL' },
    });
    expect(stage.slack.faults).toEqual([]);
  });

  test('what is ticked is one argument, and nothing ticked is empty', async () => {
    const sent = async (days: string): Promise<string | undefined> => {
      await stage.app.command('UANN', '/demo', 'form');
      await modal();
      await stage.app.submit('UANN', { topic: 'ticks', days });
      return stage.demo.calls.at(-1)?.args.days;
    };
    expect(await sent('On mon\nOn wed')).toBe('mon,wed');
    expect(await sent('')).toBe('');
    expect(stage.slack.faults).toEqual([]);
  });

  test('the same form, sent again after it came back, is taken', async () => {
    await stage.app.command('UANN', '/demo', 'form');
    await modal();
    await stage.app.submit('UANN', { topic: 'ab' });
    const again = await stage.app.submit('UANN', { topic: 'ab' });
    expect(again.body).toMatchObject({ response_action: 'errors' });
    expect(stage.demo.calls.filter(({ to }) => to === 'demo.save')).toHaveLength(2);
  });

  test('a form that Slack delivers twice is taken once', async () => {
    await stage.app.command('UANN', '/demo', 'form');
    await modal();
    await stage.app.submit('UANN', { topic: 'twice' });
    expect(await stage.app.deliverAgain()).toMatchObject({ status: 200, body: undefined });
    expect(stage.demo.calls.filter(({ to }) => to === 'demo.save')).toHaveLength(1);
  });

  test('what is wrong with a form on the whole stands at its first field', async () => {
    await stage.app.command('UANN', '/demo', 'form');
    await modal();
    const ack = await stage.app.submit('UANN', { topic: 'whole' });
    expect(ack.body).toMatchObject({ errors: { topic: 'Not today.' } });
    expect(stage.slack.faults).toEqual([]);
  });

  test('a next step takes the place of the form, and so does another form', async () => {
    await stage.app.command('UANN', '/demo', 'form');
    await modal();
    await stage.app.submit('UANN', { topic: 'next' });
    expect(stage.slack.modal('UANN')?.view).toMatchObject({ title: { text: 'The next step' } });
    await stage.app.submit('UANN', { topic: 'other' });
    expect(stage.slack.modal('UANN')?.view).toMatchObject({ callback_id: 'demo.other' });
    expect(wordsOf(stage.slack.modal('UANN')?.view.blocks)).toContain('Start over');
    expect(stage.slack.faults).toEqual([]);
  });

  test('a mistake in a command opens the form with what is wrong on top', async () => {
    await stage.app.command('UANN', '/demo', 'mistake');
    const words = wordsOf((await modal()).view.blocks);
    expect(words).toContain('Too short');
    expect(words).toContain('Alas');
    expect(stage.slack.faults).toEqual([]);
  });

  test('a form that comes too late for its trigger waits behind a button', async () => {
    stage.demo.delay = 2700;
    await stage.app.command('UANN', '/demo', 'lateform');
    await eventually(() => wordsOf(shown().blocks).includes('The form is ready') || undefined);
    stage.demo.delay = 0;
    await stage.app.press('UANN', shown(), 'Open the form');
    const { view } = await modal();
    expect(JSON.stringify(view)).toContain('"initial_value":"kept"');
  });

  test('a form whose answer is late closes, and complaints come with a way back', async () => {
    await stage.app.command('UANN', '/demo', 'form');
    await modal();
    stage.demo.delay = 2700;
    const ack = await stage.app.submit('UANN', { topic: 'slow wrong', body: 'A long text', days: 'On tue\nOn wed' });
    expect(ack.body).toBeUndefined();
    await eventually(() => wordsOf(shown().blocks).includes('too short') || undefined);
    await stage.app.press('UANN', shown(), 'Back to the form');
    expect(JSON.stringify((await modal()).view)).toContain('"initial_value":"A long text"');
    await stage.app.submit('UANN', { topic: 'abc' });
    expect(stage.demo.calls.at(-1)?.args.days).toBe('tue,wed');
  });

  test('where the form cannot be kept, what was typed is repeated', async () => {
    await stage.app.command('UANN', '/demo', 'form');
    await modal();
    stage.demo.delay = 2700;
    const sent = stage.app.submit('UANN', { topic: 'slow wrong', body: 'A precious text' });
    stage.store.break(true);
    await sent;
    await eventually(() => wordsOf(shown().blocks).includes('A precious text') || undefined);
    stage.store.break(false);
  });

  test('a button on a message of all draws it anew and tells the presser alone', async () => {
    await stage.app.command('UANN', '/demo', 'board');
    const message = lastPosted(stage, 'CGENERAL');
    const votes = stage.demo.votes;
    await stage.app.press('UANN', message, 'Vote');
    await eventually(() => wordsOf(message.blocks).includes(`Votes: ${votes + 1}`.slice(0, 6)) && message.edits > 0);
    await eventually(() => shown().text === `Your vote is number ${votes + 1}`);
    expect(stage.demo.calls.at(-1)?.on).toMatchObject({ channel: 'CGENERAL', message: message.ts });
    expect(stage.slack.faults).toEqual([]);
  });

  test('a click that is delivered twice counts once', async () => {
    await stage.app.command('UANN', '/demo', 'board');
    const votes = stage.demo.votes;
    await stage.app.press('UANN', lastPosted(stage, 'CGENERAL'), 'Vote');
    await stage.app.deliverAgain();
    expect(stage.demo.votes).toBe(votes + 1);
  });

  test('many clicks at once: the message ends at the newest state with few edits', async () => {
    await stage.app.command('UANN', '/demo', 'board');
    const message = lastPosted(stage, 'CGENERAL');
    const votes = stage.demo.votes;
    await Promise.all(Array.from({ length: 30 }, () => stage.app.press('UBOB', message, 'Vote')));
    await eventually(() => message.text.includes(`Votes: ${votes + 30}`) || undefined);
    expect(message.edits).toBeLessThan(6);
  });

  test('a button from another time is answered politely', async () => {
    await stage.app.command('UANN', '/demo', 'board');
    await stage.app.press('UANN', lastPosted(stage, 'CGENERAL'), 'Gone');
    await eventually(() => shown().text.includes('older version') || undefined);
  });

  test('a form from a button on a message can draw that message anew', async () => {
    await stage.app.command('UANN', '/demo', 'board');
    const message = lastPosted(stage, 'CGENERAL');
    await stage.app.press('UANN', message, 'Write');
    expect((await modal()).view).toMatchObject({ callback_id: 'demo.save?id=b1' });
    await stage.app.submit('UANN', { topic: 'redraw' });
    await eventually(() => message.edits === 1);
    expect(stage.demo.calls.at(-1)).toMatchObject({ args: { id: 'b1' }, on: { message: message.ts } });
  });

  test('a choice in a private message replaces it', async () => {
    await stage.app.command('UANN', '/demo', 'menu');
    const message = shown();
    await stage.app.press('UANN', message, 'An apple');
    await eventually(() => message.text === 'Picked apple from menu');
    expect(message.edits).toBe(1);
    await stage.app.command('UANN', '/demo', 'menu');
    const other = shown();
    await stage.app.press('UANN', other, 'Nothing');
    await eventually(() => other.text === 'Picked nothing from menu');
  });

  test('an item in the menu of a message is called with its text', async () => {
    await stage.app.shortcut('UANN', 'explain_this', 'A &lt;PDP&gt; for <@UBOB>', { thread: '1.5' });
    await eventually(() => shown().text === 'It says: A &lt;PDP&gt; for @UBOB');
    expect(stage.demo.calls[0]?.place).toMatchObject({ channel: 'CGENERAL', thread: '1.5' });
  });

  test('App Home is drawn when it is opened, and again only when it has changed', async () => {
    await stage.app.openHome('UANN');
    await eventually(() => stage.slack.home('UANN'));
    await stage.app.deliverAgain();
    await stage.app.openHome('UANN');
    await stage.app.openHome('UANN', 'messages');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(stage.slack.calls('views.publish')).toHaveLength(1);
    stage.demo.votes += 1;
    await stage.app.openHome('UANN');
    await eventually(() => stage.slack.calls('views.publish').length === 2);
    expect(stage.slack.faults).toEqual([]);
  });

  test('what begins in App Home is answered in a modal, and Home follows', async () => {
    await stage.app.openHome('UANN');
    const home = await eventually(() => stage.slack.home('UANN'));
    await stage.app.press('UANN', home, 'Count');
    const first = await modal();
    expect(wordsOf(first.view.blocks)).toContain(`Counted ${stage.demo.votes}`);
    await stage.app.press('UANN', first, 'Once more');
    await eventually(() => wordsOf(first.view.blocks).includes(`Counted ${stage.demo.votes}`) || undefined);
    await eventually(
      () => wordsOf(stage.slack.home('UANN')?.view.blocks).includes(`Votes: ${stage.demo.votes}`) || undefined,
    );
    await stage.app.press('UANN', home, 'Menu');
    await eventually(() => JSON.stringify(stage.slack.modal('UANN')?.view).includes('An apple') || undefined);
    await stage.app.press('UANN', await modal(), 'An apple');
    await eventually(() => wordsOf(stage.slack.modal('UANN')?.view.blocks).includes('Picked apple') || undefined);
    expect(stage.slack.faults).toEqual([]);
  });

  test('a form from App Home is answered in its own modal', async () => {
    await stage.app.openHome('UANN');
    await stage.app.press('UANN', await eventually(() => stage.slack.home('UANN')), 'Write');
    await eventually(() => stage.slack.modal('UANN')?.view.callback_id === 'demo.save');
    await stage.app.submit('UANN', { topic: 'from home' });
    expect(wordsOf((await modal()).view.blocks)).toContain('from home');
    expect(stage.slack.faults).toEqual([]);
  });

  test('a private answer goes by direct message where we are in no channel', async () => {
    await stage.app.command('UANN', '/demo', 'form', { channel: 'CSECRET' });
    await modal();
    await stage.app.submit('UANN', { topic: 'secretly' });
    const direct = stage.slack.world.direct(stage.app.bot, 'UANN').id;
    await eventually(() => stage.slack.messages(direct).at(-1)?.text.startsWith('Saved secretly'));
  });
});
