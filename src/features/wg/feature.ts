// /wg: the working groups, requests to join them, and the staff who answer those.
import type { Feature } from '../../core/feature.js';
import { answer, reply } from './answering.js';
import { asked, askMore, quote } from './asking.js';
import { list, show } from './browse.js';
import { chores } from './chores.js';
import { approve, claim, give, hand, release, tick } from './deciding.js';
import { decline, lift, preview, reason } from './declining.js';
import { drop, ruled, rules, settings, staff } from './desk-routes.js';
import { change, fill, join } from './joining.js';
import { add, added, edit, part, remove, save } from './keeping.js';
import { open } from './opening.js';
import { unheardNotice } from './own.js';
import { erased, exported } from './privacy.js';
import { record } from './record-routes.js';
import { requests, stay, withdraw } from './requests.js';
import { wgWords } from './words/index.js';

export const wg: Feature = {
  name: 'wg',
  about: 'about',
  main: 'wg.list',
  routes: {
    'wg.list': list,
    'wg.show': show,
    'wg.join': join,
    'wg.requests': requests,
    'wg.add': add,
    'wg.edit': edit,
    'wg.remove': remove,
    'wg.record': record,
    'wg.settings': settings,
    'wg.staff': staff,
    'wg.fill': fill,
    'wg.change': change,
    'wg.withdraw': withdraw,
    'wg.answer': answer,
    'wg.reply': reply,
    'wg.stay': stay,
    'wg.open': open,
    'wg.claim': claim,
    'wg.release': release,
    'wg.hand': hand,
    'wg.give': give,
    'wg.approve': approve,
    'wg.tick': tick,
    'wg.ask': askMore,
    'wg.asked': asked,
    'wg.quote': quote,
    'wg.reason': reason,
    'wg.preview': preview,
    'wg.decline': decline,
    'wg.lift': lift,
    'wg.added': added,
    'wg.part': part,
    'wg.save': save,
    'wg.rules': rules,
    'wg.ruled': ruled,
    'wg.drop': drop,
  },
  words: wgWords,
  privacy: { exports: exported, erases: erased, stays: 'staysAfter' },
  notice: unheardNotice,
  tick: chores,
};
