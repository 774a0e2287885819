// Routes of who wants to know: results, export, what is open.
import { type Answer, type Attachment, type Call, type Person, personId, say } from '../../core/call.js';
import { type Card, type Choice, para, quiet } from '../../core/card.js';
import { faultFacts } from '../../core/fault.js';
import type { Bot, Feature } from '../../core/feature.js';
import { refuse } from '../../core/refusal.js';
import type { Doc } from '../../core/store.js';
import { translatedCard } from './cards.js';
import { chartAlt, chartOf } from './chart.js';
import { answersCsv, reasonsCsv, resultsCsv } from './csv.js';
import { isAuthor, mayRun, maySee, pulseFor, pulsesIn, runPulse } from './lookup.js';
import { type Answer as Given, isIn, isSameChannel, type Pulse, personOf, showsNames } from './model.js';
import { pulseWords, shortQuestion } from './phrases.js';
import { listCard, namedOn, resultsCard } from './results-card.js';

/** Pulses on one list; the others are found by their id. */
const mostListed = 10;

/** Names that are asked for at the same time. */
const atOnce = 20;

/** The option that names a pulse; suggestions come as one types. */
export const idOption = { name: 'id', about: 'optionId', required: true, suggests: true } as const;

export const tellingRoutes: Feature['routes'] = {
  'pulse.results': {
    typed: { about: 'aboutResults', options: [idOption] },
    suggest: suggestIds,
    async run(call, bot) {
      const doc = await pulseFor(call, bot);
      if (doc.value.state === 'draft' || !(await maySee(doc.value, call, bot))) throw refuse('unknownId');
      const chart = call.by.platform === 'local' ? await chartFile(doc, call, bot) : undefined;
      return say(await resultsFor(doc, call, bot), chart && [chart]);
    },
  },
  // On the cards of a multilingual channel.
  'pulse.translate': {
    async run(call, bot) {
      const doc = await pulseFor(call, bot);
      const { places } = doc.value;
      const place = places.find((one) => isSameChannel(one, call.place)) ?? places.find((one) => isIn(one, call.by));
      if (!place || !(await maySee(doc.value, call, bot))) throw refuse('unknownId');
      return say(translatedCard(doc, place, call.locale));
    },
  },
  'pulse.export': { typed: { about: 'aboutExport', options: [idOption] }, suggest: suggestIds, run: exportAll },
  'pulse.list': {
    typed: { about: 'aboutList', options: [] },
    async run(call, bot) {
      const pulses = await openHere(call, bot);
      const listed = await Promise.all(
        pulses
          .slice(0, mostListed)
          .map(async ({ id, value }) => ({ id, value, mayClose: await mayRun(value, call, bot) })),
      );
      return say(listCard(listed, call.locale));
    },
  },
};

/** The results for this caller, with the names that they may see. */
export async function resultsFor(doc: Doc<Pulse>, call: Call, bot: Bot): Promise<Card> {
  const strangers = namedOn(doc.value).filter(({ key }) => !isIn(personOf(key), call.by));
  return resultsCard(doc, {
    by: call.by,
    locale: call.locale,
    mayRun: await mayRun(doc.value, call, bot),
    isAuthor: isAuthor(doc.value, call),
    names: await namesOf(strangers, bot),
  });
}

async function namesOf(answers: readonly Given[], bot: Bot): Promise<ReadonlyMap<string, string>> {
  const people = [...new Map(answers.map(({ key }) => [key, personOf(key)])).values()];
  const names = new Map<string, string>();
  for (let at = 0; at < people.length; at += atOnce) {
    const group = people.slice(at, at + atOnce);
    const told = await Promise.all(group.map((person: Person) => bot.profile(person)));
    for (const [nth, person] of group.entries()) names.set(personId(person), told[nth]?.name ?? person.person);
  }
  return names;
}

async function exportAll(call: Call, bot: Bot): Promise<Answer> {
  const doc = await runPulse(call, bot);
  const { id, value } = doc;
  if (value.state === 'draft') throw refuse('stillDraft');
  if (value.isHidden && value.state !== 'closed') throw refuse('hiddenStill');
  const w = pulseWords(call.locale);
  const stamp = { id, note: w.label('nonBinding') };
  const names = showsNames(value) ? await namesOf(value.answers, bot) : new Map<string, string>();
  const table = (name: string, body: Uint8Array): Attachment => ({
    name: `pulse-${id}-${name}.csv`,
    type: 'text/csv',
    body,
  });
  const chart = await chartFile(doc, call, bot);
  const files = [
    table('results', resultsCsv(value, stamp)),
    ...(showsNames(value)
      ? [
          table(
            'answers',
            answersCsv(value, ({ key }) => names.get(key) ?? '', stamp),
          ),
        ]
      : []),
    ...(value.reasons.length > 0 ? [table('reasons', reasonsCsv(value, stamp))] : []),
    ...(chart ? [chart] : []),
  ];
  const isLacking = !chart && chartOf(doc, call.locale) !== undefined;
  const blocks = [
    para(...w.text('exportNote', { question: shortQuestion(value) })),
    quiet(...w.text('nonBinding')),
    ...(isLacking ? [quiet(...w.text('noChart'))] : []),
  ];
  return say({ locale: call.locale, blocks }, files);
}

/** @returns undefined where nothing may be shown, or it could not be drawn */
async function chartFile(doc: Doc<Pulse>, call: Call, bot: Bot): Promise<Attachment | undefined> {
  const chart = chartOf(doc, call.locale);
  if (!chart) return undefined;
  try {
    const body = await bot.draw(chart);
    return { name: `pulse-${doc.id}.png`, type: 'image/png', body, alt: chartAlt(chart) };
  } catch (error) {
    bot.log.warn(faultFacts(error), 'a chart could not be drawn');
    return undefined;
  }
}

/** Open pulses of this channel, and the caller's own; what closes first comes first. */
async function openHere(call: Call, bot: Bot): Promise<readonly Doc<Pulse>[]> {
  const isTheirs = (pulse: Pulse): boolean =>
    isAuthor(pulse, call) || pulse.places.some((place) => isSameChannel(place, call.place));
  const open = (await pulsesIn(bot).find({ stage: 'open' })).filter(({ value }) => isTheirs(value));
  return open.toSorted((a, b) => ((a.value.closesAt ?? '') < (b.value.closesAt ?? '') ? -1 : 1));
}

/** Ids of what could be meant. */
export async function suggestIds(call: Call, option: string, bot: Bot): Promise<readonly Choice[]> {
  if (option !== 'id') return [];
  const typed = (call.args.id ?? '').trim().toUpperCase();
  const closed = (await pulsesIn(bot).find({ author: personId(call.by) })).filter(
    ({ value }) => value.state === 'closed',
  );
  const all = [
    ...(await openHere(call, bot)),
    ...closed.toSorted((a, b) => ((a.value.closedAt ?? '') > (b.value.closedAt ?? '') ? -1 : 1)),
  ];
  return all
    .filter(({ id, value }) => id.startsWith(typed) || value.question.toUpperCase().includes(typed))
    .map(({ id, value }) => ({ value: id, label: `${id}: ${shortQuestion(value)}` }));
}
