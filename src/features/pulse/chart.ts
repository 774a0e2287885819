// Results -> a bar chart to be drawn, and what it shows in words. Pure.
import type { Chart } from '../../core/chart.js';
import type { Locale } from '../../core/locale.js';
import { instantIn } from '../../core/wording.js';
import { isSingle, type Pulse, sightOf } from './model.js';
import {
  bySemicolons,
  countText,
  mostText,
  type Numbered,
  optionName,
  type PulseWords,
  peopleText,
  pulseWords,
  tieText,
} from './phrases.js';
import { percents, type Tally } from './tally.js';

/** @returns undefined where there is nothing to be shown */
export function chartOf({ id, value }: Numbered, locale: Locale): Chart | undefined {
  const { tally } = sightOf(value);
  if (!tally) return undefined;
  const w = pulseWords(locale);
  return {
    locale,
    title: value.question,
    subtitle: w.label('chartSubtitle', { people: peopleText(tally.people, w), state: stateText(value, w) }),
    bars: barsOf(value, tally, locale),
    notes: [...tieText(tally, w), ...mostText(value, w), w.label('nonBinding'), `${kindText(value, w)} · ID ${id}`],
  };
}

function barsOf(pulse: Pulse, tally: Tally, locale: Locale): Chart['bars'] {
  const shares = percents(tally, isSingle(pulse));
  return pulse.options.map((_, option) => {
    const count = tally.counts[option] ?? 0;
    return {
      label: optionName(pulse, option, locale),
      value: count,
      shown: countText(count, shares[option] ?? 0, locale),
    };
  });
}

const kindText = ({ isAnonymous }: Pulse, w: PulseWords): string =>
  w.label(isAnonymous ? 'chartAnonymous' : 'chartNamed');

/** A picture has no reader's time: the instant is in UTC. */
function stateText({ state, closedAt, closesAt = '' }: Pulse, w: PulseWords): string {
  const at = instantIn(w.locale, new Date(closedAt ?? closesAt));
  return w.label(state === 'closed' ? 'stateClosed' : 'stateOpen', { at });
}

/** For who cannot see the picture. */
export function chartAlt({ locale, title, subtitle = '', bars, notes }: Chart): string {
  const told = bySemicolons(
    bars.map(({ label, shown }) => `${label}: ${shown}`),
    locale,
  );
  const args = { question: title, standing: subtitle, bars: told, note: notes.join(' ') };
  return pulseWords(locale).label('chartAlt', args);
}
