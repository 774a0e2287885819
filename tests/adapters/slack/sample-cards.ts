// Cards and forms as they come from the features, for golden files.
import {
  button,
  buttons,
  type Card,
  channel,
  type Form,
  facts,
  link,
  mention,
  para,
  quiet,
  time,
  to,
} from '../../../src/core/card.js';

const by = { platform: 'slack', space: 'T1', person: 'UANN' };
const at = new Date('2026-03-01T23:59:00Z');

export const sampleCards: Readonly<Record<string, Card>> = {
  answer: {
    locale: 'en',
    title: 'PDP *and* <others>',
    blocks: [
      para({ kind: 'bold', text: 'PDP' }, ' — Policy Development Process <!channel> *not bold* `code`'),
      quiet('Source: ', link('gnso.icann.org', 'https://gnso.icann.org/a?b=1&c=2'), ' · seen ', time(at)),
      buttons(
        button('Share', to('acronym.share', { ids: 'a_b' }), 'main'),
        button('Share', to('acronym.share', { ids: 'a_b' })),
        button('Remove', to('glossary.remove', { id: 'a' }), 'danger'),
      ),
    ],
  },
  facts: {
    locale: 'en',
    blocks: [
      facts(
        ['Closes', [time(at)]],
        ['By', [mention(by)]],
        ['In', [channel('CGENERAL')]],
        ['On', [mention({ ...by, platform: 'discord', person: '123' })]],
      ),
      {
        kind: 'select',
        label: 'Language',
        name: 'language',
        target: to('rapporteur.language'),
        choices: [
          { value: 'en', label: 'English' },
          { value: 'fr', label: 'Français' },
        ],
        value: 'fr',
      },
    ],
  },
  arabic: {
    locale: 'ar',
    title: 'المواعيد',
    blocks: [
      para('يغلق في ', time(at), ' بواسطة ', mention(by)),
      quiet('المصدر: ', link('icann.org', 'https://icann.org/')),
      quiet('ملاحظة'),
    ],
  },
};

export const sampleForm: Form = {
  locale: 'en',
  title: 'Explain an acronym, at length',
  target: to('acronym.explain', { from: 'home' }),
  intro: ['Several are fine.'],
  fields: [
    {
      name: 'term',
      label: 'Acronym or term',
      kind: 'line',
      required: true,
      max: 300,
      value: 'PDP',
      hint: 'Such as PDP',
    },
    { name: 'why', label: 'Why', kind: 'lines' },
    {
      name: 'language',
      label: 'Language',
      kind: 'choice',
      value: 'fr',
      choices: [
        { value: 'en', label: 'English' },
        { value: 'fr', label: 'Français' },
      ],
    },
    { name: 'channel', label: 'Channel', kind: 'channel', value: 'CGENERAL' },
    {
      name: 'days',
      label: 'Days before the close',
      kind: 'checks',
      value: '7,1',
      choices: [
        { value: '14', label: 'Fourteen' },
        { value: '7', label: 'Seven' },
        { value: '1', label: 'One' },
      ],
    },
  ],
};
