// App Home: drawn when it is opened, for the one who opens it.
import { createHash } from 'node:crypto';
import type { Card } from '../../src/core/card.js';
import type { Clock } from '../../src/core/clock.js';
import type { Core } from '../../src/core/platform.js';
import { Recent } from '../../src/core/recent.js';
import { atHome, homeRoute } from './inbound.js';
import type { People } from './people.js';
import { homeOf } from './render.js';
import type { Web } from './web.js';

export interface Home {
  /**
   * Draws it, unless it shows the same already.
   * @param isEmpty whether Slack says that nothing is shown yet
   * @throws Undeliverable, SlackFailure
   */
  draw(user: string, space: string, isEmpty?: boolean): Promise<void>;
}

/** How long it is remembered what someone's Home shows, in milliseconds. */
const remembered = 86_400_000;

export function homeOver(web: Web, people: People, core: Core, clock: Clock): Home {
  const shown = new Recent<string>(clock, remembered, 5000);
  const route = homeRoute(core.features);

  const cardFor = async (user: string, space: string, to: string): Promise<Card | undefined> => {
    const { by, place, args } = atHome(user, space, to);
    const platformLocale = await people.localeOf(user);
    const told = await core.answer({ to, args, by, place, ...(platformLocale ? { platformLocale } : {}) });
    return told.kind === 'say' || told.kind === 'redraw' ? told.card : undefined;
  };

  return {
    async draw(user, space, isEmpty = false) {
      if (route === undefined) return;
      const card = await cardFor(user, space, route);
      if (!card) return;
      const view = homeOf(card);
      const hash = createHash('sha256').update(JSON.stringify(view)).digest('base64');
      if (!isEmpty && shown.get(user) === hash) return;
      await web.quick((client) => client.views.publish({ user_id: user, view }));
      shown.set(user, hash);
    },
  };
}
