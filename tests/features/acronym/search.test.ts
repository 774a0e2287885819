import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { meanOf, nearMissRates } from '../../../scripts/near-misses.js';
import { fold } from '../../../src/features/acronym/fold.js';
import { shippedGlossary as glossary } from '../../../src/features/acronym/glossary.js';
import { aliasesOf, type Sense } from '../../../src/features/acronym/model.js';
import { glossaryOf } from '../../../src/features/acronym/search.js';

const names = (senses: readonly Sense[]): string[] => senses.map(({ acronym }) => acronym);
const first = (asked: string): string[] => names(glossary.lookUp(asked)[0]?.senses ?? []);

const isKey =
  (name: string) =>
  (sense: Sense): boolean =>
    [sense.acronym, ...aliasesOf(sense)].some((one) => fold(one) === fold(name));

describe('what is exact', () => {
  test.each(['PDP', 'pdp', 'p.d.p.', ' P-D-P ', 'ＰＤＰ', 'PDPs', 'pdp’s'])('%s is PDP', (asked) => {
    expect(first(asked)).toContain('PDP');
  });

  test.each(['ALSes', 'alses', 'ALSES', 'ALSs', 'ALS’s'])('%s are ALS', (asked) => {
    expect(first(asked)).toEqual(['ALS']);
  });

  test('every acronym is found by its plural, unless that is a name of its own', () => {
    for (const { acronym } of glossary.senses) {
      for (const plural of [`${acronym}s`, ...(/(?:[sxz]|[cs]h)$/i.test(acronym) ? [`${acronym}es`] : [])]) {
        const found = glossary.exact(plural);
        if (!found.some(isKey(plural))) expect(names(found)).toContain(acronym);
      }
    }
  });

  test('every acronym of the glossary finds itself', () => {
    for (const { acronym } of glossary.senses) expect(names(glossary.exact(acronym))).toContain(acronym);
  });

  test('all senses come, ICANN’s first', () => {
    const senses = glossary.exact('EC');
    expect(senses.length).toBe(3);
    expect(senses[0]?.body).toBe('ICANN');
  });

  test('several terms are each answered, however they are set apart', () => {
    for (const asked of ['PDP GNSO ALAC', 'pdp, gnso; alac', 'PDP، GNSO، ALAC', 'PDP\nGNSO\nALAC', 'PDP、GNSO、ALAC']) {
      expect(glossary.lookUp(asked).map(({ senses }) => senses[0]?.acronym)).toEqual(['PDP', 'GNSO', 'ALAC']);
    }
  });

  test('an acronym of two words is not torn apart', () => {
    expect(glossary.lookUp('PDP ASO AC GNSO').map(({ senses }) => senses[0]?.acronym)).toEqual([
      'PDP',
      'ASO AC',
      'GNSO',
    ]);
  });
});

describe('words of an expansion', () => {
  test.each([
    ['policy development process', 'PDP'],
    ['policy development', 'PDP'],
    ['Comité asesor gubernamental', 'GAC'],
    ['комитет правительственный консультативный', 'GAC'],
  ])('%s finds %s', (asked, acronym) => expect(first(asked)).toContain(acronym));

  test('every whole expansion finds its acronym, in every language that it has', () => {
    for (const sense of glossary.senses) {
      for (const expansion of Object.values(sense.expansion)) {
        expect(names(glossary.lookUp(expansion).flatMap(({ senses }) => senses))).toContain(sense.acronym);
      }
    }
  });
});

describe('every language', () => {
  test.each([
    // French, Spanish, Portuguese: accents, capitals and apostrophes do not count.
    ['comite consultatif gouvernemental', 'GAC'],
    ['ELABORATION DES POLITIQUES', 'PDP'],
    ["processus d'élaboration", 'PDP'],
    ['comite asesor gubernamental', 'GAC'],
    ['solicitud de presupuesto', 'ABR'],
    ['solicitacao de orcamento', 'ABR'],
    ['OIG', 'IGO'],
    ['oing', 'INGO'],
    ['ONGI', 'INGO'],
    ['CIO', 'IOC'],
    ['GT', 'WG'],
    // Cyrillic: capitals, ё and й, words in any order.
    ['мпо', 'IGO'],
    ['МНПО', 'INGO'],
    ['МОК', 'IOC'],
    ['рг', 'WG'],
    ['РДВУ', 'gTLD'],
    ['второго уровня домен', '2LD'],
    ['финансирование дополнительное', 'ABR'],
    // Arabic: vowel signs, hamza, the forms of alif, ya and ta marbuta, kashida, the article.
    ['آيكان', 'ICANN'],
    ['ايكان', 'ICANN'],
    ['مِيزَانِيَّة إضافيّة', 'ABR'],
    ['ميزانيه اضافيه', 'ABR'],
    ['الميزانية الإضافية', 'ABR'],
    ['طلـــب ميزانية', 'ABR'],
    // Chinese: any part of a name, without spaces.
    ['二级域名', '2LD'],
    ['额外预算', 'ABR'],
    ['预算请求', 'ABR'],
    ['咨询委员会', 'AC'],
  ])('%s finds %s', (asked, acronym) => {
    expect(names(glossary.lookUp(asked).flatMap(({ senses }) => senses))).toContain(acronym);
  });

  test('Chinese that only shares characters with a name does not find it', () => {
    expect(names(glossary.byWords('请求预算'))).not.toContain('ABR');
  });

  test('digits of Arabic are the digits that they are', () => {
    expect(first('٢LD')).toContain('2LD');
  });

  test('whose own acronym it is comes before those for whom it is another name', () => {
    expect(names(glossary.exact('COI'))).toEqual(['COI', 'IOC']);
  });
});

describe('near misses', () => {
  test.each([
    ['GNOS', 'GNSO'],
    ['GNS', 'GNSO'],
    ['GNSOO', 'GNSO'],
    ['UDPR', 'UDRP'],
    ['ICANM', 'ICANN'],
  ])('%s brings %s first', (asked, acronym) => {
    const [found] = glossary.lookUp(asked);
    expect(found?.senses).toEqual([]);
    expect(found?.near[0]?.acronym).toBe(acronym);
  });

  test('there are never more than five, none of them twice', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,6}$/), (typed) => {
        const near = glossary.near(typed);
        expect(near.length).toBeLessThanOrEqual(5);
        expect(new Set(near).size).toBe(near.length);
      }),
    );
  });

  test('a slip of one letter brings the right one first in 85 of 100 cases, and into the first three in 95', () => {
    const rates = nearMissRates();
    expect(meanOf(rates, 'first')).toBeGreaterThan(0.85);
    expect(meanOf(rates, 'three')).toBeGreaterThan(0.95);
  });
});

test('an alias of another language finds its sense', () => {
  const small = glossaryOf([
    {
      id: 'igo',
      acronym: 'IGO',
      aliases: { fr: ['OIG'], ru: ['МПО'] },
      body: 'ICANN',
      expansion: { en: 'Intergovernmental Organization' },
      sources: ['x'],
      seen: '2026-11-01',
    },
  ]);
  expect(names(small.exact('мпо'))).toEqual(['IGO']);
});
