import type { NearbyCatalogue } from '../catalogue.ts'

/** Im eigenen Netz lernen, in German. */
export const deNearby = {
  host: {
    open: 'Für Leute in der Nähe öffnen',
    title: 'Für Leute in der Nähe öffnen',
    close: 'Schließen',
    lead: 'Öffnet deine Räume für Leute in deinem eigenen Netz. Sie brauchen den Code, den du hier bekommst; sonst kommt niemand herein.',
    opens: [
      'Deine Räume, wer darin ist und was dort geschrieben wird: für Gäste wie für dich. Private Räume bleiben privat.',
      'Sonst nichts von diesem Computer. Alles ist verschlüsselt, und ihr Studyhall vergewissert sich, dass es mit deinem spricht.',
      'Es gilt, bis du es beendest oder Studyhall schließt. Alte Codes sind danach nichts mehr wert.',
    ],
    firewall:
      'Dein System fragt vielleicht, ob Studyhall aus dem Netz erreichbar sein darf. Erlaube es für private Netze.',
    media:
      'Ein Gespräch von mehr als vier Leuten, das gerade läuft, wird beim Öffnen und Beenden für einige Sekunden unterbrochen.',
    start: 'Räume öffnen',
    starting: 'Die Tür geht auf',
    stop: 'Beenden',
    on: 'Deine Räume sind offen',
    code: 'Code für Gäste',
    codeHint:
      'Schick ihn denen, die kommen sollen, oder lass sie ihn scannen. Wer ihn hat, kann so lange herein.',
    leadsTo: 'Er führt gleich nach {{room}}.',
    copy: 'Code kopieren',
    copied: 'Code kopiert',
    notCopied: 'Er konnte nicht kopiert werden. Du kannst ihn oben markieren.',
    qr: 'Der Code als QR-Code. Er sagt dasselbe wie der Text daneben.',
    reachedAt: 'Offen unter',
    place: '{{address}}, Port {{port}}',
    carries: 'Was dein Computer trägt',
    guests: 'Gäste',
    guestsCount_zero: 'Noch niemand',
    guestsCount_one: '{{count}} App verbunden',
    guestsCount_other: '{{count}} Apps verbunden',
    rooms: 'Benutzte Räume',
    people: 'Leute in Räumen',
    cpu: 'Prozessor',
    sent: 'Sendet',
    unknown: 'Noch nicht bekannt',
    carriesHint:
      'Gespräche von bis zu vier Leuten gehen von Computer zu Computer. Größere gehen durch deinen, wenn er einen Medienserver hat. Lass ihn wach und am Strom.',
    problem: {
      not_embedded:
        'Nur das eingebaute Backend kann geöffnet werden. Wähle es in den Einstellungen unter Backend.',
      not_owner:
        'Ein anderes Studyhall-Fenster dieses Computers führt die Räume. Öffne sie von dort, oder schließe es und versuche es noch einmal.',
      not_ready: 'Deine Räume sind noch nicht bereit. Versuche es gleich noch einmal.',
      no_network:
        'Dieser Computer ist in keinem Netz, in dem andere sein könnten. Verbinde ihn und versuche es noch einmal.',
      port_in_use:
        'Ein anderes Programm benutzt den Port, der dafür gewählt wurde. Schließe es, oder wähle einen anderen Port.',
      failed: 'Das Öffnen hat nicht geklappt. Das Protokoll im Datenordner sagt mehr.',
    },
    asGuest: 'Du bist gerade bei jemandem zu Gast. Verlasse zuerst dessen Räume, um deine zu öffnen.',
  },
  hosting: {
    notice_zero: 'Deine Räume sind offen für Leute in der Nähe, die deinen Code haben. Noch ist niemand da.',
    notice_one: 'Deine Räume sind offen für Leute in der Nähe. {{count}} Gast ist da.',
    notice_other: 'Deine Räume sind offen für Leute in der Nähe. {{count}} Gäste sind da.',
    starting: 'Deine Räume werden für Leute in der Nähe geöffnet.',
    show: 'Zeigen',
    moved:
      'Dein Computer hat jetzt andere Adressen, und dein Code ist ein anderer. Gäste, die ihn noch erreichen, kommen von selbst zurück; die anderen brauchen den neuen Code.',
    offline: 'Dein Computer ist gerade in keinem Netz. Es geht weiter, sobald er wieder in einem ist.',
    ended: 'Deine Räume sind nicht mehr offen.',
  },
  join: {
    open: 'Zu jemandem in der Nähe',
    title: 'Zu jemandem in der Nähe',
    close: 'Schließen',
    lead: 'Jemand in deinem Netz hat Räume für andere geöffnet? Lass dir den Code geben.',
    linkLead:
      'Du bist einem Link zu jemandem gefolgt, der Räume für Leute in der Nähe öffnet, unter {{addresses}}.',
    code: 'Zugangscode',
    codeHint: 'Er beginnt mit den Zahlen der Adresse.',
    codeMissing: 'Füge den Code ein, den man dir geschickt hat.',
    follows: 'Du siehst deren Räume statt deiner, bis du gehst. Deine bleiben, wie sie sind.',
    sees: 'Ihr Computer bewahrt auf, was du dort tust: deinen Namen, deine Räume und was du schreibst.',
    leavesRoom: 'Du verlässt {{room}}.',
    join: 'Beitreten',
    joining: 'Wird gesucht',
    cancel: 'Jetzt nicht',
    outcome: {
      bad_code: 'Das ist kein solcher Code. Kopiere ihn ganz, und ändere nichts.',
      unreachable:
        'Dort antwortet niemand. Sieh nach, ob du im selben Netz bist und ob die Räume noch offen sind.',
      wrong_certificate:
        'Unter dieser Adresse antwortet ein anderer Computer als der, von dem dieser Code ist. Ihm wurde nichts geschickt. Bitte um einen neuen Code.',
      refused: 'Dieser Code gilt dort nicht mehr. Bitte um einen neuen.',
      full: 'Dort sind so viele Gäste, wie Platz haben. Versuche es später noch einmal.',
      newer: 'Das Studyhall dort und deines passen nicht zusammen. Aktualisiere das ältere.',
      not_studyhall: 'Dort antwortet etwas, aber nicht so wie Studyhall.',
      fixed:
        'Die Umgebung legt fest, welches Backend benutzt wird. Starte Studyhall ohne sie, um Gast zu sein.',
      hosting: 'Deine eigenen Räume sind gerade offen. Beende das zuerst.',
      failed: 'Das hat nicht geklappt. Versuche es noch einmal.',
    },
  },
  guest: {
    notice: 'Du bist als Gast in den Räumen von {{host}}.',
    lost: '{{host}} antwortet nicht. Studyhall versucht es weiter.',
    leave: '{{host}} verlassen',
    ended: {
      stopped: '{{host}} hat die Räume geschlossen. Du bist wieder in deinen eigenen.',
      lost: '{{host}} war nicht mehr zu erreichen. Du bist wieder in deinen eigenen Räumen.',
      changed:
        '{{host}} hat die Räume neu geöffnet. Du bist wieder in deinen eigenen; bitte um den neuen Code.',
    },
    welcome: 'Du bist dabei, die Räume von {{host}} zu betreten.',
    stored:
      'Dein Name geht an den Computer von {{host}}, mit dem, was du dort tust. Ein Schlüssel, mit dem du zurückkommst, bleibt hier, nur für dich lesbar.',
  },
  settings: {
    title: 'Im eigenen Netz lernen',
    hint: 'Triff Leute im selben Netz ohne das Internet: Eine Person öffnet ihre Räume, die anderen kommen mit einem Code.',
  },
} satisfies NearbyCatalogue<'de'>
