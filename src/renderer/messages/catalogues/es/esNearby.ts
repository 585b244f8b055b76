import type { NearbyCatalogue } from '../catalogue.ts'

/** Studying with one's own network, in Spanish. */
export const esNearby = {
  host: {
    open: 'Abrir para gente cercana',
    title: 'Abrir para gente cercana',
    close: 'Cerrar',
    lead: 'Abre tus salas a la gente de tu propia red. Necesitan el código que obtienes aquí; nadie más entra.',
    opens: [
      'Tus salas, quién está en ellas y lo que se escribe allí: para los invitados como para ti. Las salas privadas siguen siendo privadas.',
      'Nada más de este ordenador. Todo va cifrado, y su Studyhall comprueba que habla con el tuyo.',
      'Dura hasta que lo termines o cierres Studyhall. Después, los códigos antiguos no valen nada.',
    ],
    firewall:
      'Puede que tu sistema pregunte si se puede llegar a Studyhall desde la red. Acéptalo para redes privadas.',
    media:
      'Una llamada de más de cuatro personas en curso se interrumpe unos segundos al abrir y al terminar.',
    start: 'Abrir las salas',
    starting: 'Abriendo la puerta',
    stop: 'Terminar',
    on: 'Tus salas están abiertas',
    code: 'Código para invitados',
    codeHint:
      'Envíaselo a quienes deban venir, o deja que lo escaneen. Quien lo tenga puede entrar mientras dure.',
    leadsTo: 'Lleva directamente a {{room}}.',
    copy: 'Copiar el código',
    copied: 'Código copiado',
    notCopied: 'No se pudo copiar. Puedes seleccionarlo arriba.',
    qr: 'El código como código QR. Dice lo mismo que el texto de al lado.',
    reachedAt: 'Abierto en',
    place: '{{address}}, puerto {{port}}',
    carries: 'Lo que soporta tu ordenador',
    guests: 'Invitados',
    guestsCount_zero: 'Nadie todavía',
    guestsCount_one: '{{count}} aplicación conectada',
    guestsCount_many: '{{count}} de aplicaciones conectadas',
    guestsCount_other: '{{count}} aplicaciones conectadas',
    rooms: 'Salas en uso',
    people: 'Personas en salas',
    cpu: 'Procesador',
    sent: 'Envía',
    unknown: 'Aún no se sabe',
    carriesHint:
      'Las llamadas de hasta cuatro van de ordenador a ordenador. Las mayores pasan por el tuyo, si tiene un servidor de medios. Mantenlo despierto y enchufado.',
    problem: {
      not_embedded: 'Solo se puede abrir el backend incorporado. Elígelo en los ajustes, en Backend.',
      not_owner:
        'Otra ventana de Studyhall de este ordenador lleva las salas. Ábrelas desde allí, o ciérrala e inténtalo de nuevo.',
      not_ready: 'Tus salas aún no están listas. Inténtalo de nuevo en un momento.',
      no_network:
        'Este ordenador no está en ninguna red en la que pueda haber otros. Conéctalo e inténtalo de nuevo.',
      port_in_use: 'Otro programa usa el puerto elegido para esto. Ciérralo, o elige otro puerto.',
      failed: 'No se pudieron abrir las salas. El registro de la carpeta de datos dice más.',
    },
    asGuest: 'Ahora estás en las salas de otra persona. Sal de ellas primero para abrir las tuyas.',
  },
  hosting: {
    notice_zero: 'Tus salas están abiertas a la gente cercana que tenga tu código. Aún no hay nadie.',
    notice_one: 'Tus salas están abiertas a la gente cercana. Hay {{count}} invitado.',
    notice_many: 'Tus salas están abiertas a la gente cercana. Hay {{count}} de invitados.',
    notice_other: 'Tus salas están abiertas a la gente cercana. Hay {{count}} invitados.',
    starting: 'Tus salas se están abriendo a la gente cercana.',
    show: 'Mostrar',
    moved:
      'Tu equipo tiene ahora otras direcciones y tu código es otro. Los invitados que aún lo alcanzan vuelven por sí solos; los demás necesitan el código nuevo.',
    offline: 'Tu equipo no está en ninguna red ahora mismo. Todo sigue en cuanto vuelva a estar en una.',
    ended: 'Tus salas ya no están abiertas.',
  },
  join: {
    open: 'Ir con alguien cercano',
    title: 'Ir con alguien cercano',
    close: 'Cerrar',
    lead: '¿Alguien de tu red ha abierto salas para otros? Pídele su código.',
    linkLead: 'Has seguido un enlace hacia alguien que abre salas para gente cercana, en {{addresses}}.',
    code: 'Código',
    codeHint: 'Empieza por los números de la dirección.',
    codeMissing: 'Pega el código que te han enviado.',
    follows: 'Ves sus salas en lugar de las tuyas hasta que salgas. Las tuyas siguen como están.',
    sees: 'Su ordenador guarda lo que haces allí: tu nombre, tus salas y lo que escribes.',
    leavesRoom: 'Sales de {{room}}.',
    join: 'Entrar',
    joining: 'Buscando',
    cancel: 'Ahora no',
    outcome: {
      bad_code: 'Esto no es un código así. Cópialo entero, sin cambiar nada.',
      unreachable:
        'Allí no responde nadie. Comprueba que estás en la misma red y que las salas siguen abiertas.',
      wrong_certificate:
        'En esta dirección responde otro ordenador que el de este código. No se le ha enviado nada. Pide un código nuevo.',
      refused: 'Este código ya no vale allí. Pide uno nuevo.',
      full: 'Allí hay tantos invitados como caben. Inténtalo más tarde.',
      newer: 'El Studyhall de allí y el tuyo no encajan. Actualiza el más antiguo.',
      not_studyhall: 'Allí responde algo, pero no como lo hace Studyhall.',
      fixed: 'El entorno decide qué backend se usa. Inicia Studyhall sin él para ser invitado.',
      hosting: 'Tus propias salas están abiertas ahora. Termínalo primero.',
      failed: 'No ha funcionado. Inténtalo de nuevo.',
    },
  },
  guest: {
    notice: 'Estás en las salas de {{host}}, como invitado.',
    lost: '{{host}} no responde. Studyhall sigue intentándolo.',
    leave: 'Salir de {{host}}',
    ended: {
      stopped: '{{host}} ha cerrado sus salas. Estás de nuevo en las tuyas.',
      lost: 'Ya no se pudo llegar a {{host}}. Estás de nuevo en tus propias salas.',
      changed: '{{host}} ha abierto sus salas de nuevo. Estás en las tuyas; pide el código nuevo.',
    },
    welcome: 'Estás a punto de entrar en las salas de {{host}}.',
    stored:
      'Tu nombre va al ordenador de {{host}}, con lo que hagas allí. Una clave que te permite volver se queda aquí, y solo tú puedes leerla.',
  },
  settings: {
    title: 'Estudiar con tu red',
    hint: 'Encuéntrate con gente de la misma red sin internet: una persona abre sus salas, las demás entran con un código.',
  },
} satisfies NearbyCatalogue<'es'>
