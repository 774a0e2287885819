// The glossary as it ships: complete, unambiguous, fit for a card.
import { describe, expect, test } from 'vitest';
import { shippedGlossary as glossary } from '../../../src/features/acronym/glossary.js';
import { definedBodies } from '../../../src/features/acronym/model.js';
import { fold } from '../../../src/features/acronym/search.js';

const { senses } = glossary;

describe('the shipped glossary', () => {
  test('has the 534 senses that were collected, and those that newcomers miss', () => {
    expect(senses.length).toBeGreaterThan(534);
    const wanted =
      'PDP EPDP RALO AFRALO APRALO EURALO LACRALO NARALO ALS ALM EMM SubPro PSWG BGIG IGF CCWG SOI RDS phishing malware pharming';
    for (const acronym of wanted.split(' '))
      expect([acronym, glossary.exact(acronym).length > 0]).toEqual([acronym, true]);
  });

  test('has ids that are told apart', () => expect(new Set(senses.map(({ id }) => id)).size).toBe(senses.length));

  test('tells no sense twice', () => {
    const told = senses.map(({ acronym, expansion }) => `${acronym}: ${expansion.en}`);
    expect(told.filter((one, at) => told.indexOf(one) !== at)).toEqual([]);
  });

  test('defines every sense of the community’s own bodies in one to three sentences', () => {
    const own = senses.filter(({ body }) => definedBodies.includes(body));
    expect(own.length).toBeGreaterThanOrEqual(290);
    for (const { acronym, definition } of own) {
      const text = definition?.en ?? '';
      const sentences = text.split(/[.!?](?:\s|$)/).filter((one) => one.trim() !== '');
      expect([acronym, sentences.length >= 1 && sentences.length <= 4, text.endsWith('.')]).toEqual([
        acronym,
        true,
        true,
      ]);
    }
  });

  test('is in alphabetical order, so that a person finds the place to edit', () => {
    const order = senses.map(({ acronym }) => acronym.toLowerCase());
    expect(order).toEqual([...order].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
  });

  test('has no alias that is somebody else’s name', () => {
    const names = new Map(senses.map(({ acronym }) => [fold(acronym), acronym]));
    const clashes = senses.flatMap(({ acronym, aliases = [] }) =>
      aliases
        .filter((alias) => names.has(fold(alias)) && fold(alias) !== fold(acronym))
        .map((alias) => `${acronym}: ${alias}`),
    );
    expect(clashes).toEqual([]);
  });
});
