// Puts the parts of core together: what the program and every whole-bot test run.
import { setTimeout as wait } from 'node:timers/promises';
import { accessBy } from './access.js';
import { blockedCard } from './blocked-card.js';
import type { Draw } from './chart.js';
import { type Clock, newId as makeId } from './clock.js';
import { addressId, type Blocked } from './delivery.js';
import { dispatcher } from './dispatch.js';
import { draftsIn } from './draft.js';
import { faultFacts } from './fault.js';
import type { Bot, Feature, Logger, Operator } from './feature.js';
import { type Health, healthOf } from './health.js';
import { outboxTo, type WorkingOutbox } from './outbox.js';
import { ownPrivacyIn } from './own-privacy.js';
import type { Core, Platform } from './platform.js';
import { hashWith } from './secret.js';
import { settingsIn } from './settings.js';
import type { Store } from './store.js';
import { metered } from './store-meter.js';
import { type Ticker, tickerOf } from './ticker.js';

export interface Parts {
  readonly features: readonly Feature[];
  readonly platforms: readonly Platform[];
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  /** Staff channels that the environment names, by platform. */
  readonly staffChannels: Readonly<Record<string, string | undefined>>;
  readonly secretKey: string;
  readonly draw: Draw;
  readonly operator: Operator;
  /** Ids for a test that wants to know them beforehand. */
  readonly newId?: () => string;
  /** Waits between two messages of a lane, or two drawings; a test need not. */
  readonly sleep?: (milliseconds: number) => Promise<void>;
}

export interface Assembled {
  readonly core: Core;
  readonly bot: Bot;
  readonly ticker: Ticker;
  readonly health: Health;
  readonly outbox: WorkingOutbox;
  /** Makes ready what first callers would have to wait for. Never rejects: they then wait. */
  prepare(): Promise<void>;
}

export function assemble(parts: Parts): Assembled {
  const { features, platforms, clock, log } = parts;
  const { store, metrics: storeMetrics } = metered(parts.store);
  const sleep = parts.sleep ?? wait;
  const newId = parts.newId ?? (() => makeId(clock.now()));
  const byName = new Map(platforms.map((platform) => [platform.name, platform]));
  const settings = settingsIn(store, parts.staffChannels);
  const access = accessBy(byName, settings, clock, log);
  const drafts = draftsIn(store, clock, newId);
  const tellStaff = async (blocked: Blocked): Promise<void> => {
    const staff = await settings.staffPlace(blocked.to);
    if (!staff || addressId(staff) === addressId(blocked.to)) return;
    const key = `blocked/${addressId(blocked.to)}/${blocked.since}`;
    await outbox.once(key, staff, blockedCard(blocked, (await settings.channelLocale(staff)) ?? 'en'));
  };
  const outbox = outboxTo({
    platforms: byName,
    store,
    clock,
    log,
    owner: newId(),
    sleep,
    onBlocked: tellStaff,
  });
  const bot: Bot = {
    store,
    clock,
    log,
    settings,
    features,
    newId,
    sleep,
    outbox,
    is: ({ by }, role) => access.is(by, role),
    channelState: access.channelState,
    presence: access.presence,
    hasLeft: access.hasLeft,
    profile: access.profile,
    hash: hashWith(parts.secretKey),
    draw: parts.draw,
    operator: parts.operator,
    ownPrivacy: ownPrivacyIn(store, drafts),
    states: (space) =>
      Promise.all(
        platforms.map(async (platform) => ({
          name: platform.name,
          connected: platform.connected(),
          lacks: platform.name === space.platform ? await platform.lacks(space) : [],
        })),
      ),
  };
  const ticking = features.flatMap(({ name, tick }) => (tick ? [{ name, tick: (now: Date) => tick(now, bot) }] : []));
  const ticker = tickerOf(
    [...ticking, { name: 'drafts', tick: drafts.tidy }, { name: 'outbox', tick: () => outbox.work() }],
    { clock, log },
  );
  const health = healthOf({ platforms, store, clock, ticker, outbox, storeMetrics });
  const prepare = async (): Promise<void> => {
    for (const feature of features) {
      try {
        await feature.prepare?.();
      } catch (error) {
        log.warn({ part: feature.name, ...faultFacts(error) }, 'nothing could be made ready for first callers');
      }
    }
  };
  return { core: dispatcher({ features, bot, drafts, observe: health.observe }), bot, ticker, health, outbox, prepare };
}
