// Entries of a space's own glossary, as many as are wanted, the same at every run.
import type { Entry } from '../../src/features/acronym/own/model.js';

export type Pick = (below: number) => number;

/** A row of numbers that looks like chance (Park and Miller, 1988). */
export function numbers(seed: number): Pick {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

export const words = (
  'policy internet names domain registry council working group review advisory committee process development regional ' +
  'community security stability budget strategic implementation team public comment technical operations data protection ' +
  'accountability transparency outreach capacity government stakeholder model universal acceptance abuse mitigation'
).split(' ');
const russian = 'группа политика домен реестр совет рабочая процесс развитие комитет правление сообщество'.split(' ');
const chinese = [...'域名注册管理机构政策制定流程工作组理事会社群咨询委员会安全稳定'];

function entryAt(nth: number, pick: Pick): Entry {
  const letters = Array.from({ length: 3 + pick(4) }, () => String.fromCharCode(65 + pick(26))).join('');
  const some = (from: readonly string[], count: number, between: string): string =>
    Array.from({ length: count }, () => from[pick(from.length)]).join(between);
  return {
    acronym: `${letters}${nth % 7 === 0 ? nth : ''}`,
    expansion: {
      en: `${some(words, 3 + pick(4), ' ')} ${nth}`,
      ...(nth % 3 === 0 ? { ru: `${some(russian, 3 + pick(3), ' ')} ${nth}` } : {}),
      ...(nth % 5 === 0 ? { zh: `${some(chinese, 6 + pick(6), '')}${nth}` } : {}),
    },
    definition: { en: some(words, 20, ' ') },
  };
}

export function entries(count: number): readonly Entry[] {
  const pick = numbers(7);
  return Array.from({ length: count }, (_, nth) => entryAt(nth, pick));
}
