// Text as Slack hands it on -> as it was typed. Once on the way in; the renderers escape once on the way out.

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/** What stands before a name in Slack's tokens: people, groups and broadcasts with @, channels with #. */
function tokenText(token: string): string {
  const cut = token.indexOf('|');
  const [body, name] = cut < 0 ? [token, undefined] : [token.slice(0, cut), token.slice(cut + 1)];
  const sigil = { '@': '@', '#': '#', '!': '@' }[body.charAt(0)];
  // A link reads as its label; what was typed is what the label says.
  if (sigil === undefined) return name || body;
  if (body.startsWith('!date^') || body.startsWith('!subteam^')) return name ?? '';
  return name ? `${sigil}${name.replace(/^[@#]/, '')}` : `${sigil}${body.slice(1)}`;
}

/**
 * Reads `&amp; &lt; &gt;` and tokens such as `<@U1|ann>`, `<#C1|general>` and `<https://example.org|example.org>`
 * (docs.slack.dev/messaging/formatting-message-text).
 */
export const unescaped = (text: string): string =>
  text.replace(/<([^<>]*)>|&(?:amp|lt|gt);/g, (found, token: string | undefined) => {
    if (token === undefined) return entities[found] ?? found;
    return tokenText(token).replace(/&(?:amp|lt|gt);/g, (entity) => entities[entity] ?? entity);
  });
