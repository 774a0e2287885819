// Core's own words in French.
import type en from './en.js';

export default {
  oldButton:
    'Ce bouton ou ce formulaire vient d’une version antérieure de Rapporteur et ne fonctionne plus. Veuillez réutiliser la commande.',
  draftGone: 'Ce formulaire n’est plus conservé. Veuillez recommencer.',
  staffOnly: 'Ceci est réservé à l’équipe : les membres du canal de l’équipe.',
  adminsOnly: 'Ceci est réservé aux administrateurs de cet espace de travail ou de ce serveur.',
  unknownWords: '« {typed} » ne veut rien dire pour {command}. Cette commande comprend : {verbs}.',
  unknownWordsNear:
    '« {typed} » ne veut rien dire pour {command}. Vouliez-vous dire {near} ? Cette commande comprend : {verbs}.',
  missingOption: 'Veuillez ajouter {option} à la commande.',
  unknownId: 'Rien ne correspond à cet ID ici. Il a peut-être été mal saisi ou supprimé.',
  notRecorded:
    'Ceci n’a pas été enregistré : la base de données ne répond pas pour le moment. Veuillez réessayer dans une minute.',
  fault:
    'Une erreur s’est produite de notre côté et a été consignée. Si elle se répète, communiquez cette référence à la personne qui gère Rapporteur : {reference}.',
  openForm: 'Ouvrir le formulaire',
  formReady: 'Le formulaire est prêt.',
  formAgain: 'Ceci est à revoir. Ce que vous avez saisi est conservé :',
  backToForm: 'Retour au formulaire',
  send: 'Envoyer',
  translate: 'Traduire',
  cancel: 'Annuler',
  more: '(suite)',
  inviteMe:
    'Je ne peux pas publier dans ce canal. Veuillez m’inviter (sur Slack : /invite @Rapporteur ; sur Discord : autorisez mon rôle à voir le canal et à y envoyer des messages), puis réessayez.',
  channelGone: 'Ce canal n’existe plus, ou je n’y ai jamais été invité.',
  lacksScope:
    'il manque à l’application Slack la portée {what} : ajoutez-la sous « OAuth & Permissions », puis réinstallez l’application',
  lacksPermission:
    'il manque au rôle Discord la permission « {what} » : accordez-la dans les paramètres du serveur, sous Rôles',
  notConnected: 'pas de connexion en ce moment : elle se rétablit d’elle-même ; si cela dure, consultez le journal',
  commandsNotRegistered: 'les commandes ne sont pas enregistrées : consultez le journal',
  blocked: 'Un message pour {where} n’a pas pu être remis.',
  blockedNotInvited:
    'Je n’y ai pas été invité. Veuillez m’inviter (sur Slack : /invite @Rapporteur ; sur Discord : autorisez mon rôle à voir le canal et à y envoyer des messages).',
  blockedGone: 'Le canal ou le message n’existe plus.',
  blockedForbidden: 'La plateforme ne le permet pas : vérifiez les droits de l’application à cet endroit.',
  blockedClosed: 'Les messages privés y sont fermés. Rien d’autre n’est tenté ; il faut un autre moyen.',
  blockedTooLate:
    'L’envoi a été tenté pendant un jour sans succès, puis abandonné ; les messages suivants seront encore tentés.',
  blockedUnanswered:
    'La plateforme n’a jamais dit s’il était arrivé, et il n’est plus envoyé : veuillez vérifier sur place, et transmettez-le vous-même s’il manque.',
  filesHere: 'Voici ce que vous avez demandé.',
  filesSent: 'Envoyé par message privé : {files}.',
  filesComing: 'Envoi en cours par message privé : {files}.',
  filesLackScope:
    'Non envoyé : {files}. Il manque à l’application Slack la portée {what} ; un administrateur peut l’ajouter sous « OAuth & Permissions », puis réinstaller l’application.',
  filesClosed: 'Non envoyé : {files}. Les messages privés de cette application ne vous parviennent pas.',
  filesForbidden: 'Non envoyé : {files}. Les règles de cet espace de travail ou de ce serveur ne le permettent pas.',
  filesTooLarge: 'Non envoyé : {files}. Un fichier peut faire ici {most, number} Mo au plus.',
  filesNotNow: 'Non envoyé : {files}. Veuillez réessayer dans une minute.',
} satisfies Record<keyof typeof en, string>;
