// The embedded engine passes the store conformance suite.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '../../src/store/embedded.js';
import { storeBehaves } from './behaves.js';

let folder = '';
const open = async () => {
  folder = await mkdtemp(join(tmpdir(), 'store-'));
  return openEmbedded(folder);
};

storeBehaves('the embedded engine', open, () => openEmbedded(folder));
