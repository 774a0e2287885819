// The rules of a desk, and whose requests it handles -> cards and forms.
import type { Args, Space } from '../../core/call.js';
import {
  type Block,
  button,
  buttons,
  type Card,
  type Field,
  type Form,
  facts,
  para,
  quiet,
  time,
  to,
} from '../../core/card.js';
import type { Locale } from '../../core/locale.js';
import { isolatedIn, listed } from '../../core/wording.js';
import type { Rules } from './rules.js';
import { platformName } from './view.js';
import { wgWords } from './words/index.js';

export function rulesCard(rules: Rules, locale: Locale, isSaved: boolean): Card {
  const w = wgWords(locale);
  const workdays = (count: number): string => w.label('workdays', { count });
  const days = (count: number): string => w.label('days', { count });
  return {
    locale,
    title: w.label('rulesTitle'),
    blocks: [
      ...(isSaved ? [para(...w.text('saved'))] : []),
      facts(
        [w.label('fieldUnclaimed'), [workdays(rules.unclaimed)]],
        [w.label('fieldUndecided'), [workdays(rules.undecided)]],
        [w.label('fieldLapse'), [workdays(rules.lapse)]],
        [w.label('fieldWaiting'), [listed(locale, rules.waiting.map(workdays))]],
        [w.label('fieldZone'), [rules.zone]],
      ),
      facts(
        [w.label('fieldKeepUndecided'), [days(rules.keepUndecided)]],
        [w.label('fieldKeepDecided'), [days(rules.keepDecided)]],
      ),
      buttons(
        button(w.label('changeReminders'), to('wg.rules', { p: 'reminders' })),
        button(w.label('changeKeeping'), to('wg.rules', { p: 'keeping' })),
      ),
    ],
  };
}

/** @param typed what was typed, which comes before what there is */
export function rulesForm(rules: Rules, isKeeping: boolean, locale: Locale, typed: Args): Form {
  const w = wgWords(locale);
  const field = (name: string, label: string, value: string, hint?: string): Field => ({
    name,
    label,
    kind: 'line',
    required: true,
    max: 60,
    value: typed[name] ?? value,
    ...(hint === undefined ? {} : { hint }),
  });
  const fields = isKeeping
    ? [
        field(
          'keepUndecided',
          w.label('fieldKeepUndecided'),
          String(rules.keepUndecided),
          w.label('hintKeepUndecided'),
        ),
        field('keepDecided', w.label('fieldKeepDecided'), String(rules.keepDecided), w.label('hintKeepDecided')),
      ]
    : [
        field('unclaimed', w.label('fieldUnclaimed'), String(rules.unclaimed), w.label('hintWorkdays')),
        field('undecided', w.label('fieldUndecided'), String(rules.undecided), w.label('hintWorkdays')),
        field('lapse', w.label('fieldLapse'), String(rules.lapse), w.label('hintWorkdays')),
        field('waiting', w.label('fieldWaiting'), rules.waiting.join(', '), w.label('hintWaiting')),
        field('zone', w.label('fieldZone'), rules.zone, w.label('hintZone')),
      ];
  const title = w.label(isKeeping ? 'formTitleKeeping' : 'formTitleReminders');
  return { locale, title, target: to('wg.ruled', { p: isKeeping ? 'keeping' : 'reminders' }), fields };
}

/** What the card of a desk tells. */
export interface DeskState {
  /** Where this space's requests are handled, when not here. */
  readonly handledBy: Space | undefined;
  /** Spaces whose requests are handled here beside its own. */
  readonly handles: readonly Space[];
  /** A fresh code for the staff of another space, and until when it works. */
  readonly code: { readonly text: string; readonly until: Date } | undefined;
  readonly isAdmin: boolean;
  readonly isStaff: boolean;
}

export function deskCard(state: DeskState, locale: Locale): Card {
  const w = wgWords(locale);
  const { handledBy, handles, code, isAdmin, isStaff } = state;
  const command = code && isolatedIn(locale, `/wg staff ${code.text}`);
  const rows: Block[] = handles.flatMap((space) => [
    para(...w.text('handles', { platform: platformName(space), space: space.space })),
    ...(isStaff ? [buttons(button(w.label('dropDesk'), to('wg.drop', { p: space.platform, s: space.space })))] : []),
  ]);
  return {
    locale,
    title: w.label('deskTitle'),
    blocks: [
      para(...(handledBy ? w.text('handledBy', { platform: platformName(handledBy) }) : w.text('handledHere'))),
      ...rows,
      ...(command && code
        ? [para(...w.text('codeIs', { command, when: time(code.until) })), quiet(...w.text('codeMeans'))]
        : []),
      ...(handledBy && isAdmin ? [buttons(button(w.label('handleHere'), to('wg.staff', { code: 'here' })))] : []),
    ],
  };
}
