import { describe, expect, test } from 'vitest';
import { readAddress, slugOf } from '../../../src/features/comments/address.js';
import { recorded } from '../../../src/features/comments/sample.js';

describe('the address of a proceeding', () => {
  test.each([
    [
      'https://www.icann.org/en/public-comment/proceeding/draft-data-processing-specifications-29-07-2024',
      '2024-07-29',
    ],
    [
      'https://icann.org/ar/public-comment/proceeding/phase-2-initial-report-of-the-epdp-11-04-2024?x=1#top',
      '2024-04-11',
    ],
    ['https://www.icann.org/public-comments/draft-pti-iana-fy19-2017-10-09-en', '2017-10-09'],
    ['http://www.icann.org/en/news/public-comment/op-budget-fy2013-17jan12-en.htm', '2012-01-17'],
    ['https://www.icann.org/ru/announcements/details/initial-report-3-7-2018-ru', '2018-07-03'],
    [
      'https://www.icann.org/en/public-comment/proceeding/some-report-01-02-2024/submissions/alac-28-02-2024',
      '2024-02-01',
    ],
  ])('%s tells that it opened on %s', (address, opening) => {
    expect(readAddress(address)?.opening).toBe(opening);
  });

  test('is the same proceeding in every language', () => {
    const slugs = ['en', 'fr', 'zh'].map((language) =>
      slugOf(`https://www.icann.org/${language}/public-comment/proceeding/new-gtlds-31-10-2007`),
    );
    expect(new Set(slugs)).toEqual(new Set(['new-gtlds-31-10-2007']));
    expect(slugOf('https://www.icann.org/public-comments/rss-governance-2019-05-23-fr')).toBe(
      'rss-governance-2019-05-23',
    );
  });

  test('gives most of its title, acronyms in capitals', () => {
    expect(
      readAddress('https://www.icann.org/en/public-comment/proceeding/icann-gnso-new-gtld-and-cctld-dns-11-04-2024')
        ?.title,
    ).toBe('ICANN GNSO new gTLD and ccTLD DNS');
  });

  test('whose date no calendar has tells no opening', () => {
    expect(
      readAddress('https://www.icann.org/en/public-comment/proceeding/a-report-31-02-2024')?.opening,
    ).toBeUndefined();
  });

  test.each(['', 'icann.org/x', 'javascript:alert(1)', 'https://', 'https://icann.org', 'mailto:a@b.c'])(
    '%s is none',
    (text) => {
      expect(readAddress(text)).toBeUndefined();
    },
  );

  test('a slug with broken percent signs is still read', () => {
    expect(slugOf('https://icann.org/public-comment/proceeding/a%E0b-01-02-2024')).toBe('a-e0b-01-02-2024');
  });

  test('of every proceeding on record that has today’s form tells its opening', () => {
    const known = recorded().filter(({ address = '' }) => /public-comment\/proceeding\//.test(address));
    expect(known.length).toBeGreaterThan(8);
    for (const { address = '', opening = '' } of known) {
      expect([address, readAddress(address)?.opening]).toEqual([address, opening.slice(0, 10)]);
    }
  });
});

test.each([
  ['https://example.org/pc?id=1', 'pc-id-1'],
  ['https://example.org/pc?id=2#top', 'pc-id-2'],
  ['https://www.icann.org/en/public-comment/proceeding/x-01-03-2026?lang=fr', 'x-01-03-2026'],
])('%s is named %s: a query counts where no date tells proceedings apart', (address, slug) =>
  expect(slugOf(address)).toBe(slug),
);
