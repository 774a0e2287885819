// Acronyms in messages: what counts, in which order, in how much time.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shippedGlossary as glossary } from '../../../src/features/acronym/glossary.js';
import { acronymsIn } from '../../../src/features/acronym/scan.js';
import { glossaryOf } from '../../../src/features/acronym/search.js';

const found = (text: string): string[] => acronymsIn(glossary, text).map(({ senses }) => senses[0]?.acronym ?? '');

describe('what counts', () => {
  test.each([
    ['The GNSO starts a PDP.', ['GNSO', 'PDP']],
    ['PDPs, ccTLD’s and RALOs; PDP again', ['PDP', 'ccTLD', 'RALO']],
    ['Our ALSes met', ['ALS']],
    ['(GAC), “ALAC”, *SSAC* _RSSAC_ ~ASO~', ['GAC', 'ALAC', 'SSAC', 'RSSAC', 'ASO']],
    ['GNSO/ccNSO, GAC-led, ICANN’s', ['GNSO', 'ccNSO', 'GAC', 'ICANN']],
    ['AT&T and S/MIME and IS-IS', ['AT&T', 'S/MIME', 'IS-IS']],
    ['the ASO AC met', ['ASO AC']],
    ['the GAC Advice', ['GAC Advice', 'GAC']],
    ['NextGen@ICANN begins', ['NextGen']],
    ['l’ICANN et la GNSO', ['ICANN', 'GNSO']],
    ['end of the PDP.Then the GNSO', ['PDP', 'GNSO']],
    ['the <GNSO> Council and <PDP>, <i>GAC', ['GNSO', 'PDP', 'GAC']],
    ['a <- GNSO and PDP -> b, <3 GAC>', ['GNSO', 'PDP', 'GAC']],
    ['at ICANN80 after ICANN79’s RFC8080', ['ICANN', 'RFC']],
    ['IPv6 and WS2 are names themselves', ['IPv6', 'WS2']],
    ['ＧＮＳＯ与ｃｃＮＳＯ', ['GNSO', 'ccNSO']],
  ])('%s', (text, expected) => expect(found(text)).toEqual(expected));

  const words = 'AS IT SO PI RA IG CORE CRISP DoT GA POP SIP ISA NAT PEM RIP RO SIC COP'.split(' ');

  test('a word that happens to be an acronym counts in the case of the acronym and in no other', () => {
    for (const word of words.filter((one) => glossary.exact(one).some(({ acronym }) => acronym === one))) {
      expect(found(`so ${word} ends`).length).toBe(1);
      const capital = `${word.charAt(0)}${word.slice(1).toLowerCase()}`;
      for (const other of [word.toLowerCase(), capital])
        expect([other, found(`so ${other} ends`)]).toEqual([other, []]);
    }
    expect(found('Dot, DOT and dot are not DoT')).toEqual(['DoT']);
    expect(found('the cctld, CCTLD and Cctld')).toEqual([]);
  });

  test('an acronym of another language is found as it is written there', () => {
    expect(found('Наша РГ и МПО')).toEqual(['WG', 'IGO']);
    expect(found('les OIG et le CIO')).toEqual(['IGO', 'IOC']);
  });

  test('another name that is somebody’s own acronym is theirs', () => expect(found('a COI form')).toEqual(['COI']));

  test('is told once, where it comes first', () =>
    expect(found('GAC ALAC GAC PDPs PDP')).toEqual(['GAC', 'ALAC', 'PDP']));
});

describe('what does not count', () => {
  test.each([
    ['code', 'see `GNSO` and ``a ` GAC`` here'],
    ['a block of code', 'see\n```\nGNSO = PDP\n```\nhere'],
    ['a link', 'https://gnso.icann.org/GNSO/PDP HTTPS://X.ORG/GAC ftp://GAC/'],
    ['a link in brackets', '<https://x.org/GNSO> and (https://x.org/(PDP))'],
    ['an address without a scheme', 'GNSO.icann.org/PDP and ICANN.org and report-PDP.pdf'],
    ['an e-mail address', 'GNSO@icann.org, x.PDP@GAC.example mailto:PDP@x.org'],
    ['a mention', '@GNSO <@GAC> <@&ALAC> @PDP-staff'],
    ['a channel', '#GNSO <#GAC>'],
    ['an emoji of a server', '<:GNSO:123> <a:PDP:45>'],
    ['what a platform draws itself', '<t:1:GNSO> <id:GNSO> </glossary GAC:12> <!subteam^S1|@GNSO> <!here|GAC>'],
    ['a link with its label, as Slack sends it', '<https://x.org|the GNSO> <http://y.org/GAC|PDP>'],
    ['a word in whose number no letters are left', 'A80 2026GNSO2 x86 GNSO123456'],
    ['code over several lines of a paragraph', 'see `GNSO\nand PDP` here'],
    ['a block with blank lines', '```\nGNSO\n\nPDP\n \n```'],
  ])('%s', (_, text) => expect(found(text)).toEqual([]));

  test('what stands beside these counts all the same', () => {
    expect(found('GAC `PDP` ALAC https://x.org/SSAC GNSO a@b.org RSSAC')).toEqual(['GAC', 'ALAC', 'GNSO', 'RSSAC']);
    expect(found('a stray ` before the PDP')).toEqual(['PDP']);
    expect(found('the GNSO `stray\n\nthen the PDP and a ` tick')).toEqual(['GNSO', 'PDP']);
    expect(found('one ` here\n \t\nPDP `GAC` and ``\n\nALAC `')).toEqual(['PDP', 'ALAC']);
    expect(found('a block ``` that never ends, PDP')).toEqual(['PDP']);
  });
});

describe('other scripts around an acronym are no obstacle', () => {
  test.each([
    ['由GNSO启动的PDP，以及ALAC。', ['GNSO', 'PDP', 'ALAC']],
    ['请看https://x.org/GAC，然后是PDP', ['PDP']],
    ['联系GAC@icann.org谢谢PDP', ['PDP']],
    ['تبدأ الـGNSO عملية PDP، وتقولALAC.', ['GNSO', 'PDP', 'ALAC']],
    ['\u2068GNSO\u2069 و\u200ePDP\u200f', ['GNSO', 'PDP']],
    ['В GNSO-группе и ICANNом, PDP-процесс', ['GNSO', 'ICANN', 'PDP']],
  ])('%s', (text, expected) => expect(found(text)).toEqual(expected));

  test('signs above letters stay with them', () => expect(found('e\u0301GAC GAC')).toEqual(['GAC']));
});

describe('however long and strange a message is', () => {
  test('every acronym in it is found, however many there are', () => {
    const all = [...new Set(glossary.senses.map(({ acronym }) => acronym))].filter((one) => /^[A-Z]{3,}$/.test(one));
    expect(acronymsIn(glossary, all.join(' '))).toHaveLength(all.length);
  });

  test('whatever it holds, what is found stands in it', () => {
    const part = fc.oneof(
      fc.constantFrom('GNSO', 'PDP', '`', '```', '<', '>', '@', '://', ' ', '\n', '启', 'س', 'ж'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        for (const { term } of acronymsIn(glossary, text)) expect(text.replace(/[^\S\n]+/gu, ' ')).toContain(term);
      }),
    );
  });
});

test('an entry that is taken out is found no longer', () => {
  const sense = glossary.byId('gac');
  const small = glossaryOf(sense ? [sense] : []);
  expect(acronymsIn(small, 'GAC and PDP').map(({ term }) => term)).toEqual(['GAC']);
});
