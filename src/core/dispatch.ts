// Call -> route -> role check -> required options -> run -> Answer. Refusals and faults end here and nowhere else.
import { type Answer, type Args, again, ask, type Call, type Incoming, say } from './call.js';
import { type Card, type Choice, para, type Text } from './card.js';
import { type Drafts, draftRoute } from './draft.js';
import { faultFacts } from './fault.js';
import type { Bot, Feature, Route } from './feature.js';
import { languageOf } from './language.js';
import type { Locale } from './locale.js';
import { nearest } from './near.js';
import type { Core } from './platform.js';
import { type Mentions, Refusal, refuse } from './refusal.js';
import { Unrecorded } from './store.js';
import { unexpected, usableRoutes } from './typed.js';
import type { Words } from './wording.js';
import { coreWords } from './words/index.js';

/** How a call ended, for the metrics. */
export type Outcome = 'answered' | 'refused' | 'unrecorded' | 'fault';

/** Told once for each call. `route` is one of ours or `unknown`; seconds from its arrival to its answer. */
export type Observe = (call: { platform: string; route: string; outcome: Outcome; seconds: number }) => void;

interface Parts {
  readonly features: readonly Feature[];
  readonly bot: Bot;
  readonly drafts: Drafts;
  readonly observe?: Observe;
}

interface Found {
  readonly feature: Feature;
  readonly route: Route;
}

/** The answering machine that every adapter is handed. */
export function dispatcher({ features, bot, drafts, observe }: Parts): Core {
  const routes = new Map<string, Found>(
    features.flatMap((feature) => Object.entries(feature.routes).map(([to, route]) => [to, { feature, route }])),
  );

  const localeOf: Core['localeOf'] = async (incoming) => (await languageOf(incoming, bot)).locale;

  const answer: Core['answer'] = async (incoming) => {
    const started = performance.now();
    const call = await callOf(incoming, bot);
    const done = await conclude(call, routes, bot, drafts);
    const seconds = (performance.now() - started) / 1000;
    observe?.({ platform: call.by.platform, route: done.route, outcome: done.outcome, seconds });
    return done.answer;
  };

  const suggest: Core['suggest'] = async (incoming, option) => {
    const found = routes.get(incoming.to);
    try {
      const call = await callOf(incoming, bot);
      if (!found?.route.suggest || !(await bot.is(call, found.route.who ?? 'anyone'))) return [];
      return ((await found.route.suggest(call, option, bot)) satisfies readonly Choice[]).slice(0, 25);
    } catch (error) {
      bot.log.warn({ route: incoming.to, ...faultFacts(error) }, 'no suggestions could be made');
      return [];
    }
  };

  return { features, answer, suggest, localeOf, shelve: (form, by) => drafts.keep(form, by) };
}

/** Written out member by member: this is made for every call, and to spread objects costs several times as much. */
async function callOf(incoming: Incoming, bot: Bot): Promise<Call> {
  const { locale, localeFrom } = await languageOf(incoming, bot);
  const { to, args, by, place, on, platformLocale } = incoming;
  const call = { to, args: cleaned(args), by, place, locale, localeFrom, platformLocale };
  return on === undefined ? call : { ...call, on };
}

interface Conclusion {
  readonly answer: Answer;
  readonly outcome: Outcome;
  readonly route: string;
}

async function conclude(call: Call, routes: ReadonlyMap<string, Found>, bot: Bot, drafts: Drafts): Promise<Conclusion> {
  let asked = call;
  let found: Found | undefined;
  try {
    const isDraft = call.to === draftRoute;
    if (isDraft) asked = await fromDraft(call, drafts);
    found = routes.get(asked.to);
    if (!found) throw refuse('oldButton');
    await admit(asked, found, bot);
    const form = isDraft || lacksRequired(asked, found.route) ? await found.route.form?.(asked, bot) : undefined;
    if (!form) await refuseGaps(asked, found, bot);
    const answer = form ? ask(form) : await withNotices(asked, found.route, await found.route.run(asked, bot), bot);
    return { answer, outcome: 'answered', route: asked.to };
  } catch (error) {
    const route = found ? asked.to : 'unknown';
    const words = wordsFor(error, found, call.locale, bot, route);
    return { answer: await answerTo(asked, found, words, bot), outcome: words.outcome, route };
  }
}

/** What the member could not be told in private, at the head of the answer to a command. */
async function withNotices(call: Call, route: Route, answer: Answer, bot: Bot): Promise<Answer> {
  if (answer.kind !== 'say' || !route.typed || call.on) return answer;
  try {
    const found = await Promise.all(bot.features.map((feature) => feature.notice?.(call, bot)));
    const notices = found.flatMap((text) => (text ? [para(...text)] : []));
    if (notices.length === 0) return answer;
    return { ...answer, card: { ...answer.card, blocks: [...notices, ...answer.card.blocks] } };
  } catch (error) {
    // It waits for the next command; this one has its answer.
    bot.log.warn(faultFacts(error), 'what a member is to be told could not be read');
    return answer;
  }
}

/** NUL and lone surrogates are dropped on arrival: no store and no platform takes them. */
const cleaned = (args: Args): Args =>
  Object.fromEntries(
    Object.entries(args).map(([name, value]) => [
      name,
      value.replaceAll('\0', '').toWellFormed().replaceAll('\uFFFD', ''),
    ]),
  );

async function fromDraft(call: Call, drafts: Drafts): Promise<Call> {
  const target = await drafts.open(call.args.id ?? '', call.by);
  if (!target) throw refuse('draftGone');
  return { ...call, ...target };
}

async function admit(call: Call, { route }: Found, bot: Bot): Promise<void> {
  const role = route.who ?? 'anyone';
  if (await bot.is(call, role)) return;
  throw refuse(role === 'admin' ? 'adminsOnly' : 'staffOnly');
}

const missing = (call: Call, route: Route): string | undefined =>
  route.typed?.options.find(({ name, required }) => required && !call.args[name]?.trim())?.name;

const lacksRequired = (call: Call, route: Route): boolean => missing(call, route) !== undefined;

/** Words that no option takes, or an option that is not there and that no form can ask for. */
async function refuseGaps(call: Call, { feature, route }: Found, bot: Bot): Promise<void> {
  const typed = call.args[unexpected];
  if (typed !== undefined) throw await unknownWords(call, typed, feature, bot);
  const option = missing(call, route);
  if (option) throw refuse('missingOption', { option: option.toUpperCase() });
}

/** Names the word that was probably meant, then all that the caller may use: what is for staff is told to staff. */
async function unknownWords(call: Call, typed: string, feature: Feature, bot: Bot): Promise<Refusal> {
  const usable = await usableRoutes(feature, call, bot);
  const verbs = usable.map(({ verb }) => verb);
  const command = `/${feature.name}`;
  const said = { typed, command, verbs };
  const near = call.to === feature.main ? nearest(typed.split(/\s/, 1)[0] ?? '', verbs) : undefined;
  return near ? refuse('unknownWordsNear', { ...said, near: `${command} ${near}` }) : refuse('unknownWords', said);
}

interface Said {
  readonly text: Text;
  readonly label: string;
  readonly field: string;
  readonly outcome: Outcome;
}

/** What the member is told; a fault is logged here, once, under the reference that they read. */
function wordsFor(error: unknown, found: Found | undefined, locale: Locale, bot: Bot, route: string): Said {
  const own = coreWords(locale) as Words;
  const sentence = (words: Words, key: string, args: Mentions, outcome: Outcome, field = ''): Said => {
    return { text: words.text(key, args), label: words.label(key, args), field, outcome };
  };
  if (error instanceof Refusal) {
    // What another feature refuses, such as a setting of its own, it refuses in its own words.
    const worded = [found?.feature.words(locale), own, ...bot.features.map((feature) => feature.words(locale))];
    const words = worded.find((one) => one?.has(error.key)) ?? own;
    return sentence(words, error.key, error.args, 'refused', error.field);
  }
  if (error instanceof Unrecorded) return sentence(own, 'notRecorded', {}, 'unrecorded');
  const reference = bot.newId().slice(-8);
  bot.log.error({ reference, route, ...faultFacts(error) }, 'a call failed');
  return sentence(own, 'fault', { reference }, 'fault');
}

/** The form once more where there is one, so that nothing typed is lost; else a private card. */
async function answerTo(call: Call, found: Found | undefined, said: Said, bot: Bot): Promise<Answer> {
  const card: Card = { locale: call.locale, blocks: [para(...said.text)] };
  // Those who may not use the form are not shown it.
  if (!found?.route.form || (said.outcome === 'refused' && !(await bot.is(call, found.route.who ?? 'anyone'))))
    return say(card);
  try {
    return again(await found.route.form(call, bot), { [said.field]: said.label });
  } catch (error) {
    bot.log.warn({ route: call.to, ...faultFacts(error) }, 'a form could not be drawn again');
    return say(card);
  }
}
