// Core's own words in Spanish.
import type en from './en.js';

export default {
  oldButton:
    'Este botón o formulario es de una versión anterior de Rapporteur y ya no funciona. Vuelva a usar el comando.',
  draftGone: 'Ese formulario ya no se conserva. Empiece de nuevo, por favor.',
  staffOnly: 'Esto es para el personal: los miembros del canal del personal.',
  adminsOnly: 'Esto es para los administradores de este espacio de trabajo o servidor.',
  unknownWords: '«{typed}» no significa nada para {command}. Este comando entiende: {verbs}.',
  unknownWordsNear: '«{typed}» no significa nada para {command}. ¿Quiso decir {near}? Este comando entiende: {verbs}.',
  missingOption: 'Añada {option} al comando, por favor.',
  unknownId: 'Aquí no hay nada con ese ID. Quizás se escribió mal o se eliminó.',
  notRecorded:
    'Esto no se ha registrado: el almacenamiento no responde en este momento. Inténtelo de nuevo en un minuto.',
  fault:
    'Algo falló de nuestro lado y quedó registrado. Si vuelve a ocurrir, comunique esta referencia a quien administra Rapporteur: {reference}.',
  openForm: 'Abrir el formulario',
  formReady: 'El formulario está listo.',
  formAgain: 'Esto necesita otra revisión. Lo que escribió se conserva:',
  backToForm: 'Volver al formulario',
  send: 'Enviar',
  translate: 'Traducir',
  cancel: 'Cancelar',
  more: '(continuación)',
  inviteMe:
    'No puedo publicar en este canal. Invíteme, por favor (en Slack: /invite @Rapporteur; en Discord: permita que mi rol vea el canal y envíe mensajes) e inténtelo de nuevo.',
  channelGone: 'Ese canal ya no existe, o nunca me invitaron a él.',
  lacksScope:
    'a la aplicación de Slack le falta el permiso {what}: añádalo en «OAuth & Permissions» y reinstale la aplicación',
  lacksPermission: 'al rol de Discord le falta el permiso «{what}»: concédalo en los ajustes del servidor, en Roles',
  notConnected: 'sin conexión por ahora: se restablece sola; si persiste, consulte el registro',
  commandsNotRegistered: 'los comandos no están registrados: consulte el registro',
  blocked: 'No se pudo entregar un mensaje para {where}.',
  blockedNotInvited:
    'No me invitaron allí. Invíteme, por favor (en Slack: /invite @Rapporteur; en Discord: permita que mi rol vea el canal y envíe mensajes).',
  blockedGone: 'El canal o el mensaje ya no existe.',
  blockedForbidden: 'La plataforma no lo permite: revise los permisos de la aplicación allí.',
  blockedClosed: 'Los mensajes directos están cerrados allí. No se intenta nada más; hace falta otra vía.',
  blockedTooLate: 'Se intentó durante un día sin éxito y se abandonó; los mensajes posteriores se siguen intentando.',
  blockedUnanswered:
    'La plataforma nunca dijo si llegó, y no se envía otra vez: compruébelo allí y transmítalo usted si falta.',
  filesHere: 'Aquí tiene lo que pidió.',
  filesSent: 'Enviado por mensaje directo: {files}.',
  filesComing: 'Se está enviando por mensaje directo: {files}.',
  filesLackScope:
    'No enviado: {files}. A la aplicación de Slack le falta el permiso {what}; un administrador puede añadirlo en «OAuth & Permissions» y reinstalar la aplicación.',
  filesClosed: 'No enviado: {files}. Los mensajes directos de esta aplicación no le llegan.',
  filesForbidden: 'No enviado: {files}. Las normas de este espacio de trabajo o servidor no lo permiten.',
  filesTooLarge: 'No enviado: {files}. Aquí un archivo puede tener {most, number} MB como máximo.',
  filesNotNow: 'No enviado: {files}. Inténtelo de nuevo en un minuto.',
} satisfies Record<keyof typeof en, string>;
