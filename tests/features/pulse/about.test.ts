import { expect, test } from 'vitest';
import type { Feature } from '../../../src/core/feature.js';
import { pulse } from '../../../src/features/pulse/feature.js';
import { harness } from '../../support/harness.js';

/** A feature whose things can be asked about. */
const talks: Feature = {
  ...pulse,
  name: 'talks',
  routes: {},
  questionFor: async (id, { locale }) => (id === '1' ? `${locale}: Should we talk?` : undefined),
};

test('a pulse about a thing of another feature opens with what that feature would ask', async () => {
  const bot = await harness({ features: [pulse, talks] });
  const answer = await bot.call('alice', 'pulse.about', { from: 'talks', id: '1' }, { locale: 'fr' });
  if (answer.kind !== 'ask') throw new Error(`no form: ${answer.kind}`);
  expect(answer.form.fields.find(({ name }) => name === 'question')?.value).toBe('fr: Should we talk?');
});

test.each([
  ['a thing that is gone', { from: 'talks', id: '2' }],
  ['a feature that has nothing to ask about', { from: 'pulse', id: '1' }],
  ['no feature at all', { from: 'nobody', id: '1' }],
])('%s opens nothing', async (_, args) => {
  const bot = await harness({ features: [pulse, talks] });
  expect((await bot.call('alice', 'pulse.about', args)).kind).toBe('say');
});
