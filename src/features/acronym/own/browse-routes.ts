// /glossary: the whole glossary, by letter and by body, page by page.
import { type Call, say } from '../../../core/call.js';
import { type Block, bold, button, buttons, type Card, para, quiet, to } from '../../../core/card.js';
import { type Bot, need, type Route } from '../../../core/feature.js';
import type { Locale } from '../../../core/locale.js';
import { refuse } from '../../../core/refusal.js';
import { isolatedIn, type Words } from '../../../core/wording.js';
import { answerCard } from '../cards.js';
import { markedLine, markOf } from '../fallback.js';
import { type Body, bodies, inLanguage, type Sense } from '../model.js';
import { senseLabel } from '../sense-blocks.js';
import { bodiesOf, type Choice, lettersOf, type Page, pageOf, partNamed } from './browse.js';
import { ownOf } from './ledger.js';
import { answerTo } from './own-term.js';
import { type GlossaryKey, glossaryWords } from './words/index.js';

const sensesFor = async ({ by }: Call, bot: Bot): Promise<readonly Sense[]> => (await ownOf(bot, by)).glossary.senses;

const browse: Route = {
  typed: { about: 'aboutBrowse', options: [{ name: 'part', about: 'optionPart', rest: true }] },
  async run(call, bot) {
    const senses = await sensesFor(call, bot);
    const { part } = call.args;
    if (!part) return answerTo(call, contentsCard(senses, call.locale));
    const choice = partNamed(part);
    if (!choice) throw refuse('unknownPart', { typed: part, bodies });
    return say(pageCard(pageOf(senses, choice, 0), choice, call.locale));
  },
};

const page: Route = {
  async run(call, bot) {
    const { by, at } = call.args;
    const choice: Choice = { by: by === 'body' ? 'body' : 'letter', at: at ?? '' };
    const found = pageOf(await sensesFor(call, bot), choice, Number(call.args.page ?? '0'));
    return answerTo(call, pageCard(found, choice, call.locale));
  },
};

/** One entry in full, beside the list that it was chosen from. */
const open: Route = {
  async run(call, bot) {
    const { glossary } = await ownOf(bot, call.by);
    const sense = glossary.byId(need(call.args, 'id'));
    if (!sense) throw refuse('oldButton');
    const found = { term: sense.acronym, senses: [sense], near: [] };
    return say(answerCard([found], { locale: call.locale, textLocale: call.locale }, () => undefined));
  },
};

function bodyLabel(body: Body | string, w: Words<GlossaryKey>): string {
  if (body === 'own') return w.label('bodyOwn');
  return body === 'general' ? w.label('bodyOthers') : body;
}

function contentsCard(senses: readonly Sense[], locale: Locale): Card {
  const w = glossaryWords(locale);
  return {
    locale,
    title: w.label('browseTitle'),
    blocks: [
      para(...w.text('browseIntro', { count: senses.length })),
      {
        kind: 'select',
        label: w.label('selectLetter'),
        name: 'at',
        target: to('glossary.page', { by: 'letter' }),
        choices: lettersOf(senses).map(({ key, count }) => ({ value: key, label: `${key} (${count})` })),
      },
      {
        kind: 'select',
        label: w.label('selectBody'),
        name: 'at',
        target: to('glossary.page', { by: 'body' }),
        choices: bodiesOf(senses).map(({ key, count }) => ({ value: key, label: `${bodyLabel(key, w)} (${count})` })),
      },
      buttons(button(w.label('suggestButton'), to('glossary.propose'))),
    ],
  };
}

function pageCard({ senses, page: at, pages, count }: Page, choice: Choice, locale: Locale): Card {
  const w = glossaryWords(locale);
  const target = (nth: number) => to('glossary.page', { ...choice, page: String(nth) });
  return {
    locale,
    title: choice.by === 'body' ? bodyLabel(choice.at, w) : choice.at,
    blocks: [
      quiet(...w.text('pageOf', { page: at + 1, pages, count })),
      ...senses.map((sense) => line(sense, locale, w)),
      ...markedLine(
        senses.map(({ expansion }) => inLanguage(expansion, locale)),
        locale,
        locale,
      ),
      ...chooser(senses, locale, w),
      buttons(
        ...(at > 0 ? [button(w.label('previous'), target(at - 1))] : []),
        ...(at + 1 < pages ? [button(w.label('next'), target(at + 1))] : []),
        button(w.label('contents'), to('glossary.browse')),
      ),
    ],
  };
}

function line(sense: Sense, locale: Locale, w: Words<GlossaryKey>): Block {
  const said = inLanguage(sense.expansion, locale);
  const name = said.text === sense.acronym ? [] : [' — ', isolatedIn(locale, said.text)];
  return para(bold(sense.acronym), ...name, markOf(said, locale), ' · ', bodyLabel(sense.body, w));
}

function chooser(senses: readonly Sense[], locale: Locale, w: Words<GlossaryKey>): readonly Block[] {
  if (senses.length === 0) return [];
  const choices = senses.map((sense) => ({ value: sense.id, label: senseLabel(sense, locale) }));
  return [{ kind: 'select', label: w.label('selectEntry'), name: 'id', target: to('glossary.open'), choices }];
}

export const browseRoutes: Readonly<Record<string, Route>> = {
  'glossary.browse': browse,
  'glossary.page': page,
  'glossary.open': open,
};
