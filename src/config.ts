// Environment -> Config, or a list of faults. The one file that reads process.env.
import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { z } from 'zod';

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

/** What a header can carry: a token that was pasted with more in it would be refused by every request, not by Slack. */
const carried = /^[\x21-\x7e]+$/;
const uncarried = 'must be copied whole and alone, without spaces or signs that none has';

const starts = (prefix: string): z.ZodString =>
  z.string().startsWith(prefix, `must start with "${prefix}"`).regex(carried, uncarried);

/** http or https, without credentials; the check of zod's own httpUrl refuses localhost. */
const address = (ending: RegExp, right: string): z.ZodType<string> =>
  z.string().refine((text) => isBareAddress(text) && ending.test(text), {
    message: `must be an http or https address ${right}`,
  });

function isBareAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && [username, password, search, hash].every((part) => part === '');
}

/** Whether an address leads to this machine, where nobody listens on the way. */
const isHere = (url: URL): boolean => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);

/** What the source of proceedings would refuse when it is read: better said at the start. */
const isSource = (text: string): boolean => {
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(text)) return true; // the path of a file
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return url.protocol === 'https:' || (url.protocol === 'http:' && isHere(url));
};

const channelId = (pattern: RegExp, right: string): z.ZodType<string> =>
  z.string().regex(pattern, `must be a channel id such as ${right}`);

const schema = z.object({
  SLACK_BOT_TOKEN: starts('xoxb-').optional(),
  SLACK_SIGNING_SECRET: z.string().regex(carried, uncarried).optional(),
  SLACK_APP_TOKEN: starts('xapp-').optional(),
  SLACK_API_URL: address(/\/api\/$/, 'that ends in "/api/"').optional(),
  SLACK_STAFF_CHANNEL: channelId(/^[CG][A-Z0-9]+$/, '"C0123456789"').optional(),
  DISCORD_TOKEN: z.string().regex(carried, 'must be the token alone, without "Bot " or spaces').optional(),
  DISCORD_API_URL: address(/\/api$/, 'that ends in "/api", without a version').optional(),
  DISCORD_GUILD_ID: z
    .string()
    .regex(/^\d{17,20}$/, 'must be a server id of 17 to 20 digits')
    .optional(),
  DISCORD_STAFF_CHANNEL: channelId(/^\d{17,20}$/, '"123456789012345678"').optional(),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with "postgres://"')
    .optional(),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a number from 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a number from 0 to 65535')
    .default(3000),
  HOST: z.string().optional(),
  PUBLIC_URL: address(/./, 'such as "https://bot.example.org", without a question mark in it').optional(),
  SECRET_KEY: z.string().min(32, 'must have at least 32 characters').optional(),
  COMMENTS_SOURCE: z
    .string()
    .refine(isSource, 'must be the path of a file, or an address that begins with "https://"')
    .optional(),
  LOG_LEVEL: z.enum(levels, { error: `must be one of ${levels.join(', ')}` }).default('info'),
});

type Values = z.infer<typeof schema>;

/** Every variable that is read; `.env.example` names the same ones (a test compares them). */
export const variables = Object.keys(schema.shape) as readonly (keyof Values)[];

export interface Config {
  readonly slack?: {
    readonly token: string;
    readonly signingSecret?: string;
    readonly appToken?: string;
    readonly apiUrl?: string;
  };
  readonly discord?: { readonly token: string; readonly apiUrl?: string; readonly guildId?: string };
  readonly staffChannels: Readonly<Record<string, string | undefined>>;
  readonly dataDir: string;
  readonly databaseUrl?: string;
  readonly port: number;
  readonly host?: string;
  readonly secretKey?: string;
  readonly operator: { readonly publicUrl?: string; readonly commentsSource?: string };
  readonly logLevel: Values['LOG_LEVEL'];
}

/** Variables by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

export type Read = { readonly config: Config } | { readonly faults: readonly string[] };

/**
 * Checks the environment.
 * @param env variables by name; set but empty counts as unset
 * @returns the configuration, or one line for each fault: the variable, what is wrong, what would be right; no values
 */
export function readConfig(env: Variables): Read {
  const { config, faults } = readAsFarAsItGoes(env);
  return faults.length === 0 ? { config } : { faults };
}

/**
 * For who looks for everything that is wrong, and does not stop at the first.
 * @param env as for `readConfig`
 * @returns the configuration that is left without the variables that are wrong, and the faults of `readConfig`
 */
export function readAsFarAsItGoes(env: Variables): {
  readonly config: Config;
  readonly faults: readonly string[];
} {
  const given = givenIn(env);
  const read = schema.safeParse(given);
  const wrong = new Set((read.error?.issues ?? []).map(({ path }) => String(path[0])));
  const sound = Object.fromEntries(Object.entries(given).filter(([name]) => !wrong.has(name)));
  return { config: configOf(schema.parse(sound)), faults: [...faultsOf(read.error), ...halves(given)] };
}

/** Where documents are kept. */
export type StorePlaces = Pick<Config, 'dataDir' | 'databaseUrl'>;

/**
 * The part of `readConfig` that a store needs: a backup is not to fail over a token.
 * @param env as for `readConfig`
 */
export function readStorePlaces(
  env: Variables,
): { readonly places: StorePlaces } | { readonly faults: readonly string[] } {
  const read = schema.pick({ DATA_DIR: true, DATABASE_URL: true }).safeParse(givenIn(env));
  if (!read.success) return { faults: faultsOf(read.error) };
  return { places: present({ dataDir: read.data.DATA_DIR, databaseUrl: read.data.DATABASE_URL }) };
}

const givenIn = (env: Variables): Readonly<Record<string, string>> =>
  Object.fromEntries(variables.flatMap((name) => (env[name]?.trim() ? [[name, env[name].trim()]] : [])));

const faultsOf = (error: z.ZodError | undefined): readonly string[] =>
  (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);

/** What names something of a platform, with that platform's token. */
const idsOfPlatforms = [
  ['SLACK_STAFF_CHANNEL', 'SLACK_BOT_TOKEN'],
  ['DISCORD_GUILD_ID', 'DISCORD_TOKEN'],
  ['DISCORD_STAFF_CHANNEL', 'DISCORD_TOKEN'],
] as const;

/** What only makes sense together. */
function halves(given: Readonly<Record<string, string>>): readonly string[] {
  const faults: string[] = [];
  const isSet = (name: keyof Values): boolean => name in given;
  if (isSet('SLACK_BOT_TOKEN') && !isSet('SLACK_APP_TOKEN') && !isSet('SLACK_SIGNING_SECRET')) {
    faults.push('SLACK_SIGNING_SECRET: is needed with SLACK_BOT_TOKEN; set it, or set SLACK_APP_TOKEN for Socket Mode');
  }
  for (const name of ['SLACK_SIGNING_SECRET', 'SLACK_APP_TOKEN'] as const) {
    if (isSet(name) && !isSet('SLACK_BOT_TOKEN')) {
      faults.push(`SLACK_BOT_TOKEN: is needed with ${name}; set it, or remove ${name}`);
    }
  }
  // Beside the other platform they do nothing; alone they would open the local workspace, which nobody wanted.
  for (const [name, token] of idsOfPlatforms) {
    if (isSet(name) && !isSet('SLACK_BOT_TOKEN') && !isSet('DISCORD_TOKEN')) {
      faults.push(`${token}: is needed with ${name}; set it, or remove ${name}`);
    }
  }
  if (isSet('DATABASE_URL') && !isSet('SECRET_KEY')) {
    faults.push('SECRET_KEY: is needed with DATABASE_URL; set it to 32 or more random characters');
  }
  return faults;
}

/** The entries that have a value: for types whose optional members may be absent but not undefined. */
function present<T extends object>(given: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}

function configOf(v: Values): Config {
  const local = !v.SLACK_BOT_TOKEN && !v.DISCORD_TOKEN;
  return present({
    slack:
      v.SLACK_BOT_TOKEN === undefined
        ? undefined
        : present({
            token: v.SLACK_BOT_TOKEN,
            signingSecret: v.SLACK_SIGNING_SECRET,
            appToken: v.SLACK_APP_TOKEN,
            apiUrl: v.SLACK_API_URL,
          }),
    discord:
      v.DISCORD_TOKEN === undefined
        ? undefined
        : present({ token: v.DISCORD_TOKEN, apiUrl: v.DISCORD_API_URL, guildId: v.DISCORD_GUILD_ID }),
    staffChannels: { slack: v.SLACK_STAFF_CHANNEL, discord: v.DISCORD_STAFF_CHANNEL },
    dataDir: v.DATA_DIR,
    databaseUrl: v.DATABASE_URL,
    port: v.PORT,
    host: v.HOST ?? (local ? '127.0.0.1' : undefined),
    secretKey: v.SECRET_KEY,
    operator: present({ publicUrl: v.PUBLIC_URL?.replace(/\/+$/, ''), commentsSource: v.COMMENTS_SOURCE }),
    logLevel: v.LOG_LEVEL,
  });
}

/**
 * The process's environment over the `.env` file beside package.json; a variable that is set but empty leaves the
 * file's value alone.
 * @param envFile path of the `.env` file; it need not exist
 * @returns the variables, or a line that says why the file cannot be read
 */
export function environment(
  envFile: string,
): { readonly env: Variables; readonly faults?: never } | { readonly faults: readonly string[] } {
  const own = Object.entries(process.env).filter(([, value]) => value?.trim());
  try {
    const file = existsSync(envFile) ? parseEnv(readFileSync(envFile, 'utf8')) : {};
    return { env: { ...file, ...Object.fromEntries(own) } };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Docker makes a folder of a file that it is to mount and that is not there.
    const why = code === 'EISDIR' ? 'is a folder; put the file in its place' : `cannot be read (${code})`;
    return { faults: [`.env: ${envFile} ${why}`] };
  }
}
