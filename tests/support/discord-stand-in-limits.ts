// Discord's documented limits, as the stand-in enforces them: written from the docs, not from our own limits.ts.

// biome-ignore lint/suspicious/noExplicitAny: whatever JSON a bot sends
type Json = any;

const isLength = (text: unknown, least: number, most: number): boolean =>
  typeof text === 'string' && text.length >= least && text.length <= most;

/** @returns what Discord would refuse in a message, in words; undefined when it takes it */
export function faultOfMessage(body: Json): string | undefined {
  if (!isLength(body.content, 1, 2000)) return `content of ${body.content?.length} characters`;
  if (body.nonce !== undefined && !isLength(String(body.nonce), 1, 25)) return 'nonce too long';
  const rows = body.components ?? [];
  if (rows.length > 5) return `${rows.length} rows`;
  const seen = new Set<string>();
  for (const row of rows) {
    if (row.type !== 1 || row.components.length < 1 || row.components.length > 5)
      return 'a row of 1 to 5 components is wanted';
    for (const one of row.components) {
      if (!isLength(one.custom_id, 1, 100)) return `custom_id “${one.custom_id}”`;
      if (seen.has(one.custom_id)) return `custom_id “${one.custom_id}” twice`;
      seen.add(one.custom_id);
      if (one.type === 2 && !isLength(one.label, 1, 80)) return `button label “${one.label}”`;
      if (one.type === 3 && faultOfSelect(one)) return faultOfSelect(one);
    }
  }
  return undefined;
}

function faultOfSelect({ options, placeholder }: Json): string | undefined {
  if (options.length < 1 || options.length > 25) return `${options.length} options`;
  if (placeholder !== undefined && !isLength(placeholder, 0, 150)) return 'placeholder too long';
  if (new Set(options.map(({ value }: Json) => value)).size < options.length) return 'an option value twice';
  return options.every(({ label, value }: Json) => isLength(label, 1, 100) && isLength(value, 1, 100))
    ? undefined
    : 'an option too long';
}

/** What may stand in a label: selects, text, uploads, radio and checkbox groups, one checkbox. */
const labelled = [3, 4, 5, 6, 7, 8, 19, 21, 22, 23];

function faultOfBoxes({ options, min_values: least = 1, max_values: most, required = true }: Json): string | undefined {
  if (options.length < 1 || options.length > 10) return `${options.length} boxes`;
  if (least < 0 || least > 10 || (most !== undefined && (most < 1 || most > 10 || most < least))) return 'min_values';
  if (least > options.length || (most ?? 1) > options.length) return 'more values than boxes';
  if (least === 0 && required) return 'a group that is required and need not be ticked';
  if (new Set(options.map(({ value }: Json) => value)).size < options.length) return 'the value of a box twice';
  return options.every(({ label, value }: Json) => isLength(label, 1, 100) && isLength(value, 1, 100))
    ? undefined
    : 'a box too long';
}

export function faultOfModal({ title, custom_id, components }: Json): string | undefined {
  if (!isLength(title, 1, 45)) return `modal title “${title}”`;
  if (!isLength(custom_id, 1, 100)) return 'modal custom_id too long';
  if (components.length < 1 || components.length > 5) return `${components.length} components in a modal`;
  for (const { type, content, label, description, component } of components) {
    if (type === 10) {
      if (!isLength(content, 1, 4000)) return 'text of a modal too long';
      continue;
    }
    if (type !== 18) return 'a label is wanted in a modal';
    if (!isLength(label, 1, 45)) return `label “${label}”`;
    if (description !== undefined && !isLength(description, 1, 100)) return `description “${description}”`;
    if (!labelled.includes(component.type)) return `a component of type ${component.type} in a label`;
    if (!isLength(component.custom_id, 1, 100)) return `custom_id “${component.custom_id}”`;
    if (component.type === 3 && faultOfSelect(component)) return faultOfSelect(component);
    if (component.type === 22 && faultOfBoxes(component)) return faultOfBoxes(component);
    if (
      component.type === 4 &&
      component.value !== undefined &&
      !isLength(component.value, 0, component.max_length ?? 4000)
    )
      return 'a value longer than its field';
    if (component.max_length !== undefined && (component.max_length < 1 || component.max_length > 4000))
      return 'max_length';
  }
  return undefined;
}

export function faultOfCommands(commands: Json): string | undefined {
  const names = commands.map(({ type, name }: Json) => `${type} ${name}`);
  if (new Set(names).size < names.length) return 'a command twice';
  for (const command of commands) {
    if (command.type === 3) {
      if (!isLength(command.name, 1, 32) || command.description) return `menu item ${command.name}`;
      continue;
    }
    if (!/^[-_'\p{L}\p{N}]{1,32}$/u.test(command.name)) return `command name ${command.name}`;
    const kinds = new Set((command.options ?? []).map(({ type }: Json) => type === 1));
    if (kinds.size > 1) return `${command.name} mixes options and subcommands`;
    if (lengthOf(command) > 8000) return `${command.name} is too long`;
    const fault = [
      command,
      ...(command.options ?? []),
      ...(command.options ?? []).flatMap(({ options }: Json) => options ?? []),
    ]
      .map(faultOfDescribed)
      .find(Boolean);
    if (fault) return fault;
  }
  return undefined;
}

/** Names, descriptions and values of a command and all in it; of translations the longest counts. */
function lengthOf(one: Json): number {
  const longest = (text = '', others: Json = {}): number =>
    Math.max(...[text, ...Object.values(others as Record<string, string>)].map(({ length }) => length));
  const inside = [...(one.options ?? []), ...(one.choices ?? [])].map(lengthOf);
  const own = longest(one.name, one.name_localizations) + longest(one.description, one.description_localizations);
  return inside.reduce((sum, length) => sum + length, own + String(one.value ?? '').length);
}

function faultOfDescribed({
  name,
  description,
  description_localizations,
  choices,
  autocomplete,
}: Json): string | undefined {
  if (!isLength(description, 1, 100)) return `description of ${name}`;
  if (!Object.values(description_localizations ?? {}).every((text) => isLength(text, 1, 100)))
    return `a translation of ${name}`;
  if ('ar' in (description_localizations ?? {})) return 'Discord has no Arabic';
  if (choices && autocomplete) return `${name} has choices and completes`;
  return (choices ?? []).length > 25 ? `${name} has too many choices` : undefined;
}
