// "/pulse close 01J…" -> Target; and the other way round, the list of commands for help, Discord and Slack's manifest.
import type { Args, Call, Role, Target } from './call.js';
import type { Bot, Feature, Option, Route } from './feature.js';

/** The argument under which words come that no option takes; dispatch refuses them in words. */
export const unexpected = 'unexpected';

/** A route as it is typed; `verb` is the word after the command, which may be left out for the main one. */
export interface Typed {
  readonly feature: Feature;
  readonly to: string;
  readonly verb: string;
  readonly isMain: boolean;
  /** Whether it is the feature's only typed route, so that there is no word after the command at all. */
  readonly isOnly: boolean;
  readonly route: Route;
  readonly about: string;
  readonly options: readonly Option[];
}

/** A feature's table does not change, and every command looks into it. */
const tables = new WeakMap<Feature, readonly Typed[]>();

/** Everything that can be typed after `/<feature>`, the main route first. */
export function typedRoutes(feature: Feature): readonly Typed[] {
  const table = tables.get(feature) ?? tableOf(feature);
  tables.set(feature, table);
  return table;
}

/** Which of the roles the caller holds; each is asked once. */
export async function heldOf(
  roles: readonly Role[],
  call: Pick<Call, 'by'>,
  bot: Pick<Bot, 'is'>,
): Promise<readonly Role[]> {
  const held = await Promise.all([...new Set(roles)].map(async (role) => ((await bot.is(call, role)) ? [role] : [])));
  return held.flat();
}

/** What of it the caller may use; who is staff and who an administrator is asked only where it matters. */
export async function usableRoutes(
  feature: Feature,
  call: Pick<Call, 'by'>,
  bot: Pick<Bot, 'is'>,
): Promise<readonly Typed[]> {
  const routes = typedRoutes(feature);
  const roleOf = ({ route }: Typed): Role => route.who ?? 'anyone';
  const held = await heldOf(routes.map(roleOf), call, bot);
  return routes.filter((typed) => held.includes(roleOf(typed)));
}

function tableOf(feature: Feature): readonly Typed[] {
  const typed = Object.entries(feature.routes).filter(([, route]) => route.typed);
  const list = typed.flatMap(([to, route]) => {
    if (!route.typed) return [];
    const verb = to.slice(to.indexOf('.') + 1);
    return [{ feature, to, verb, isMain: to === feature.main, isOnly: typed.length === 1, route, ...route.typed }];
  });
  return list.sort((a, b) => Number(b.isMain) - Number(a.isMain));
}

/** Opening and closing quotation marks, as keyboards and word processors write them. */
const quoted = /["“”„‟«»「」]([^"“”„‟«»「」]*)["“”„‟«»「」]/y;
const word = /\S+/y;

interface Word {
  readonly value: string;
  readonly isQuoted: boolean;
  readonly end: number;
}

/** The next word or quoted phrase at `from`, with where it ends. */
function nextWord(text: string, from: number): Word | undefined {
  let start = from;
  while (start < text.length && /\s/.test(text.charAt(start))) start += 1;
  for (const pattern of [quoted, word]) {
    pattern.lastIndex = start;
    const found = pattern.exec(text);
    if (found) return { value: found[1] ?? found[0], isQuoted: pattern === quoted, end: pattern.lastIndex };
  }
  return undefined;
}

/** Cards show `ID 7K3F`, and who copies that copies the word, too. */
const idWord = /^\s*ID:?\s+(?=\S)/i;

function readOptions(options: readonly Option[], text: string): Args {
  const args: Record<string, string> = {};
  let at = options[0]?.name === 'id' ? (idWord.exec(text)?.[0].length ?? 0) : 0;
  for (const option of options) {
    if (option.rest) {
      const rest = text.slice(at).trim();
      if (rest) args[option.name] = rest;
      return args;
    }
    const next = nextWord(text, at);
    if (!next) return args;
    args[option.name] = next.value;
    at = next.end;
  }
  const left = text.slice(at).trim();
  return left ? { ...args, [unexpected]: left } : args;
}

/**
 * Reads what was typed after a slash command.
 * @param command with or without its slash
 * @param text everything after it; only an exact, lower-case first word without quotation marks is a subcommand
 * @returns where it goes; undefined for a command that is not ours
 */
export function readTyped(features: readonly Feature[], command: string, text: string): Target | undefined {
  const feature = features.find(({ name }) => name === command.replace(/^\//, ''));
  if (!feature) return undefined;
  const routes = typedRoutes(feature);
  const first = nextWord(text, 0);
  const verb = routes.length > 1 && !first?.isQuoted ? first?.value : undefined;
  const sub = routes.find((route) => route.verb === verb);
  if (sub && first) return { to: sub.to, args: readOptions(sub.options, text.slice(first.end)) };
  const main = routes.find(({ isMain }) => isMain);
  return { to: feature.main, args: readOptions(main?.options ?? [], text) };
}

/** `/wg show ID`: how a route is written; brackets around what may be left out. */
export function usage({ feature, verb, isMain, isOnly, options }: Typed): string {
  const words = options.map(({ name, preposition, required }) => {
    const own = [preposition, name.toUpperCase()].filter(Boolean).join(' ');
    return required ? own : `[${own}]`;
  });
  const own = isOnly ? [] : [isMain ? `[${verb}]` : verb];
  return [`/${feature.name}`, ...own, ...words].join(' ');
}
