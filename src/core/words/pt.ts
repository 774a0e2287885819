// Core's own words in Portuguese.
import type en from './en.js';

export default {
  oldButton:
    'Este botão ou formulário é de uma versão anterior do Rapporteur e já não funciona. Use o comando novamente, por favor.',
  draftGone: 'Esse formulário já não está guardado. Comece de novo, por favor.',
  staffOnly: 'Isto é para a equipe: os membros do canal da equipe.',
  adminsOnly: 'Isto é para os administradores deste espaço de trabalho ou servidor.',
  unknownWords: '“{typed}” não significa nada para {command}. Este comando entende: {verbs}.',
  unknownWordsNear:
    '“{typed}” não significa nada para {command}. Você quis dizer {near}? Este comando entende: {verbs}.',
  missingOption: 'Acrescente {option} ao comando, por favor.',
  unknownId: 'Não há nada aqui com esse ID. Talvez tenha sido digitado errado ou removido.',
  notRecorded: 'Isto não foi registrado: o armazenamento não responde neste momento. Tente de novo em um minuto.',
  fault:
    'Algo deu errado do nosso lado e ficou registrado. Se acontecer de novo, informe esta referência a quem administra o Rapporteur: {reference}.',
  openForm: 'Abrir o formulário',
  formReady: 'O formulário está pronto.',
  formAgain: 'Isto precisa ser revisto. O que você digitou está guardado:',
  backToForm: 'Voltar ao formulário',
  send: 'Enviar',
  translate: 'Traduzir',
  cancel: 'Cancelar',
  more: '(continuação)',
  inviteMe:
    'Não posso publicar neste canal. Convide-me, por favor (no Slack: /invite @Rapporteur; no Discord: deixe meu cargo ver o canal e enviar mensagens) e tente de novo.',
  channelGone: 'Esse canal não existe mais, ou nunca fui convidado para ele.',
  lacksScope:
    'falta ao aplicativo do Slack a permissão {what}: acrescente-a em “OAuth & Permissions” e reinstale o aplicativo',
  lacksPermission: 'falta ao cargo do Discord a permissão “{what}”: conceda-a nas configurações do servidor, em Cargos',
  notConnected: 'sem conexão no momento: ela volta sozinha; se persistir, veja o registro',
  commandsNotRegistered: 'os comandos não estão registrados: veja o registro',
  blocked: 'Não foi possível entregar uma mensagem para {where}.',
  blockedNotInvited:
    'Não fui convidado para lá. Convide-me, por favor (no Slack: /invite @Rapporteur; no Discord: deixe meu cargo ver o canal e enviar mensagens).',
  blockedGone: 'O canal ou a mensagem não existe mais.',
  blockedForbidden: 'A plataforma não permite: verifique os direitos do aplicativo ali.',
  blockedClosed: 'As mensagens diretas estão fechadas ali. Nada mais será tentado; é preciso outro caminho.',
  blockedTooLate: 'Tentou-se durante um dia sem sucesso e desistiu-se; as mensagens seguintes ainda serão tentadas.',
  blockedUnanswered:
    'A plataforma nunca disse se chegou, e não será enviada de novo: verifique no local e transmita-a você mesmo se faltar.',
  filesHere: 'Aqui está o que você pediu.',
  filesSent: 'Enviado por mensagem direta: {files}.',
  filesComing: 'Sendo enviado por mensagem direta: {files}.',
  filesLackScope:
    'Não enviado: {files}. Falta ao aplicativo do Slack a permissão {what}; um administrador pode acrescentá-la em “OAuth & Permissions” e reinstalar o aplicativo.',
  filesClosed: 'Não enviado: {files}. As mensagens diretas deste aplicativo não chegam até você.',
  filesForbidden: 'Não enviado: {files}. As regras deste espaço de trabalho ou servidor não permitem.',
  filesTooLarge: 'Não enviado: {files}. Aqui um arquivo pode ter no máximo {most, number} MB.',
  filesNotNow: 'Não enviado: {files}. Tente de novo em um minuto.',
} satisfies Record<keyof typeof en, string>;
