/** Study with your network: hosting, and being a guest. */
export const enNearby = {
  host: {
    open: 'Host for people nearby',
    title: 'Host for people nearby',
    close: 'Close',
    lead: 'Opens your rooms to people on your own network. They need the code that you get here; nobody else comes in.',
    opens: [
      'Your rooms, the people in them and what is written there: to guests as to you. Private rooms stay private.',
      'Nothing else of this computer. Everything is encrypted, and their Studyhall makes sure that it talks to yours.',
      'It lasts until you stop it or quit Studyhall. Old codes are worth nothing afterwards.',
    ],
    firewall:
      'Your system may ask whether Studyhall may be reached from the network. Say yes for private networks.',
    media:
      'A call of more than four people that goes on now is interrupted for a few seconds when you start or stop.',
    start: 'Start hosting',
    starting: 'Opening the door',
    stop: 'Stop hosting',
    on: 'You are hosting',
    code: 'Code for guests',
    codeHint:
      'Send it to those who are to come, or let them scan it. Whoever has it can come in while you host.',
    leadsTo: 'It leads right into {{room}}.',
    copy: 'Copy the code',
    copied: 'Code copied',
    notCopied: 'It could not be copied. You can select it above.',
    qr: 'The code as a QR code. It says the same as the text beside it.',
    reachedAt: 'Open at',
    place: '{{address}}, port {{port}}',
    carries: 'What your computer carries',
    guests: 'Guests',
    guestsCount_zero: 'Nobody yet',
    guestsCount_one: '{{count}} app connected',
    guestsCount_other: '{{count}} apps connected',
    rooms: 'Rooms in use',
    people: 'People in rooms',
    cpu: 'Processor',
    sent: 'Sending',
    unknown: 'Not known yet',
    carriesHint:
      'Calls of up to four go from computer to computer. Larger ones go through yours, if it has a media server. Keep it awake and plugged in.',
    problem: {
      not_embedded: 'Only the built-in backend can be opened. Choose it in the settings, under Backend.',
      not_owner:
        'Another Studyhall window of this computer keeps the rooms. Host from there, or close it and try again.',
      not_ready: 'Your rooms are not open yet. Try again in a moment.',
      no_network: 'This computer is on no network that others could be on. Connect it and try again.',
      port_in_use:
        'Another program uses the port that was chosen for hosting. Close it, or choose another port.',
      failed: 'Hosting did not work. The log in the data folder says more.',
    },
    asGuest: 'You are somebody’s guest at the moment. Leave them first to host yourself.',
  },
  hosting: {
    notice_zero: 'Your rooms are open to people nearby who have your code. Nobody is here yet.',
    notice_one: 'Your rooms are open to people nearby. {{count}} guest is here.',
    notice_other: 'Your rooms are open to people nearby. {{count}} guests are here.',
    starting: 'Your rooms are being opened to people nearby.',
    show: 'Show',
    moved:
      'Your computer has other addresses now, and your code is another one. Guests who can still reach it come back by themselves; the others need the new code.',
    offline: 'Your computer is on no network at the moment. You go on hosting as soon as it is on one again.',
    ended: 'Hosting has ended.',
  },
  join: {
    open: 'Join a host nearby',
    title: 'Join a host nearby',
    close: 'Close',
    lead: 'Somebody on your network hosts rooms for others? Ask them for their code.',
    linkLead: 'You followed a link to somebody who hosts for people nearby, at {{addresses}}.',
    code: 'Code',
    codeHint: 'It begins with the numbers of the host’s address.',
    codeMissing: 'Paste the code that the host has sent you.',
    follows: 'You see their rooms instead of yours until you leave. Yours stay as they are.',
    sees: 'Their computer keeps what you do there: your name, your rooms and what you write.',
    leavesRoom: 'You leave {{room}}.',
    join: 'Join',
    joining: 'Looking for the host',
    cancel: 'Not now',
    outcome: {
      bad_code: 'This is not a host’s code. Copy all of it, and change nothing.',
      unreachable:
        'Nobody answers there. Make sure that you are on the same network as the host and that they are still hosting.',
      wrong_certificate:
        'Another computer answers at this address than the one this code is from. Nothing was sent to it. Ask the host for a new code.',
      refused: 'The host does not take this code any more. Ask for a new one.',
      full: 'The host has as many guests as it takes. Try again later.',
      newer: 'The host’s Studyhall and yours do not fit together. Update the older one.',
      not_studyhall: 'Something answers there, but not as Studyhall does.',
      fixed: 'The environment decides which backend is used. Start Studyhall without it to be a guest.',
      hosting: 'You are hosting yourself. Stop that first.',
      failed: 'That did not work. Try again.',
    },
  },
  guest: {
    notice: 'You are in {{host}}’s rooms, as a guest.',
    lost: '{{host}} does not answer. Studyhall keeps trying.',
    leave: 'Leave {{host}}',
    ended: {
      stopped: '{{host}} stopped hosting. You are back in your own rooms.',
      lost: '{{host}} could not be reached any more. You are back in your own rooms.',
      changed: '{{host}} has begun to host anew. You are back in your own rooms; ask for the new code.',
    },
    welcome: 'You are about to enter {{host}}’s rooms.',
    stored:
      'Your name goes to {{host}}’s computer, with what you do there. A key that lets you come back stays here, for you alone to read.',
  },
  settings: {
    title: 'Study with your network',
    hint: 'Meet people on the same network without the internet: one opens their rooms, the others join by a code.',
  },
} as const
