// What Slack takes at most. Every renderer measures against these numbers and no others.
// Sources: @slack/types 3.2.0 (block-kit/*.d.ts, views.d.ts) and docs.slack.dev/reference/block-kit, unless said.

/** Lengths are in UTF-16 units: never fewer than what Slack counts. */
export const limits = {
  /** Blocks of one message, and of one view. */
  messageBlocks: 50,
  viewBlocks: 100,
  /**
   * Characters of JSON of all blocks of a message together. Not documented: Slack answers `msg_blocks_too_long` at about
   * 13,000 (slackapi/bolt-js#2509).
   */
  messageCharacters: 12_000,
  /** One text, or one paragraph of rich text with its markup. */
  text: 3000,
  /** The top-level text of a message; 40,000 are taken, more than 4,000 is advised against. */
  fallback: 3000,
  header: 150,
  contextElements: 10,
  /** Elements of one actions block: 25 are allowed, five still read as a row. */
  buttonsInRow: 5,
  buttonText: 75,
  actionId: 255,
  blockId: 255,
  options: 100,
  optionGroups: 100,
  optionText: 75,
  /** Boxes of one group (block-kit/block-elements/checkboxes-element). */
  checks: 10,
  /** docs.slack.dev/reference/block-kit/composition-objects/option-object; older pages say 75. */
  optionValue: 150,
  /** Characters of JSON of one menu, so that a full one still leaves room in its message. */
  menuCharacters: 8000,
  placeholder: 150,
  /** Label and hint of an input: 2,000 are allowed, more than a line does not read as a label. */
  label: 150,
  hint: 150,
  input: 3000,
  /** Title, submit and close of a modal. */
  modalTitle: 24,
  modalButton: 24,
  privateMetadata: 3000,
  callbackId: 255,
  /** A complaint below a field; not documented, kept well below a label's 2,000. */
  fieldError: 1000,
  /** 3,000 on a button; here it has to fit into a paragraph with its text. */
  linkUrl: 1500,
  /** Not documented; a longer one is cut rather than carried over. */
  linkText: 500,
  /** What a picture shows, in words (files.getUploadURLExternal, `alt_txt_too_large`). */
  altText: 1000,
  /** Messages of one private answer: the acknowledgement, and four of the five uses of a response_url. */
  pages: 5,
} as const;

/** What Slack gives us, in milliseconds (docs.slack.dev/interactivity/handling-user-interaction). */
export const times = {
  /** An acknowledgement is due after 3 s; an answer that is not there by then is sent later. */
  answer: 2000,
  /** A submitted form is kept open a little longer: only the acknowledgement can carry complaints. */
  submission: 2500,
  /** A trigger_id dies after 3 s; from here on it is not tried any more. */
  trigger: 2500,
  /** From here on a card goes out while its files are still on their way: whatever carries it is due soon after. */
  files: 1800,
  /** Longest upload of one file. */
  upload: 30_000,
  /** Longest wait for a member's locale. */
  locale: 1000,
  /** A signed request may be this old, or this far ahead of our clock. */
  signature: 300_000,
  /** Events are sent again for up to five minutes, the last one a little later. */
  duplicates: 900_000,
  /** Between two posts to one channel: about one a second is taken (docs.slack.dev/apis/web-api/rate-limits). */
  posts: 1000,
  /** Between two drawings: chat.update takes 50 a minute, of all messages of a workspace together. */
  edits: 1200,
  /** Longest work that is waited for when the program stops. */
  stopping: 5000,
  /** Not connected for this long: the program ends, so that whoever runs it starts it afresh. */
  dead: 600_000,
} as const;

/** Largest request that is read, in bytes. Slack's own are far smaller. */
export const largestBody = 1_048_576;
