// The limits of Block Kit as Slack documents them, checked the way Slack does: a payload passes, or is refused.
// Sources: docs.slack.dev/reference/block-kit and /reference/views; @slack/types 3.2.0.

export type Json = Readonly<Record<string, unknown>>;

/** Where blocks are to be shown. */
export type BlockSurface = 'message' | 'modal' | 'home';

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Collects what is wrong, each with its place in the payload. */
class Check {
  readonly faults: string[] = [];
  readonly actionIds = new Set<string>();
  readonly blockIds = new Set<string>();

  constructor(readonly surface: BlockSurface) {}

  wrong(at: string, why: string): void {
    this.faults.push(`${at}: ${why}`);
  }

  keys(at: string, value: Json, allowed: string): void {
    const known = new Set(allowed.split(' '));
    for (const key of Object.keys(value)) if (!known.has(key)) this.wrong(at, `unknown key ${key}`);
  }

  string(at: string, value: unknown, max: number, min = 1): void {
    if (typeof value !== 'string') this.wrong(at, 'must be a string');
    else if (value.length > max || value.length < min) this.wrong(at, `${value.length} characters, ${min} to ${max}`);
  }

  count(at: string, value: unknown, max: number, min = 1): readonly unknown[] {
    if (!Array.isArray(value)) this.wrong(at, 'must be a list');
    const list = listOf(value);
    if (list.length > max || list.length < min) this.wrong(at, `${list.length} items, ${min} to ${max}`);
    return list;
  }

  text(at: string, value: unknown, max: number, isPlainOnly = true): void {
    if (!isObject(value)) {
      this.wrong(at, 'must be a text object');
      return;
    }
    if (value.type === 'plain_text') this.keys(at, value, 'type text emoji');
    else if (value.type === 'mrkdwn' && !isPlainOnly) this.keys(at, value, 'type text verbatim');
    else this.wrong(at, `type ${String(value.type)} is not allowed here`);
    this.string(`${at}.text`, value.text, max);
  }

  unique(at: string, ids: Set<string>, id: unknown): void {
    if (id === undefined) return;
    this.string(at, id, 255);
    if (ids.has(String(id))) this.wrong(at, 'not unique');
    ids.add(String(id));
  }
}

/**
 * @returns what is wrong with the blocks; nothing when Slack would take them
 */
export function blockFaults(blocks: unknown, surface: BlockSurface): readonly string[] {
  const check = new Check(surface);
  const list = check.count('blocks', blocks, surface === 'message' ? 50 : 100, 0);
  list.forEach((block, at) => {
    checkBlock(check, `blocks[${at}]`, block);
  });
  return check.faults;
}

/** @returns what is wrong with a modal or a home view */
export function viewFaults(view: unknown): readonly string[] {
  if (!isObject(view)) return ['view: must be an object'];
  const isHome = view.type === 'home';
  const check = new Check(isHome ? 'home' : 'modal');
  check.keys('view', view, isHome ? homeKeys : modalKeys);
  if (!isHome && view.type !== 'modal') check.wrong('view.type', `unknown type ${String(view.type)}`);
  if (!isHome) check.text('view.title', view.title, 24);
  if (view.submit !== undefined) check.text('view.submit', view.submit, 24);
  if (view.close !== undefined) check.text('view.close', view.close, 24);
  if (view.private_metadata !== undefined) check.string('view.private_metadata', view.private_metadata, 3000, 0);
  if (view.callback_id !== undefined) check.string('view.callback_id', view.callback_id, 255, 0);
  if (JSON.stringify(view).length > 250_000) check.wrong('view', 'larger than 250 kB');
  const hasInput = listOf(view.blocks).some((block) => isObject(block) && block.type === 'input');
  if (hasInput && view.submit === undefined) check.wrong('view.submit', 'needed with an input');
  return [...check.faults, ...blockFaults(view.blocks, check.surface)];
}

const homeKeys = 'type blocks private_metadata callback_id external_id';
const modalKeys = `${homeKeys} title submit close clear_on_close notify_on_close submit_disabled`;

/**
 * Undocumented: all blocks of a message together fail at about 13,000 characters.
 * @returns Slack's error, if any
 */
export const messageError = (text: unknown, blocks: unknown): string | undefined => {
  if (typeof text === 'string' && text.length > 40_000) return 'msg_too_long';
  if ((typeof text !== 'string' || text === '') && listOf(blocks).length === 0) return 'no_text';
  return JSON.stringify(blocks ?? []).length > 13_000 ? 'msg_blocks_too_long' : undefined;
};

function checkBlock(check: Check, at: string, block: unknown): void {
  if (!isObject(block)) {
    check.wrong(at, 'must be an object');
    return;
  }
  check.unique(`${at}.block_id`, check.blockIds, block.block_id);
  switch (block.type) {
    case 'header':
      check.keys(at, block, 'type block_id text');
      check.text(`${at}.text`, block.text, 150);
      return;
    case 'divider':
      check.keys(at, block, 'type block_id');
      return;
    case 'image':
      check.keys(at, block, 'type block_id image_url slack_file alt_text title');
      check.string(`${at}.alt_text`, block.alt_text, 2000);
      return;
    case 'section':
      checkSection(check, at, block);
      return;
    case 'context':
      check.keys(at, block, 'type block_id elements');
      for (const [n, element] of check.count(`${at}.elements`, block.elements, 10).entries()) {
        check.text(`${at}.elements[${n}]`, element, 3000, false);
      }
      return;
    case 'actions':
      check.keys(at, block, 'type block_id elements');
      for (const [n, element] of check.count(`${at}.elements`, block.elements, 25).entries()) {
        checkElement(check, `${at}.elements[${n}]`, element);
      }
      return;
    case 'input':
      checkInput(check, at, block);
      return;
    case 'rich_text':
      check.keys(at, block, 'type block_id elements');
      for (const [n, section] of check.count(`${at}.elements`, block.elements, 100).entries()) {
        checkRichSection(check, `${at}.elements[${n}]`, section);
      }
      return;
    default:
      check.wrong(at, `unknown type ${String(block.type)}`);
      return;
  }
}

function checkSection(check: Check, at: string, block: Json): void {
  check.keys(at, block, 'type block_id text fields accessory expand');
  if (block.text === undefined && block.fields === undefined) check.wrong(at, 'needs text or fields');
  if (block.text !== undefined) check.text(`${at}.text`, block.text, 3000, false);
  if (block.fields !== undefined) {
    for (const [n, field] of check.count(`${at}.fields`, block.fields, 10).entries()) {
      check.text(`${at}.fields[${n}]`, field, 2000, false);
    }
  }
  if (block.accessory !== undefined) checkElement(check, `${at}.accessory`, block.accessory);
}

function checkInput(check: Check, at: string, block: Json): void {
  check.keys(at, block, 'type block_id label element hint optional dispatch_action');
  check.text(`${at}.label`, block.label, 2000);
  if (block.hint !== undefined) check.text(`${at}.hint`, block.hint, 2000);
  checkElement(check, `${at}.element`, block.element);
}

function checkElement(check: Check, at: string, element: unknown): void {
  if (!isObject(element)) {
    check.wrong(at, 'must be an object');
    return;
  }
  check.unique(`${at}.action_id`, idsFor(check, at), element.action_id);
  switch (element.type) {
    case 'button':
      check.keys(at, element, 'type action_id text value url style confirm accessibility_label');
      check.text(`${at}.text`, element.text, 75);
      if (element.value !== undefined) check.string(`${at}.value`, element.value, 2000, 0);
      if (element.style !== undefined && !/^(primary|danger)$/.test(String(element.style))) check.wrong(at, 'style');
      return;
    case 'static_select':
      checkSelect(check, at, element);
      return;
    case 'checkboxes':
      checkBoxes(check, at, element);
      return;
    case 'conversations_select':
      check.keys(at, element, `${selectKeys} initial_conversation default_to_current_conversation filter`);
      return;
    case 'plain_text_input':
      checkTextInput(check, at, element);
      return;
    default:
      check.wrong(at, `unknown element ${String(element.type)}`);
      return;
  }
}

/** Inputs of one modal may share an action_id, each in its own block; in messages all ids differ. */
const idsFor = (check: Check, at: string): Set<string> => (at.endsWith('.element') ? new Set() : check.actionIds);

const selectKeys = 'type action_id placeholder confirm focus_on_load';

function checkSelect(check: Check, at: string, element: Json): void {
  check.keys(at, element, `${selectKeys} options option_groups initial_option`);
  if (element.placeholder !== undefined) check.text(`${at}.placeholder`, element.placeholder, 150);
  const groups =
    element.option_groups === undefined ? [] : check.count(`${at}.option_groups`, element.option_groups, 100);
  if (groups.length === 0) check.count(`${at}.options`, element.options, 100);
  for (const group of groups) {
    if (!isObject(group)) continue;
    check.text(`${at}.option_groups.label`, group.label, 75);
    check.count(`${at}.option_groups.options`, group.options, 100);
  }
  const options = optionsOf(element);
  for (const option of options) {
    check.keys(`${at}.options`, option, 'text value description');
    check.text(`${at}.options.text`, option.text, 75);
    check.string(`${at}.options.value`, option.value, 150);
  }
  const initial = element.initial_option;
  const isOffered = options.some((option) => JSON.stringify(option) === JSON.stringify(initial));
  if (initial !== undefined && !isOffered) check.wrong(`${at}.initial_option`, 'is not among the options');
}

function checkBoxes(check: Check, at: string, element: Json): void {
  check.keys(at, element, 'type action_id options initial_options confirm focus_on_load');
  const options = check.count(`${at}.options`, element.options, 10).filter(isObject);
  for (const option of options) {
    check.keys(`${at}.options`, option, 'text value description');
    check.text(`${at}.options.text`, option.text, 75, false);
    check.string(`${at}.options.value`, option.value, 150);
  }
  if (element.initial_options === undefined) return;
  const initial = check.count(`${at}.initial_options`, element.initial_options, options.length);
  const offered = options.map((option) => JSON.stringify(option));
  const strange = initial.some((option) => !offered.includes(JSON.stringify(option)));
  if (strange) check.wrong(`${at}.initial_options`, 'not among the options');
}

/** All options of a menu, in groups or not. */
export const optionsOf = (element: Json): readonly Json[] => {
  const groups = listOf(element.option_groups).filter(isObject);
  return [...listOf(element.options), ...groups.flatMap((group) => listOf(group.options))].filter(isObject);
};

function checkTextInput(check: Check, at: string, element: Json): void {
  check.keys(at, element, 'type action_id multiline max_length min_length initial_value placeholder focus_on_load');
  const most = element.max_length ?? 3000;
  if (typeof most !== 'number' || most < 1 || most > 3000) check.wrong(`${at}.max_length`, '1 to 3000');
  else if (element.initial_value !== undefined) check.string(`${at}.initial_value`, element.initial_value, most, 0);
}

const richKeys: Readonly<Record<string, string>> = {
  text: 'type text style',
  link: 'type url text unsafe style',
  user: 'type user_id style',
  channel: 'type channel_id style',
  date: 'type timestamp format url fallback style',
};

function checkRichSection(check: Check, at: string, section: unknown): void {
  if (!isObject(section) || section.type !== 'rich_text_section') {
    check.wrong(at, 'only sections are known here');
    return;
  }
  check.keys(at, section, 'type elements');
  for (const [n, element] of check.count(`${at}.elements`, section.elements, 1000, 0).entries()) {
    const where = `${at}.elements[${n}]`;
    const keys = isObject(element) ? richKeys[String(element.type)] : undefined;
    if (!isObject(element) || keys === undefined) {
      check.wrong(where, 'unknown element');
      continue;
    }
    check.keys(where, element, keys);
    if (element.type === 'text') check.string(`${where}.text`, element.text, 3000);
    if (element.type === 'link' && !/^(https?|mailto):/.test(String(element.url)))
      check.wrong(where, 'not a web address');
    if (element.type === 'date' && !Number.isInteger(element.timestamp)) check.wrong(where, 'timestamp');
  }
}
