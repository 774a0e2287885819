// The groups: the list that ships with the program, and what a space has made of it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { z } from 'zod';
import type { Space } from '../../core/call.js';
import { spaceId } from '../../core/call.js';
import type { Bot } from '../../core/feature.js';
import { refuse } from '../../core/refusal.js';
import { upsert } from '../../core/store.js';
import { ownGroupId, ownGroupsOf } from './collections.js';
import { deskSpace } from './desk.js';
import { bodies, type Group, groupSchema } from './model.js';

const file = createRequire(import.meta.url).resolve('#wg/groups.json');

/** The file as it is edited by hand. */
const fileSchema = z.strictObject({ about: z.string(), groups: z.array(groupSchema) });

export const shippedGroups: readonly Group[] = fileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).groups;

/** GAC first, then as {@link bodies} has them; by their ids within. */
function ordered(groups: Iterable<Group>): readonly Group[] {
  const place = ({ parents }: Group): number => bodies.indexOf(parents[0] ?? 'other') * 10 + parents.length;
  return [...groups].sort((a, b) => place(a) - place(b) || (a.id < b.id ? -1 : 1));
}

/** Every group that a space knows, removed ones included: requests may still name them. */
export async function knownGroups(bot: Bot, home: Space): Promise<readonly Group[]> {
  const desk = await deskSpace(bot, home);
  const own = await ownGroupsOf(bot).find({ space: spaceId(desk) });
  const all = new Map(shippedGroups.map((group) => [group.id, group]));
  for (const { value } of own) all.set(value.group.id, value.group);
  return ordered(all.values());
}

export const listedGroups = async (bot: Bot, home: Space): Promise<readonly Group[]> =>
  (await knownGroups(bot, home)).filter(({ isRemoved }) => !isRemoved);

/** How an id is typed: case and blanks do not matter. */
export const typedGroupId = (typed: string): string => typed.trim().toUpperCase().replace(/\s+/g, '-');

/** @returns the group, also one that was removed from the list; undefined when there never was one */
export async function groupOf(bot: Bot, home: Space, id: string): Promise<Group | undefined> {
  return (await knownGroups(bot, home)).find((group) => group.id === id);
}

/** @throws Refusal `noGroup` when it is not on the list */
export async function needGroup(bot: Bot, home: Space, typed: string): Promise<Group> {
  const id = typedGroupId(typed);
  const group = await groupOf(bot, home, id);
  if (!group || group.isRemoved) throw refuse('noGroup', { typed: typed.slice(0, 60), command: '/wg' });
  return group;
}

/**
 * Changes a group of the list for one space and those that it handles.
 * @param change pure; what it throws reaches the caller and changes nothing
 * @throws Refusal `noGroup`
 */
export async function changeGroup(bot: Bot, space: Space, id: string, change: (old: Group) => Group): Promise<Group> {
  const group = await needGroup(bot, space, id);
  const own = { platform: space.platform, space: space.space };
  const doc = await upsert(ownGroupsOf(bot), ownGroupId(own, group.id), { space: own, group }, (old) => ({
    ...old,
    group: groupSchema.parse(change(old.group)),
  }));
  return doc.value.group;
}

/** @throws Refusal `groupExists` */
export async function addGroup(bot: Bot, space: Space, group: Group): Promise<void> {
  const own = { platform: space.platform, space: space.space };
  const known = await groupOf(bot, space, group.id);
  if (known && !known.isRemoved) throw refuse('groupExists', { id: group.id }, 'gid');
  if (await ownGroupsOf(bot).insert(ownGroupId(own, group.id), { space: own, group })) return;
  const doc = await ownGroupsOf(bot).get(ownGroupId(own, group.id));
  if (!doc?.value.group.isRemoved || !(await ownGroupsOf(bot).replace(doc, { space: own, group }))) {
    throw refuse('groupExists', { id: group.id }, 'gid');
  }
}
