// The whole examination, in the order in which an operator sets things up.
import type { Config, Variables } from '../../src/config.js';
import type { Clock } from '../../src/core/clock.js';
import type { Logger } from '../../src/core/feature.js';
import { within } from '../../src/core/within.js';
import { examinePort, examinePublic } from './address.js';
import { examineClock } from './clock.js';
import { examineDatabase } from './database.js';
import { examineDiscord } from './discord.js';
import type { Store } from './documents.js';
import { examineEnvFile, examineNode, examineVariables } from './environment.js';
import { type Finding, fault, wordFor } from './finding.js';
import { examineFolder } from './folder.js';
import { examineSlack } from './slack.js';
import { examineSource } from './source.js';
import { staffChannelsIn } from './staff.js';

export interface Patient {
  readonly env: Variables;
  /** Path of the .env file, which need not exist. */
  readonly envFile: string;
  /** Of Node, such as `20.19.0`. */
  readonly node: string;
  readonly clock: Clock;
}

/** Nothing takes longer, in milliseconds. */
const patience = 45_000;

/** The SDKs say what is wrong by what they throw; their logs would only repeat it. */
const silent: Logger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** Changes nothing, and disturbs no bot that is running. Never rejects: what cannot be looked at is a finding. */
export async function examine({ env, envFile, node, clock }: Patient): Promise<readonly Finding[]> {
  const { config, findings } = examineVariables(env);
  const store = await examineStore(config, clock);
  const staff = staffChannelsIn(config.staffChannels, store.chosen);
  const { slack, discord, operator } = config;
  const parts = await Promise.all([
    guarded('.env', () => examineEnvFile(envFile)),
    slack ? guarded('Slack', () => examineSlack(slack, staff, clock, silent)) : [],
    discord ? guarded('Discord', () => examineDiscord(discord, staff, clock)) : [],
    guarded('clock', () => clocksOf(config, clock)),
    operator.commentsSource
      ? guarded('COMMENTS_SOURCE', async () => [await examineSource(operator.commentsSource ?? '')])
      : [],
    guarded('PORT', () => addressesOf(config)),
  ]);
  const [envFindings, ...others] = parts;
  return [examineNode(node), ...findings, ...envFindings, ...store.findings, ...others.flat()];
}

async function guarded(about: string, look: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return (await within(look(), patience)) ?? [fault(about, `gave no answer within ${patience / 1000} s`)];
  } catch (error) {
    return [fault(about, `could not be looked at (${wordFor(error)})`)];
  }
}

async function examineStore({ databaseUrl, dataDir, secretKey }: Config, clock: Clock): Promise<Store> {
  let chosen: Store['chosen'] = new Map();
  const findings = await guarded(databaseUrl ? 'DATABASE_URL' : 'DATA_DIR', async () => {
    const store = await (databaseUrl ? examineDatabase(databaseUrl, clock) : examineFolder(dataDir, secretKey));
    chosen = store.chosen;
    return store.findings;
  });
  return { findings, chosen };
}

/** One platform is enough: there is one clock here. */
async function clocksOf({ slack, discord }: Config, clock: Clock): Promise<readonly Finding[]> {
  if (slack) return examineClock('Slack’s clock', `${slack.apiUrl ?? 'https://slack.com/api/'}api.test`, clock);
  if (discord)
    return examineClock('Discord’s clock', `${discord.apiUrl ?? 'https://discord.com/api'}/v10/gateway`, clock);
  return [];
}

async function addressesOf(config: Config): Promise<readonly Finding[]> {
  const { finding, isRunning } = await examinePort(config);
  return [finding, ...(await examinePublic(config, isRunning))];
}
