// The button on a card for all with which each member reads it in their own language, in a channel of several languages.
import type { Target } from './call.js';
import { type Button, button } from './card.js';
import type { Locale } from './locale.js';
import { coreWords } from './words/index.js';

/**
 * Where the channel is multilingual (settings.ts), a feature puts this on what it posts there.
 * @param locale the channel's; the globe tells those who do not read it what the button is for
 * @param target a route of the feature that answers the presser alone, with the same card in their language
 */
export const translateButton = (locale: Locale, target: Target, suffix = ''): Button =>
  button(`🌐 ${coreWords(locale).label('translate')}${suffix}`, target);
