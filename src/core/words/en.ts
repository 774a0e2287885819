// The few sentences that core says itself.
export default {
  oldButton:
    'This button or form is from an older version of Rapporteur and no longer works. Please use the command again.',
  draftGone: 'That form is no longer kept. Please start again.',
  staffOnly: 'This is for staff: the members of the staff channel.',
  adminsOnly: 'This is for the administrators of this workspace or server.',
  unknownWords: '“{typed}” means nothing to {command}. It understands: {verbs}.',
  unknownWordsNear: '“{typed}” means nothing to {command}. Did you mean {near}? It understands: {verbs}.',
  missingOption: 'Please add {option} to the command.',
  unknownId: 'There is nothing under that ID here. Perhaps it was mistyped, or has been removed.',
  notRecorded: 'This was not recorded: the store does not answer just now. Please try again in a minute.',
  fault:
    'Something went wrong on our side, and it has been logged. If it happens again, tell whoever runs Rapporteur this reference: {reference}.',
  openForm: 'Open the form',
  formReady: 'The form is ready.',
  formAgain: 'This needs another look. What you typed is kept:',
  backToForm: 'Back to the form',
  send: 'Send',
  translate: 'Translate',
  cancel: 'Cancel',
  more: '(continued)',
  inviteMe:
    'I cannot post in this channel. Please invite me (on Slack: /invite @Rapporteur; on Discord: let my role view the channel and send messages), then try again.',
  channelGone: 'That channel is gone, or I was never invited to it.',
  lacksScope: 'the Slack app lacks the scope {what}: add it under “OAuth & Permissions”, then reinstall the app',
  lacksPermission: 'the Discord role lacks the permission “{what}”: grant it under Server Settings, Roles',
  notConnected: 'not connected at the moment: it reconnects by itself; if this stays, look at the log',
  commandsNotRegistered: 'the slash commands are not registered: look at the log',
  blocked: 'A message for {where} could not be delivered.',
  blockedNotInvited:
    'I was not invited there. Please invite me (on Slack: /invite @Rapporteur; on Discord: let my role view the channel and send messages).',
  blockedGone: 'The channel or the message is gone.',
  blockedForbidden: 'The platform does not allow it: look at the rights of the app there.',
  blockedClosed: 'Direct messages are closed there. Nothing more is tried; another way is needed.',
  blockedTooLate: 'It was tried for a day without success and has been given up; later messages are still tried.',
  blockedUnanswered:
    'The platform never said whether it arrived, and it is not sent again: please look there, and pass it on yourself if it is missing.',
  filesHere: 'Here is what you asked for.',
  filesSent: 'Sent to you as a direct message: {files}.',
  filesComing: 'On its way to you as a direct message: {files}.',
  filesLackScope:
    'Not sent: {files}. The Slack app lacks the scope {what}; an administrator can add it under “OAuth & Permissions” and reinstall the app.',
  filesClosed: 'Not sent: {files}. Direct messages from this app do not reach you.',
  filesForbidden: 'Not sent: {files}. The rules of this workspace or server do not allow it.',
  filesTooLarge: 'Not sent: {files}. Here a file may have {most, number} MB at most.',
  filesNotNow: 'Not sent: {files}. Please try again in a minute.',
} as const;
