// The PostgreSQL engine passes the store conformance suite, on a real server.
import { afterAll, describe } from 'vitest';
import { openPostgres } from '../../src/store/postgres.js';
import { storeBehaves } from './behaves.js';
import { hasServer, Schema } from './server.js';

describe.skipIf(!hasServer())('on the server of TEST_DATABASE_URL', () => {
  const schema = new Schema();
  afterAll(() => schema.remove());
  const reopen = () => openPostgres(schema.url());
  const open = async () => {
    await schema.empty();
    return reopen();
  };
  storeBehaves('the PostgreSQL engine', open, reopen);
});
