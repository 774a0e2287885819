// Choices of a select menu: Discord takes no empty value.

const nothing = '\u2205';

export const offered = (value: string): string => (value === '' ? nothing : value);

/** What was chosen, as the card had it. */
export const chosen = (value: string): string => (value === nothing ? '' : value);
