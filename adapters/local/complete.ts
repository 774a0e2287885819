// What a line that is being typed may become: commands, their subcommands, the values of their options.
import type { Incoming } from '../../src/core/call.js';
import type { Feature, Option } from '../../src/core/feature.js';
import type { Locale } from '../../src/core/locale.js';
import type { Core } from '../../src/core/platform.js';
import { readTyped, type Typed, typedRoutes, usage } from '../../src/core/typed.js';
import { limits } from './limits.js';

/** A completion: `line` is the whole line as it then reads. */
export interface Completion {
  readonly line: string;
  readonly label: string;
  readonly about: string;
  /** Who may use it, where not all may. */
  readonly who?: 'staff' | 'admin';
}

export interface Completions {
  readonly items: readonly Completion[];
  /** How the command is written and what is due now. */
  readonly hint?: { readonly usage: string; readonly about: string };
  /** Whether Enter takes the first one: only where the line means nothing as it stands. */
  readonly isUnfinished: boolean;
}

const none: Completions = { items: [], isUnfinished: false };

/**
 * @param caller who types, and where; its `to` and `args` do not matter
 * @param line from its first character up to the cursor
 */
export async function completionsOf(core: Core, caller: Incoming, locale: Locale, line: string): Promise<Completions> {
  const [, command, rest] = /^(\/\S*)(\s[\s\S]*)?$/.exec(line) ?? [];
  if (command === undefined) return none;
  if (rest === undefined) return commandsLike(core.features, locale, command);
  const feature = core.features.find(({ name }) => `/${name}` === command);
  if (!feature) return none;
  const routes = typedRoutes(feature);
  const verbs = verbsLike(feature, routes, locale, command, rest);
  const target = readTyped(core.features, command, rest);
  const typed = routes.find(({ to }) => to === target?.to);
  if (!target || !typed) return { ...none, items: verbs };
  const due = dueOption(typed, target.args, line);
  const values = due ? await valuesOf(core, { ...caller, ...target }, typed, due, line) : [];
  const said = [feature.words(locale).label(typed.about), due ? feature.words(locale).label(due.option.about) : ''];
  return {
    items: [...verbs, ...values].slice(0, limits.completions),
    hint: { usage: usage(typed), about: said.filter(Boolean).join(' · ') },
    // Where the bare command takes free text, a word that begins like a subcommand may be meant as just that.
    isUnfinished: verbs.length > 0 && /\S$/.test(line) && typed.options.length === 0 && values.length === 0,
  };
}

function commandsLike(features: readonly Feature[], locale: Locale, typed: string): Completions {
  const like = features.filter(({ name }) => `/${name}`.startsWith(typed.toLowerCase()));
  const items = like.map((feature) => ({
    line: `/${feature.name} `,
    label: `/${feature.name}`,
    about: feature.words(locale).label(feature.about),
  }));
  return { items, isUnfinished: items.length > 0 && !like.some(({ name }) => `/${name}` === typed) };
}

function verbsLike(
  feature: Feature,
  routes: readonly Typed[],
  locale: Locale,
  command: string,
  rest: string,
): readonly Completion[] {
  const typed = rest.trimStart();
  if (routes.length < 2 || /\s/.test(typed)) return [];
  const like = routes.filter(({ verb }) => verb.startsWith(typed) && verb !== typed);
  return like.map(({ verb, about, options, route: { who } }) => ({
    line: `${command} ${verb}${options.length > 0 ? ' ' : ''}`,
    label: `${command} ${verb}`,
    about: feature.words(locale).label(about),
    ...(who === 'staff' || who === 'admin' ? { who } : {}),
  }));
}

interface Due {
  readonly option: Option;
  /** What of its value is typed, and where in the line that begins. */
  readonly value: string;
  readonly from: number;
}

/** The option that the cursor is in, or that comes next. */
function dueOption(typed: Typed, args: Readonly<Record<string, string>>, line: string): Due | undefined {
  const given = typed.options.filter(({ name }) => args[name] !== undefined);
  const last = given.at(-1);
  const isBetween = /\s$/.test(line);
  if (last && (last.rest || !isBetween)) {
    // An opening quotation mark is no part of the value, but of what is replaced; it may not be closed yet.
    const value = (args[last.name] ?? '').replace(/^["“„«「]/, '');
    const from = line.trimEnd().lastIndexOf(value);
    return { option: last, value, from: /["“„«「]/.test(line.charAt(from - 1)) ? from - 1 : from };
  }
  const next = typed.options[given.length];
  return next && isBetween ? { option: next, value: '', from: line.length } : undefined;
}

async function valuesOf(
  core: Core,
  incoming: Incoming,
  typed: Typed,
  { option, value, from }: Due,
  line: string,
): Promise<readonly Completion[]> {
  const isLike = (text: string): boolean => text.toLowerCase().startsWith(value.toLowerCase());
  const fixed = (option.choices ?? []).filter((choice) => isLike(choice.value) || isLike(choice.label));
  const choices = option.suggests ? await core.suggest(incoming, option.name) : fixed;
  const isLast = option.rest || typed.options.at(-1) === option;
  return choices
    .filter((choice) => choice.value !== value)
    .map((choice) => {
      const written = !option.rest && /\s/.test(choice.value) ? `"${choice.value}"` : choice.value;
      return {
        line: `${line.slice(0, from)}${written}${isLast ? '' : ' '}`,
        label: choice.value,
        about: aboutOf(choice),
      };
    });
}

/** A label often repeats the value in front of what it means. */
const aboutOf = ({ value, label }: { value: string; label: string }): string =>
  label === value ? '' : label.startsWith(`${value}: `) ? label.slice(value.length + 2) : label;
