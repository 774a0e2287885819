// The page's own words in French.
import type en from './en.js';

export default {
  botBadge: 'Bot', // as in English
  youBadge: 'vous',
  staffBadge: 'Équipe',
  adminBadge: 'Admin', // as in English
  channels: 'Canaux',
  directMessages: 'Messages privés',
  privateChannel: 'Canal privé',
  aboutGeneral: 'Pour tous',
  aboutAtLarge: 'Pour la communauté At-Large',
  aboutStaff: 'Réservé à l’équipe : les autres ne le voient ni ne le lisent',
  aboutDirect: 'Entre vous et le bot',
  actAs: 'Vous êtes',
  actAsHint: 'Changez pour voir ce que voit un autre membre.',
  menuOpen: 'Canaux et membres',
  close: 'Fermer',
  skip: 'Aller au champ de message',
  writeTo: 'Écrivez dans #{channel}, ou tapez /',
  writeDirect: 'Tapez / pour les commandes',
  messageBox: 'Message', // as in English
  messages: 'Messages', // as in English
  suggestions: 'Suggestions', // as in English
  sending: 'Envoi…',
  onlyYou: 'Visible de vous seul',
  dismiss: 'Masquer',
  download: 'Télécharger',
  moreActions: 'Autres actions',
  newMessages: 'Nouveaux messages',
  unread: 'Non lu',
  reconnecting: 'Reconnexion…',
  emptyChannel: 'Rien n’a encore été publié ici.',
  directGreeting:
    'Je réponds aux commandes. Tapez / pour les voir toutes ; ce que vous demandez ici reste entre vous et moi.',
  unknownCommand: 'Il n’y a pas de commande {command} ici. Tapez / pour les voir toutes.',
  unknownCommandNear: 'Il n’y a pas de commande {command} ici. Vouliez-vous dire {near} ?',
  welcomeTitle: 'Bienvenue dans l’espace de travail local',
  welcomeText:
    'Voici Rapporteur tel qu’une communauté le rencontrerait sur Slack ou Discord, entièrement sur cette machine. Vous pouvez être l’un de six membres, dont deux de l’équipe. Les messages sont pour tous ceux du canal ; ce que le bot vous répond n’est visible que de vous tant que vous ne le partagez pas.',
  welcomeTry: 'Essayez par exemple :',
  welcomeDone: 'Compris',
  welcomeAgain: 'Revoir l’accueil',
  themeSystem: 'Couleurs : comme le système',
  themeLight: 'Couleurs : claires',
  themeDark: 'Couleurs : sombres',
  exposed: 'Ce port est accessible depuis d’autres machines : quiconque l’atteint agit comme l’équipe.',
  optional: 'facultatif',
  pleaseChoose: 'Veuillez choisir',
  choose: 'Choisir',
  charactersLeft: 'Caractères restants',
  lookAtMarked: 'Veuillez revoir ce qui est signalé ci-dessous.',
  fieldRequired: 'Veuillez remplir ce champ.',
  tickOne: 'Veuillez cocher au moins une case.',
  tickThis: 'Veuillez cocher cette case :',
  notSent: 'L’envoi a échoué : le bot ne répond pas. Ce que vous avez saisi est conservé ; veuillez réessayer.',
  tooLarge: 'C’est trop long pour être envoyé.',
  notAllowed: 'Ceci a été refusé. Veuillez recharger la page.',
  messageGone: 'Ce message n’est plus là.',
  notRecorded:
    'Ceci n’a pas été enregistré : la base de données ne répond pas pour le moment. Veuillez réessayer dans une minute.',
  fault: 'Une erreur s’est produite de notre côté et a été consignée.',
} satisfies Record<keyof typeof en, string>;
