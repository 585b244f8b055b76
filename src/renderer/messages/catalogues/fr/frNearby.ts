import type { NearbyCatalogue } from '../catalogue.ts'

/** Studying with one's own network, in French. */
export const frNearby = {
  host: {
    open: 'Ouvrir aux personnes proches',
    title: 'Ouvrir aux personnes proches',
    close: 'Fermer',
    lead: 'Ouvre vos salles aux personnes de votre propre réseau. Il leur faut le code que vous obtenez ici ; personne d’autre n’entre.',
    opens: [
      'Vos salles, qui s’y trouve et ce qui s’y écrit : aux invités comme à vous. Les salles privées restent privées.',
      'Rien d’autre de cet ordinateur. Tout est chiffré, et leur Studyhall s’assure de parler au vôtre.',
      'Cela dure jusqu’à ce que vous y mettiez fin ou quittiez Studyhall. Les anciens codes ne valent alors plus rien.',
    ],
    firewall:
      'Votre système peut demander si Studyhall peut être joint depuis le réseau. Acceptez pour les réseaux privés.',
    media:
      'Un appel de plus de quatre personnes en cours est interrompu quelques secondes à l’ouverture et à la fin.',
    start: 'Ouvrir les salles',
    starting: 'La porte s’ouvre',
    stop: 'Mettre fin',
    on: 'Vos salles sont ouvertes',
    code: 'Code pour les invités',
    codeHint:
      'Envoyez-le à celles et ceux qui doivent venir, ou laissez-les le scanner. Qui l’a peut entrer tant que cela dure.',
    leadsTo: 'Il mène directement à {{room}}.',
    copy: 'Copier le code',
    copied: 'Code copié',
    notCopied: 'Il n’a pas pu être copié. Vous pouvez le sélectionner ci-dessus.',
    qr: 'Le code sous forme de code QR. Il dit la même chose que le texte à côté.',
    reachedAt: 'Ouvert à',
    place: '{{address}} (port {{port}})',
    carries: 'Ce que porte votre ordinateur',
    guests: 'Invités',
    guestsCount_zero: 'Personne pour l’instant',
    guestsCount_one: '{{count}} application connectée',
    guestsCount_many: '{{count}} d’applications connectées',
    guestsCount_other: '{{count}} applications connectées',
    rooms: 'Salles occupées',
    people: 'Personnes dans les salles',
    cpu: 'Processeur',
    sent: 'Envoie',
    unknown: 'Pas encore connu',
    carriesHint:
      'Les appels jusqu’à quatre vont d’ordinateur à ordinateur. Les plus grands passent par le vôtre, s’il a un serveur de médias. Gardez-le éveillé et branché.',
    problem: {
      not_embedded:
        'Seul le backend intégré peut être ouvert. Choisissez-le dans les réglages, sous Backend.',
      not_owner:
        'Une autre fenêtre Studyhall de cet ordinateur tient les salles. Ouvrez-les de là, ou fermez-la et réessayez.',
      not_ready: 'Vos salles ne sont pas encore prêtes. Réessayez dans un instant.',
      no_network:
        'Cet ordinateur n’est sur aucun réseau où d’autres pourraient être. Connectez-le et réessayez.',
      port_in_use:
        'Un autre programme utilise le port choisi pour cela. Fermez-le, ou choisissez un autre port.',
      failed: 'L’ouverture n’a pas réussi. Le journal du dossier de données en dit plus.',
    },
    asGuest: 'Vous êtes en ce moment chez quelqu’un. Quittez d’abord ses salles pour ouvrir les vôtres.',
  },
  hosting: {
    notice_zero:
      'Vos salles sont ouvertes aux personnes proches qui ont votre code. Personne n’est encore là.',
    notice_one: 'Vos salles sont ouvertes aux personnes proches. {{count}} invité est là.',
    notice_many: 'Vos salles sont ouvertes aux personnes proches. {{count}} d’invités sont là.',
    notice_other: 'Vos salles sont ouvertes aux personnes proches. {{count}} invités sont là.',
    starting: 'Vos salles s’ouvrent aux personnes proches.',
    show: 'Afficher',
    moved:
      'Votre ordinateur a maintenant d’autres adresses, et votre code a changé. Les invités qui peuvent encore le joindre reviennent d’eux-mêmes ; les autres ont besoin du nouveau code.',
    offline: 'Votre ordinateur n’est sur aucun réseau pour le moment. Tout reprend dès qu’il en retrouve un.',
    ended: 'Vos salles ne sont plus ouvertes.',
  },
  join: {
    open: 'Rejoindre quelqu’un de proche',
    title: 'Rejoindre quelqu’un de proche',
    close: 'Fermer',
    lead: 'Quelqu’un de votre réseau a ouvert des salles à d’autres ? Demandez-lui son code.',
    linkLead:
      'Vous avez suivi un lien vers quelqu’un qui ouvre ses salles aux personnes proches, à {{addresses}}.',
    code: 'Code d’accès',
    codeHint: 'Il commence par les chiffres de l’adresse.',
    codeMissing: 'Collez le code que l’on vous a envoyé.',
    follows:
      'Vous voyez ses salles à la place des vôtres jusqu’à ce que vous partiez. Les vôtres restent telles quelles.',
    sees: 'Son ordinateur garde ce que vous y faites : votre nom, vos salles et ce que vous écrivez.',
    leavesRoom: 'Vous quittez {{room}}.',
    join: 'Rejoindre',
    joining: 'Recherche en cours',
    cancel: 'Pas maintenant',
    outcome: {
      bad_code: 'Ce n’est pas un code de ce genre. Copiez-le en entier, sans rien changer.',
      unreachable:
        'Personne ne répond là-bas. Vérifiez que vous êtes sur le même réseau et que les salles sont encore ouvertes.',
      wrong_certificate:
        'Un autre ordinateur que celui de ce code répond à cette adresse. Rien ne lui a été envoyé. Demandez un nouveau code.',
      refused: 'Ce code n’y vaut plus rien. Demandez-en un nouveau.',
      full: 'Il y a là autant d’invités que possible. Réessayez plus tard.',
      newer: 'Le Studyhall de là-bas et le vôtre ne vont pas ensemble. Mettez à jour le plus ancien.',
      not_studyhall: 'Quelque chose répond là-bas, mais pas comme Studyhall.',
      fixed: 'L’environnement décide quel backend est utilisé. Démarrez Studyhall sans lui pour être invité.',
      hosting: 'Vos propres salles sont ouvertes en ce moment. Mettez-y fin d’abord.',
      failed: 'Cela n’a pas marché. Réessayez.',
    },
  },
  guest: {
    notice: 'Vous êtes dans les salles de {{host}}, sur invitation.',
    lost: '{{host}} ne répond pas. Studyhall continue d’essayer.',
    leave: 'Quitter {{host}}',
    ended: {
      stopped: '{{host}} a fermé ses salles. Vous êtes de retour dans les vôtres.',
      lost: '{{host}} n’a plus pu être joint. Vous êtes de retour dans vos propres salles.',
      changed:
        '{{host}} a rouvert ses salles. Vous êtes de retour dans les vôtres ; demandez le nouveau code.',
    },
    welcome: 'Vous allez entrer dans les salles de {{host}}.',
    stored:
      'Votre nom va à l’ordinateur de {{host}}, avec ce que vous y faites. Une clé qui vous permet de revenir reste ici, lisible par vous seul.',
  },
  settings: {
    title: 'Étudier avec votre réseau',
    hint: 'Retrouvez les personnes du même réseau sans internet : l’une ouvre ses salles, les autres entrent par un code.',
  },
} satisfies NearbyCatalogue<'fr'>
