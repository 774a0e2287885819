// What is kept of working groups, and under which ids.
import { z } from 'zod';
import { type Person, personId, type Space, spaceId } from '../../core/call.js';
import type { Bot } from '../../core/feature.js';
import type { Collection, Kind } from '../../core/store.js';
import { type Limits, limitsSchema } from './admission.js';
import {
  type Answers,
  answersSchema,
  type Group,
  groupSchema,
  isWaiting,
  owedNews,
  type Request,
  requestSchema,
} from './model.js';
import { rulesSchema, usualRules } from './rules.js';

const spaceOnly = z.object({ platform: z.string(), space: z.string() });
const person = spaceOnly.extend({ person: z.string() });

/** Whether something is still to be done about a request, by staff or by the program. */
const isLive = (request: Request): boolean =>
  isWaiting(request) ||
  request.placing !== undefined ||
  owedNews(request) !== undefined ||
  request.news.some(({ state }) => state === 'waiting');

const requestKind: Kind<Request> = {
  name: 'wg-requests',
  parse: (raw) => requestSchema.parse(raw),
  facets: (request) => ({
    stage: isLive(request) ? 'live' : 'over',
    home: spaceId(request.home),
    ...(request.by ? { by: personId(request.by) } : {}),
  }),
};
export const requestsOf = (bot: Bot): Collection<Request> => bot.store.collection(requestKind);

const answerKind: Kind<Answers> = {
  name: 'wg-answers',
  parse: (raw) => answersSchema.parse(raw),
  facets: ({ by }) => ({ by: personId(by) }),
};
/** By the id of their request, or by {@link draftId}. Nothing that a member wrote is anywhere else. */
export const answersOf = (bot: Bot): Collection<Answers> => bot.store.collection(answerKind);

const draftPrefix = 'draft/';
export const draftId = (by: Person, group: string): string => `${draftPrefix}${personId(by)}/${group}`;
export const isDraftId = (id: string): boolean => id.startsWith(draftPrefix);

const limitKind: Kind<Limits> = { name: 'wg-limits', parse: (raw) => limitsSchema.parse(raw) };
export const limitsOf = (bot: Bot): Collection<Limits> => bot.store.collection(limitKind);
export const limitsId = (bot: Bot, of: Person): string => bot.hash(of, 'wg-limits');

const ownGroupSchema = z.object({ space: spaceOnly, group: groupSchema });
const groupKind: Kind<z.infer<typeof ownGroupSchema>> = {
  name: 'wg-groups',
  parse: (raw) => ownGroupSchema.parse(raw),
  facets: ({ space }) => ({ space: spaceId(space) }),
};
/** What a space has added to the shipped list, or changed in it. */
export const ownGroupsOf = (bot: Bot): Collection<{ space: Space; group: Group }> => bot.store.collection(groupKind);
export const ownGroupId = (space: Space, group: string): string => `${spaceId(space)}/${group}`;

const deskSchema = z.object({
  /** The space whose staff answer for this one. */
  handledBy: spaceOnly.optional(),
  rules: rulesSchema.default(usualRules),
  /** Staff who have pressed something, the latest last: to whom a request can be handed over. */
  seen: z.array(person).default([]),
  /** The last day on which staff were told of their queue. */
  toldOn: z.string().optional(),
});
export type DeskSettings = z.infer<typeof deskSchema>;

const deskKind: Kind<DeskSettings> = {
  name: 'wg-desks',
  parse: (raw) => deskSchema.parse(raw),
  facets: ({ handledBy }): Record<string, string> => (handledBy ? { handledBy: spaceId(handledBy) } : {}),
};
/** By the id of their space. */
export const desksOf = (bot: Bot): Collection<DeskSettings> => bot.store.collection(deskKind);
export const newDesk: DeskSettings = deskSchema.parse({});

const codeSchema = z.object({ space: spaceOnly, by: person, until: z.iso.datetime() });
const codeKind: Kind<z.infer<typeof codeSchema>> = { name: 'wg-codes', parse: (raw) => codeSchema.parse(raw) };
/** Codes by which a space hands its requests to the staff of another, by the code. */
export const codesOf = (bot: Bot): Collection<z.infer<typeof codeSchema>> => bot.store.collection(codeKind);

const jobKind: Kind<{ day: string }> = {
  name: 'wg-jobs',
  parse: (raw) => z.object({ day: z.iso.date() }).parse(raw),
};
/** The day on which a job was last done, by its name. */
export const jobsOf = (bot: Bot): Collection<{ day: string }> => bot.store.collection(jobKind);
