// A request as staff see it: with its group and the names of people, which may be of another platform.
import type { Person, Space } from '../../core/call.js';
import { type Inline, mention } from '../../core/card.js';
import type { Bot } from '../../core/feature.js';
import type { Locale } from '../../core/locale.js';
import type { Doc } from '../../core/store.js';
import { isSameSpace, spaceOf } from './desk.js';
import { groupOf } from './groups.js';
import type { Group, Request } from './model.js';
import { wgWords } from './words/index.js';

export interface View {
  readonly id: string;
  readonly request: Request;
  /** The group as it is now; undefined when a space dropped what it had added. */
  readonly group: Group | undefined;
  /** Who asked, as the desk may read it. */
  readonly by: Inline;
  /** Who holds it, or has decided. */
  readonly holder: Inline;
  /** Where it was asked, when that is not where it is handled. */
  readonly elsewhere: string | undefined;
}

/** `discord` -> `Discord`. */
export const platformName = ({ platform }: Space): string => `${platform.charAt(0).toUpperCase()}${platform.slice(1)}`;

/**
 * Somebody's name for readers in a space: a mention, or what their own platform calls them.
 * @param locale of the word for somebody whose data were erased
 */
export async function nameFor(bot: Bot, reader: Space, person: Person | undefined, locale: Locale): Promise<Inline> {
  if (!person) return wgWords(locale).label('someone');
  if (isSameSpace(reader, person)) return mention({ ...spaceOf(person), person: person.person });
  return `${(await bot.profile(person)).name} (${platformName(person)})`;
}

/** @param reader the space of those who read it */
export async function viewOf(bot: Bot, doc: Doc<Request>, reader: Space, locale: Locale): Promise<View> {
  const { id, value: request } = doc;
  return {
    id,
    request,
    group: await groupOf(bot, request.home, request.group),
    by: await nameFor(bot, reader, request.by, locale),
    holder: await nameFor(bot, reader, request.holder, locale),
    elsewhere: isSameSpace(reader, request.home) ? undefined : platformName(request.home),
  };
}
