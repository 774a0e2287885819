// The environment: Node, the .env file, every variable; and the state of what only makes sense together.
import { stat } from 'node:fs/promises';
import { type Config, readAsFarAsItGoes, type Variables, variables } from '../../src/config.js';
import { type Finding, fault, ok, warning } from './finding.js';
import { isPlain } from './web.js';

/** The oldest Node that package.json allows. */
const oldest = [20, 19] as const;

/** A line of the configuration's faults, which begins with what it is about. */
export function faultIn(line: string): Finding {
  const [about = '', ...rest] = line.split(': ');
  return fault(about, rest.join(': '));
}

/** @returns what is left of the configuration without what is wrong, and a line for everything that is wrong */
export function examineVariables(env: Variables): { readonly config: Config; readonly findings: readonly Finding[] } {
  const { config, faults } = readAsFarAsItGoes(env);
  const wrong = faults.map(faultIn);
  const known = new Set<string>(variables);
  // Others may mean other programs; these two prefixes are a slip of the keyboard.
  const strange = Object.keys(env).filter((name) => /^(SLACK|DISCORD)_/.test(name) && !known.has(name) && env[name]);
  const unknown = strange.map((name) =>
    warning(name, 'is a variable that nothing reads; README.md names those that are'),
  );
  const sound = ok('environment', 'every variable that is set can be read');
  return { config, findings: [...(wrong.length === 0 ? [sound] : wrong), ...unknown, ...halfSet(config)] };
}

/** What no single variable is wrong about. */
function halfSet({ slack, discord, host = '', databaseUrl, secretKey }: Config): readonly Finding[] {
  const findings: Finding[] = [];
  if (!slack && !discord) {
    const isOpen = !/^(localhost|::1|127(\.\d{1,3}){3})$/i.test(host);
    findings.push(ok('platforms', 'no token is set: the local workspace opens, and nothing reaches the network'));
    if (isOpen) {
      findings.push(fault('HOST', `${host} lets others in, and in the local workspace everyone is staff; unset HOST`));
    }
  }
  for (const [name, apiUrl] of [
    ['SLACK_API_URL', slack?.apiUrl],
    ['DISCORD_API_URL', discord?.apiUrl],
  ] as const) {
    if (apiUrl !== undefined && isPlain(apiUrl)) {
      findings.push(warning(name, 'is not https: the token can be read on the way'));
    }
  }
  if (databaseUrl && secretKey && new Set(secretKey).size < 8) {
    findings.push(warning('SECRET_KEY', 'is no random text; set it to 32 or more random characters'));
  }
  return findings;
}

export function examineNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOld = major < oldest[0] || (major === oldest[0] && minor < oldest[1]);
  if (isOld) return fault('Node', `${version} is too old; install ${oldest.join('.')} or newer`);
  return ok('Node', version);
}

/** @param path of the .env file; it need not exist */
export async function examineEnvFile(path: string): Promise<readonly Finding[]> {
  const found = await stat(path).catch(() => undefined);
  // Windows knows no such modes and shows every file as open.
  if (!found || process.platform === 'win32' || (found.mode & 0o007) === 0) return [];
  return [warning('.env', `others on this machine can read the tokens in it; run: chmod o= ${path}`)];
}
