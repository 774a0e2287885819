// What the page is told to draw itself for a member: words, members, channels, menus, examples, messages.
import type { Locale } from '../../src/core/locale.js';
import type { Core } from '../../src/core/platform.js';
import { readTyped, typedRoutes } from '../../src/core/typed.js';
import { coreWords } from '../../src/core/words/index.js';
import { callerOf } from './inbound.js';
import type { Journal } from './journal.js';
import { limits } from './limits.js';
import { shown } from './live.js';
import { directionOf } from './render.js';
import { type PageKey, pageKeys, pageWords } from './words/index.js';
import { channelIdsOf, channelsOf, directId, members } from './workspace.js';

/** Shown to who comes first: as many as there are commands for, up to three. */
const examples = ['/acronym PDP', '/comments', '/pulse', '/rapporteur language', '/rapporteur', '/rapporteur status'];

/**
 * @param isExposed whether other machines reach the port
 * @throws Refused for an unknown member
 */
export async function outlookOf(memberId: string, core: Core, journal: Journal, isExposed: boolean): Promise<object> {
  const caller = callerOf(memberId, directId(memberId));
  const locale = await core.localeOf(caller);
  const words = pageWords(locale);
  const plain = pageKeys.filter((key) => !['writeTo', 'unknownCommand', 'unknownCommandNear'].includes(key));
  const { messages, seq } = await journal.read(memberId, channelIdsOf(memberId), 0);
  return {
    member: memberId,
    members,
    locale,
    dir: directionOf(locale),
    words: {
      ...(Object.fromEntries(plain.map((key) => [key, words.label(key)])) as Record<PageKey, string>),
      send: coreWords(locale).label('send'),
      cancel: coreWords(locale).label('cancel'),
    },
    channels: channelsOf(memberId).map(({ id, kind, about }) => ({
      id,
      kind,
      about: words.label(about),
      placeholder: kind === 'direct' ? words.label('writeDirect') : words.label('writeTo', { channel: id }),
    })),
    menus: menusOf(core, locale),
    examples: examplesOf(core, locale),
    isExposed,
    maxText: limits.text,
    messages: messages.map(shown),
    seq,
  };
}

const menusOf = ({ features }: Core, locale: Locale): readonly object[] =>
  features.flatMap(({ routes, words }) =>
    Object.entries(routes).flatMap(([to, { menu }]) => (menu ? [{ to, label: words(locale).label(menu) }] : [])),
  );

function examplesOf({ features }: Core, locale: Locale): readonly object[] {
  const found = examples.flatMap((line) => {
    const [command = '', ...rest] = line.split(' ');
    const to = readTyped(features, command, rest.join(' '))?.to;
    return features.flatMap((feature) =>
      typedRoutes(feature)
        .filter((typed) => typed.to === to)
        .map(({ about }) => ({ line, about: feature.words(locale).label(about) })),
    );
  });
  return found.slice(0, 3);
}
