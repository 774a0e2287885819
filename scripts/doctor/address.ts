// The port on this machine and the public address: is it free, who listens there, do people reach it.
import { eventsPath } from '../../adapters/slack/http-door.js';
import type { Config } from '../../src/config.js';
import { PortTaken, serve } from '../../src/http.js';
import { type Finding, fault, ok, warning } from './finding.js';
import { ask, isPlain, originOf } from './web.js';

interface Part {
  readonly part: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** What /healthz says at an address; undefined when no Rapporteur answers there. */
async function healthAt(url: string): Promise<readonly Part[] | undefined> {
  const asked = await ask(`${url}/healthz`);
  try {
    const told = JSON.parse('page' in asked ? asked.page.text : '') as { parts?: unknown } | null;
    return Array.isArray(told?.parts) ? (told.parts as readonly Part[]) : undefined;
  } catch {
    return undefined;
  }
}

function judgeHealth(about: string, where: string, parts: readonly Part[]): Finding {
  const ill = parts.filter((part) => !part.ok).map(({ part, detail }) => `${part} ${detail}`);
  if (ill.length === 0) return ok(about, `${where}, and all of its parts are well`);
  return fault(about, `${where}, and not all is well: ${ill.join(', ')}; its log says more`);
}

/** @returns whether the bot is running on this machine, too */
export async function examinePort({ port, host }: Config): Promise<{ finding: Finding; isRunning: boolean }> {
  try {
    const server = await serve({}, port, host);
    await server.close(0);
    return { finding: ok('PORT', `${port} is free`), isRunning: false };
  } catch (error) {
    if (!(error instanceof PortTaken)) throw error;
    const near = host === undefined || host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
    const parts = await healthAt(`http://${near.includes(':') ? `[${near}]` : near}:${port}`);
    if (parts) return { finding: judgeHealth('PORT', `Rapporteur answers on ${port}`, parts), isRunning: true };
    const [about = 'PORT', ...rest] = error.message.split(': ');
    return { finding: fault(about, rest.join(': ')), isRunning: false };
  }
}

/** @param isRunning whether it can be expected to answer */
export async function examinePublic(
  { slack, operator: { publicUrl } }: Config,
  isRunning: boolean,
): Promise<readonly Finding[]> {
  const isHttpMode = slack !== undefined && slack.appToken === undefined;
  if (publicUrl === undefined) {
    const text = `is not set: whether Slack reaches ${eventsPath} cannot be looked at, and messages hold no links`;
    return isHttpMode ? [warning('PUBLIC_URL', text)] : [];
  }
  const origin = originOf(publicUrl);
  const parts = await healthAt(publicUrl);
  if (!parts) {
    const text = `no Rapporteur answers at ${origin}; look at the name, the certificate and the balancer or proxy`;
    const later = warning(
      'PUBLIC_URL',
      `nothing answers at ${origin}, and nothing runs here: start the bot, look again`,
    );
    return [isRunning ? fault('PUBLIC_URL', text) : later];
  }
  const plain = warning('PUBLIC_URL', 'is not https: what travels there can be read on the way');
  return [
    judgeHealth('PUBLIC_URL', `Rapporteur answers at ${origin}`, parts),
    ...(isPlain(publicUrl) ? [plain] : []),
    ...(isHttpMode ? [await doorAt(publicUrl)] : []),
  ];
}

/** A GET is not what the door takes, and shows that it is there without any trace in the log. */
async function doorAt(publicUrl: string): Promise<Finding> {
  const asked = await ask(`${publicUrl}${eventsPath}`);
  if ('page' in asked && asked.page.status === 405) return ok('PUBLIC_URL', `Slack reaches ${eventsPath} there`);
  const came = 'page' in asked ? asked.page.status : asked.failed;
  return fault('PUBLIC_URL', `${eventsPath} is not passed on (${came}); pass all of that port on, unchanged`);
}
