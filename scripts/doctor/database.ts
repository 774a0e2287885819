// PostgreSQL: is it reached, may the bot change it, are there connections left. A running bot is left alone.
import pg from 'pg';
import type { Clock } from '../../src/core/clock.js';
import { codeOf, redacted, settings } from '../../src/store/connection.js';
import { readPostgres } from '../../src/store/raw-postgres.js';
import { judgeClock } from './clock.js';
import { readAll, type Store, toldBy } from './documents.js';
import { type Finding, fault, ok, warning } from './finding.js';

/** Connections that one process may open. */
const perProcess = 10;

const question = `select
  current_setting('server_version') as version,
  current_setting('transaction_read_only') = 'on' as locked,
  to_regclass('documents') is not null as is_made,
  coalesce(has_schema_privilege(current_schema(), 'create'), false) as may_make,
  case when to_regclass('documents') is null then true else
    has_table_privilege('documents', 'select') and has_table_privilege('documents', 'insert') and
    has_table_privilege('documents', 'update') and has_table_privilege('documents', 'delete') end as may_change,
  (select count(*) from pg_stat_activity
    where application_name = 'rapporteur' and datname = current_database())::int as running,
  current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int -
    (select count(*) from pg_stat_activity where backend_type = 'client backend')::int as left,
  clock_timestamp()::timestamptz as now`;

interface Told {
  readonly version: string;
  readonly locked: boolean;
  readonly is_made: boolean;
  readonly may_make: boolean;
  readonly may_change: boolean;
  readonly running: number;
  readonly left: number;
  readonly now: Date;
}

export async function examineDatabase(url: string, clock: Clock): Promise<Store> {
  const place = redacted(url);
  const client = new pg.Client({ ...settings(url), application_name: 'rapporteur doctor' });
  client.on('error', () => undefined); // a connection that is cut shows in the question that was asked over it
  try {
    await client.connect();
    const { rows } = await client.query<Told>(question);
    const [told] = rows;
    if (!told) throw new Error('no answer');
    const findings = [...judgeDatabase(place, told), judgeClock('the database’s clock', told.now, clock.now())];
    if (!told.is_made) return { findings, chosen: new Map() };
    const all = await readable(url);
    return { findings: [...findings, ...all.findings], chosen: all.chosen };
  } catch (error) {
    const remedy = 'look at host, port, user, password and database in DATABASE_URL, and whether the server runs';
    return {
      findings: [fault('DATABASE_URL', `${place} cannot be used (${codeOf(error)}); ${remedy}`)],
      chosen: new Map(),
    };
  } finally {
    await client.end().catch(() => undefined); // it was never open, or is cut already
  }
}

function judgeDatabase(place: string, told: Told): readonly Finding[] {
  const { version, locked, is_made: isMade, may_make: mayMake, may_change: mayChange, running, left } = told;
  const state = running > 0 ? `${running} connections of running bots` : 'no bot is running on it';
  const findings = [ok('DATABASE_URL', `${place} answers (PostgreSQL ${version}; ${state})`)];
  if (locked) findings.push(fault('DATABASE_URL', 'the database is read-only; name one that takes changes'));
  if (!mayChange) {
    findings.push(fault('DATABASE_URL', 'its user may not change the documents; make it the owner of the tables'));
  } else if (!isMade) {
    findings.push(
      mayMake
        ? ok('DATABASE_URL', 'holds no store yet: it is made at the first start')
        : fault('DATABASE_URL', 'its user may not make tables; grant it “create” on the schema'),
    );
  }
  if (running === 0 && left < perProcess) {
    const text = `${left} connections are left and a process may open ${perProcess}; raise max_connections`;
    findings.push(warning('DATABASE_URL', text));
  }
  return findings;
}

async function readable(url: string): Promise<Store> {
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  try {
    return await readAll('DATABASE_URL', await readPostgres(url, { log: silent }));
  } catch (error) {
    return { findings: [fault('DATABASE_URL', `cannot be read (${toldBy(error)})`)], chosen: new Map() };
  }
}
