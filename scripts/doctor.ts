// Looks at everything that a Rapporteur needs and says what to do: `npm run doctor`. Exit code 0 well, 1 warnings, 2 faults.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environment } from '../src/config.js';
import { systemClock } from '../src/core/clock.js';
import { faultIn } from './doctor/environment.js';
import { examine } from './doctor/examine.js';
import { lineOf, verdictOn } from './doctor/finding.js';

/** Beside package.json, two folders above dist/scripts/. */
const envFile = join(fileURLToPath(new URL('../..', import.meta.url)), '.env');

const node = process.versions.node;
const given = environment(envFile);
const findings = given.faults
  ? given.faults.map(faultIn)
  : await examine({ env: given.env, envFile, node, clock: systemClock });
const { line, code } = verdictOn(findings);
// All of it is written before the end; what an SDK left open is not waited for.
process.stdout.write(`${[...findings.map(lineOf), line].join('\n')}\n`, () => process.exit(code));
