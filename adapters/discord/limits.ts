// What Discord takes at most. Every renderer measures against these numbers and no others.
// Sources: Discord developer docs, "Component Reference", "Application Commands", "Message", "Rate Limits".

/** Lengths are in UTF-16 units: never fewer than what Discord counts. */
export const limits = {
  /** Content of one message. */
  content: 2000,
  /** One piece of text that is not divided further; leaves room for what stands around it. */
  piece: 1800,
  rows: 5,
  buttonsInRow: 5,
  buttonLabel: 80,
  options: 25,
  optionLabel: 100,
  placeholder: 150,
  customId: 100,
  modalTitle: 45,
  label: 45,
  description: 100,
  input: 4000,
  choices: 25,
  choice: 100,
  commandDescription: 100,
  menuName: 32,
  nonce: 25,
  linkUrl: 512,
  /** One file where an interaction does not say how large it may be ("Uploading Files"), in bytes. */
  file: 10_485_760,
  /** What Discord calls a megabyte, in bytes. */
  megabyte: 1_048_576,
  /** What a picture shows, in words ("Attachment Object"). */
  altText: 1024,
  /** Files that are heavier than this together, in bytes, might not be there in three seconds; our own. */
  quickFiles: 524_288,
  /** Boxes of one group ("Component Reference", Checkbox Group). */
  checks: 10,
  /** Messages of one private answer. */
  pages: 5,
  /** Components of a modal ("Component Reference": 1 to 5), and the text that may stand among them. */
  modalComponents: 5,
  display: 4000,
  /** Characters of one command: names, descriptions in their longest language, values ("Application Commands"). */
  command: 8000,
  /** Members whose rights an interaction has just told of; our own. */
  heard: 10_000,
  /** Conversations with people that are remembered; our own. */
  conversations: 10_000,
  /** Members and users that are remembered; our own. */
  cached: 500,
  /** Refused requests between two warnings; 10,000 within ten minutes shut an address out ("Rate Limits"). */
  invalidRequests: 500,
} as const;

/** In milliseconds. */
export const times = {
  /** An interaction's token is void after 3 s without a first answer ("Receiving and Responding"). */
  answer: 2000,
  /** Between two posts to one channel; discord.js keeps the exact buckets. */
  posts: 250,
  /** Messages older than an hour take three edits in six seconds for each channel (error 30046). */
  edits: 2000,
  /** What an interaction says of its member's rights is believed for this long. */
  rights: 60_000,
  /** The same interaction is not worked on twice within this time. */
  duplicates: 900_000,
  /** Suggestions that take longer come too late for who is typing. */
  suggestions: 1500,
  /** Discord says that a nonce is looked for among those of "the past few minutes" (Create Message): two are sure. */
  remembered: 120_000,
  /** A post that would have to wait longer for Discord's rate limit is put off; shorter than an outbox lease. */
  longestPost: 20_000,
  /** First and longest wait between two tries to connect, or to register the commands. */
  firstTry: 1000,
  longestTry: 30_000,
  /** Registering is tried again ever later, since creations are counted by the day. */
  longestRegistration: 3_600_000,
  /** The program's start waits this long for the connection, which goes on being made. */
  start: 5000,
  request: 10_000,
  /** At the end: for answers that are being given, then for the connection to close. */
  stopping: 5000,
  closing: 3000,
} as const;
