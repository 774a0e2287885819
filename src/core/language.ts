// In which language somebody is answered, and how that is known.
import type { Call, Incoming } from './call.js';
import { faultFacts } from './fault.js';
import type { Bot } from './feature.js';
import { asLocale } from './locale.js';

/** What a member chose comes first, then what the platform says of them, then the channel's language, then English. */
export async function languageOf(
  { by, place, platformLocale }: Pick<Incoming, 'by' | 'place' | 'platformLocale'>,
  bot: Pick<Bot, 'settings' | 'log'>,
): Promise<Pick<Call, 'locale' | 'localeFrom'>> {
  const said = asLocale(platformLocale);
  const ofPlatform = said && ({ locale: said, localeFrom: 'platform' } as const);
  try {
    const chosen = await bot.settings.memberLocale(by);
    if (chosen) return { locale: chosen, localeFrom: 'chosen' };
    if (ofPlatform) return ofPlatform;
    const ofChannel = await bot.settings.channelLocale(place);
    return ofChannel ? { locale: ofChannel, localeFrom: 'channel' } : { locale: 'en', localeFrom: 'fallback' };
  } catch (error) {
    // Without the store there is still something to be said, if only that it does not answer.
    bot.log.warn(faultFacts(error), 'a language could not be read');
    return ofPlatform ?? { locale: 'en', localeFrom: 'fallback' };
  }
}
