// Charts as the features make them, in every language.
import type { Bar, Chart } from '../../src/core/chart.js';
import type { Locale } from '../../src/core/locale.js';

const bars = (...labels: readonly string[]): readonly Bar[] =>
  labels.map((label, at) => ({
    label,
    value: [12, 5, 5][at] ?? 0,
    shown: ['12 (54 %)', '5 (23 %)', '5 (23 %)'][at] ?? '',
  }));

export const samples: Readonly<Record<Locale, Chart>> = {
  en: {
    locale: 'en',
    title: 'Should the ALAC ask for two more weeks of public comment on the next round of gTLDs?',
    bars: bars('Yes', 'No', 'No opinion'),
    notes: ['An informal pulse, not a vote: it binds nobody.', '22 people, 26 November 2026'],
  },
  fr: {
    locale: 'fr',
    title: 'L’ALAC doit-il demander deux semaines de plus pour la consultation publique ?',
    bars: bars('Oui', 'Non', 'Sans opinion'),
    notes: ['Sondage informel et non un vote : il n’engage personne.', '22 personnes, 26 novembre 2026'],
  },
  es: {
    locale: 'es',
    title: '¿Debería el ALAC pedir dos semanas más para el comentario público?',
    bars: bars('Sí', 'No', 'Sin opinión'),
    notes: ['Sondeo informal, no una votación: no obliga a nadie.', '22 personas, 26 de noviembre de 2026'],
  },
  zh: {
    locale: 'zh',
    title: 'ALAC 是否应当请求将新一轮通用顶级域（gTLD）的公众评议期延长两周？',
    bars: bars('应当', '不应当', '无意见'),
    notes: ['非正式民意调查，不是投票，对任何人均无约束力。', '22 人，2026年11月26日'],
  },
  ar: {
    locale: 'ar',
    title: 'هل ينبغي أن تطلب ALAC تمديد فترة التعليقات العامة على نطاقات gTLD أسبوعين؟',
    bars: bars('نعم', 'لا', 'GAC 12 (60 %)'),
    notes: ['استطلاع غير رسمي وليس تصويتًا، ولا يُلزم أحدًا.', '22 شخصًا، 26 نوفمبر 2026'],
  },
  ru: {
    locale: 'ru',
    title: 'Следует ли ALAC просить о продлении общественного обсуждения на две недели?',
    bars: bars('Да', 'Нет', 'Нет мнения'),
    notes: ['Неофициальный опрос, а не голосование: он никого не обязывает.', '22 человека, 26 ноября 2026 г.'],
  },
  pt: {
    locale: 'pt',
    title: 'O ALAC deve pedir mais duas semanas para o comentário público?',
    bars: bars('Sim', 'Não', 'Sem opinião'),
    notes: ['Consulta informal, e não uma votação: não obriga ninguém.', '22 pessoas, 26 de novembro de 2026'],
  },
};

/** Every text as long as members may make it: a question of 300 characters, ten options of 100. */
export function fullest(locale: Locale): Chart {
  const { title, notes } = samples[locale];
  const filled = (length: number): string => `${title} `.repeat(10).slice(0, length);
  const options = [filled(100), 'W'.repeat(100), `${'\u{1f44d}\u{1f3fd}'.repeat(25)}`, '域'.repeat(100)];
  return {
    locale,
    title: filled(300),
    subtitle: filled(150),
    bars: Array.from({ length: 10 }, (_, at) => ({
      label: options[at % options.length] ?? '',
      value: at,
      shown: at === 9 ? filled(90) : `${at} (10 %)`,
    })),
    notes: [...notes, filled(200)],
  };
}
