import type { LanguageTag } from '../languages/languages.ts'

/** What the pages say to somebody who opens an invitation in a browser: the API's own page, and the one for a web server. */
export interface InvitationTexts {
  readonly title: string
  readonly room: string
  readonly roomInvite: string
  readonly recurringInvite: string
  readonly host: string
  readonly asks: string
  readonly open: string
  readonly roomHint: string
  readonly roomInviteHint: string
  readonly recurringInviteHint: string
  readonly hostHint: string
  /** Where nothing can be clicked, or nothing happens: the way by hand. */
  readonly byHand: string
  readonly incomplete: string
  readonly incompleteHint: string
  readonly noScripts: string
  readonly getTitle: string
  readonly get: string
  readonly knowsTitle: string
  /** Of the page on a web server, which is told nothing. */
  readonly knowsNothing: string
  /** Of the API's own page. */
  readonly knowsCode: string
}

export const invitationTexts = {
  en: {
    title: 'An invitation to Studyhall',
    room: 'A room to study in',
    roomInvite: 'You are invited to a room',
    recurringInvite: 'You are invited to a room that is on again and again',
    host: 'Somebody on your network hosts rooms',
    asks: 'Studyhall asks you before it goes there. Nobody sees or hears you until you say so.',
    open: 'Open in Studyhall',
    roomHint: 'A password may be needed: ask whoever sent you the link.',
    roomInviteHint: 'The invitation holds for a while only.',
    recurringInviteHint: 'You become a member, and can leave at any time.',
    hostHint: 'You have to be on the same network. In Studyhall, “Join a host nearby” takes the code, too.',
    byHand: 'If nothing opens, copy this link into the search for rooms in Studyhall:',
    incomplete: 'This link is not complete',
    incompleteHint: 'Ask whoever sent it for a new one, and open all of it.',
    noScripts: 'Or your browser runs no scripts: the invitation is read by one, here and nowhere else.',
    getTitle: 'You do not have Studyhall yet?',
    get: 'It is a free program for Windows, macOS and Linux. Get it from whoever invited you, install it, and open this page again.',
    knowsTitle: 'What this page knows',
    knowsNothing:
      'Nothing. The code stands behind the # of the address, which browsers keep to themselves; the page loads nothing else and stores nothing.',
    knowsCode:
      'The link, which comes from the same server. It asks for nothing, sets no cookies, runs no scripts and loads nothing else.',
  },
  de: {
    title: 'Eine Einladung zu Studyhall',
    room: 'Ein Raum zum Lernen',
    roomInvite: 'Du bist in einen Raum eingeladen',
    recurringInvite: 'Du bist in einen Raum eingeladen, der sich wiederholt',
    host: 'Jemand in deinem Netz stellt Räume bereit',
    asks: 'Studyhall fragt dich, bevor es dorthin geht. Niemand sieht oder hört dich, bevor du es willst.',
    open: 'In Studyhall öffnen',
    roomHint: 'Vielleicht braucht es ein Passwort: Frag, wer dir den Link geschickt hat.',
    roomInviteHint: 'Die Einladung gilt nur eine Weile.',
    recurringInviteHint: 'Du wirst Mitglied und kannst jederzeit wieder gehen.',
    hostHint: 'Du musst im selben Netz sein. In Studyhall nimmt auch „Zu jemandem in der Nähe“ den Code.',
    byHand: 'Wenn sich nichts öffnet, kopiere diesen Link in die Raumsuche von Studyhall:',
    incomplete: 'Dieser Link ist nicht vollständig',
    incompleteHint: 'Bitte den Absender um einen neuen und öffne ihn ganz.',
    noScripts:
      'Oder dein Browser führt keine Skripte aus: Eines liest die Einladung, hier und nirgends sonst.',
    getTitle: 'Du hast Studyhall noch nicht?',
    get: 'Es ist ein freies Programm für Windows, macOS und Linux. Hol es dir bei dem, der dich eingeladen hat, installiere es und öffne diese Seite noch einmal.',
    knowsTitle: 'Was diese Seite weiß',
    knowsNothing:
      'Nichts. Der Code steht hinter dem # der Adresse, das Browser für sich behalten; die Seite lädt sonst nichts und speichert nichts.',
    knowsCode:
      'Den Link, der vom selben Server kommt. Sie fragt nichts, setzt keine Cookies, führt keine Skripte aus und lädt sonst nichts.',
  },
  es: {
    title: 'Una invitación a Studyhall',
    room: 'Una sala para estudiar',
    roomInvite: 'Te han invitado a una sala',
    recurringInvite: 'Te han invitado a una sala que se repite',
    host: 'Alguien de tu red ofrece salas',
    asks: 'Studyhall te pregunta antes de ir allí. Nadie te ve ni te oye hasta que tú quieras.',
    open: 'Abrir en Studyhall',
    roomHint: 'Puede que haga falta una contraseña: pregunta a quien te envió el enlace.',
    roomInviteHint: 'La invitación solo vale por un tiempo.',
    recurringInviteHint: 'Pasas a ser miembro y puedes irte cuando quieras.',
    hostHint:
      'Tienes que estar en la misma red. En Studyhall, «Ir con alguien cercano» también acepta el código.',
    byHand: 'Si no se abre nada, copia este enlace en la búsqueda de salas de Studyhall:',
    incomplete: 'Este enlace no está completo',
    incompleteHint: 'Pide otro a quien te lo envió y ábrelo entero.',
    noScripts: 'O tu navegador no ejecuta scripts: uno lee la invitación, aquí y en ningún otro sitio.',
    getTitle: '¿Aún no tienes Studyhall?',
    get: 'Es un programa libre para Windows, macOS y Linux. Pídeselo a quien te invitó, instálalo y vuelve a abrir esta página.',
    knowsTitle: 'Lo que sabe esta página',
    knowsNothing:
      'Nada. El código está detrás de la # de la dirección, que los navegadores no envían; la página no carga nada más ni guarda nada.',
    knowsCode:
      'El enlace, que viene del mismo servidor. No pregunta nada, no usa cookies, no ejecuta scripts y no carga nada más.',
  },
  fr: {
    title: 'Une invitation à Studyhall',
    room: 'Une salle pour étudier',
    roomInvite: 'Vous êtes invité dans une salle',
    recurringInvite: 'Vous êtes invité dans une salle qui revient régulièrement',
    host: 'Quelqu’un sur votre réseau héberge des salles',
    asks: 'Studyhall vous demande avant d’y aller. Personne ne vous voit ni ne vous entend tant que vous ne le voulez pas.',
    open: 'Ouvrir dans Studyhall',
    roomHint: 'Un mot de passe peut être nécessaire : demandez à la personne qui vous a envoyé le lien.',
    roomInviteHint: 'L’invitation n’est valable qu’un certain temps.',
    recurringInviteHint: 'Vous devenez membre et pouvez partir à tout moment.',
    hostHint:
      'Vous devez être sur le même réseau. Dans Studyhall, « Rejoindre quelqu’un de proche » prend aussi le code.',
    byHand: 'Si rien ne s’ouvre, copiez ce lien dans la recherche de salles de Studyhall :',
    incomplete: 'Ce lien n’est pas complet',
    incompleteHint: 'Demandez-en un nouveau à la personne qui l’a envoyé, et ouvrez-le en entier.',
    noScripts:
      'Ou votre navigateur n’exécute pas de scripts : l’un d’eux lit l’invitation, ici et nulle part ailleurs.',
    getTitle: 'Vous n’avez pas encore Studyhall ?',
    get: 'C’est un logiciel libre pour Windows, macOS et Linux. Demandez-le à la personne qui vous a invité, installez-le et rouvrez cette page.',
    knowsTitle: 'Ce que sait cette page',
    knowsNothing:
      'Rien. Le code se trouve derrière le # de l’adresse, que les navigateurs gardent pour eux ; la page ne charge rien d’autre et n’enregistre rien.',
    knowsCode:
      'Le lien, qui vient du même serveur. Elle ne demande rien, ne dépose pas de cookies, n’exécute pas de scripts et ne charge rien d’autre.',
  },
  'pt-BR': {
    title: 'Um convite para o Studyhall',
    room: 'Uma sala para estudar',
    roomInvite: 'Você foi convidado para uma sala',
    recurringInvite: 'Você foi convidado para uma sala que se repete',
    host: 'Alguém na sua rede hospeda salas',
    asks: 'O Studyhall pergunta antes de ir até lá. Ninguém vê nem ouve você antes que você queira.',
    open: 'Abrir no Studyhall',
    roomHint: 'Talvez seja preciso uma senha: pergunte a quem enviou o link.',
    roomInviteHint: 'O convite vale só por um tempo.',
    recurringInviteHint: 'Você se torna membro e pode sair quando quiser.',
    hostHint:
      'Você precisa estar na mesma rede. No Studyhall, “Entrar com alguém por perto” também aceita o código.',
    byHand: 'Se nada abrir, copie este link para a busca de salas do Studyhall:',
    incomplete: 'Este link não está completo',
    incompleteHint: 'Peça um novo a quem o enviou e abra-o por inteiro.',
    noScripts: 'Ou seu navegador não executa scripts: um deles lê o convite, aqui e em nenhum outro lugar.',
    getTitle: 'Ainda não tem o Studyhall?',
    get: 'É um programa livre para Windows, macOS e Linux. Peça-o a quem convidou você, instale e abra esta página de novo.',
    knowsTitle: 'O que esta página sabe',
    knowsNothing:
      'Nada. O código fica depois do # do endereço, que os navegadores não enviam; a página não carrega mais nada e não guarda nada.',
    knowsCode:
      'O link, que vem do mesmo servidor. Ela não pergunta nada, não usa cookies, não executa scripts e não carrega mais nada.',
  },
  ja: {
    title: 'Studyhallへの招待',
    room: '勉強のためのルーム',
    roomInvite: 'ルームに招待されています',
    recurringInvite: '繰り返し開かれるルームに招待されています',
    host: '同じネットワークの誰かがルームをホストしています',
    asks: 'Studyhallは移動する前に確認します。あなたがよいと言うまで、誰にも姿は見えず、声も聞こえません。',
    open: 'Studyhallで開く',
    roomHint: 'パスワードが必要なことがあります。リンクを送った人に聞いてください。',
    roomInviteHint: '招待には期限があります。',
    recurringInviteHint: 'メンバーになります。いつでも抜けられます。',
    hostHint: '同じネットワークにいる必要があります。Studyhallの「近くのホストに参加」でもコードを使えます。',
    byHand: '何も開かないときは、このリンクをStudyhallのルーム検索に貼り付けてください。',
    incomplete: 'このリンクは完全ではありません',
    incompleteHint: '送った人に新しいリンクを頼み、全体を開いてください。',
    noScripts:
      'または、ブラウザーでスクリプトが動いていません。招待はこのページの中だけでスクリプトが読み取ります。',
    getTitle: 'Studyhallをまだお持ちでないですか？',
    get: 'Windows、macOS、Linux 用の無料のプログラムです。招待した人から受け取ってインストールし、このページをもう一度開いてください。',
    knowsTitle: 'このページが知っていること',
    knowsNothing:
      '何も知りません。コードはアドレスの # の後ろにあり、ブラウザーはそれを送りません。ページはほかに何も読み込まず、何も保存しません。',
    knowsCode:
      '同じサーバーから来たリンクだけです。何も尋ねず、Cookie を置かず、スクリプトを動かさず、ほかに何も読み込みません。',
  },
  'zh-Hans': {
    title: 'Studyhall的邀请',
    room: '一间自习房间',
    roomInvite: '你被邀请进入一个房间',
    recurringInvite: '你被邀请进入一个定期开放的房间',
    host: '你的网络中有人在开放房间',
    asks: 'Studyhall前往之前会先问你。在你同意之前，没有人看得到或听得到你。',
    open: '在Studyhall中打开',
    roomHint: '可能需要密码：请询问发链接给你的人。',
    roomInviteHint: '邀请只在一段时间内有效。',
    recurringInviteHint: '你会成为成员，并可随时退出。',
    hostHint: '你需要在同一个网络中。在Studyhall的“加入附近的主人”中也可以使用这个代码。',
    byHand: '如果没有打开，请把这个链接粘贴到Studyhall的房间搜索中：',
    incomplete: '这个链接不完整',
    incompleteHint: '请向发送者要一个新的链接，并完整地打开它。',
    noScripts: '或者你的浏览器不运行脚本：邀请由脚本读取，只在这个页面里。',
    getTitle: '还没有Studyhall？',
    get: '它是适用于 Windows、macOS 和 Linux 的免费程序。请向邀请你的人索取，安装后再次打开此页面。',
    knowsTitle: '此页面知道什么',
    knowsNothing:
      '什么都不知道。代码在地址的 # 之后，浏览器不会发送它；页面不加载其他内容，也不保存任何内容。',
    knowsCode:
      '只有这个链接，它来自同一台服务器。页面不询问任何内容，不使用 Cookie，不运行脚本，也不加载其他内容。',
  },
  ar: {
    title: 'دعوة إلى Studyhall',
    room: 'غرفة للدراسة',
    roomInvite: 'أنت مدعو إلى غرفة',
    recurringInvite: 'أنت مدعو إلى غرفة تتكرر',
    host: 'شخص على شبكتك فتح غرفه للآخرين',
    asks: 'يسألك Studyhall قبل الذهاب إلى هناك. لا يراك أحد ولا يسمعك حتى توافق.',
    open: 'الفتح في Studyhall',
    roomHint: 'قد تلزم كلمة مرور: اسأل من أرسل إليك الرابط.',
    roomInviteHint: 'الدعوة صالحة لمدة محدودة فقط.',
    recurringInviteHint: 'تصبح عضوًا، ويمكنك المغادرة في أي وقت.',
    hostHint: 'يجب أن تكون على الشبكة نفسها. في Studyhall يقبل «الانضمام إلى شخص بالقرب» الرمز أيضًا.',
    byHand: 'إن لم يُفتح شيء، فانسخ هذا الرابط إلى بحث الغرف في Studyhall:',
    incomplete: 'هذا الرابط غير مكتمل',
    incompleteHint: 'اطلب رابطًا جديدًا ممن أرسله، وافتحه كاملًا.',
    noScripts: 'أو أن متصفحك لا يشغّل البرامج النصية: أحدها يقرأ الدعوة، هنا لا غير.',
    getTitle: 'ليس لديك Studyhall بعد؟',
    get: 'هو برنامج مجاني لأنظمة Windows وmacOS وLinux. احصل عليه ممن دعاك، وثبّته، ثم افتح هذه الصفحة من جديد.',
    knowsTitle: 'ما تعرفه هذه الصفحة',
    knowsNothing:
      'لا شيء. الرمز يقع بعد علامة # في العنوان، وهي لا تُرسلها المتصفحات؛ ولا تحمّل الصفحة شيئًا آخر ولا تحفظ شيئًا.',
    knowsCode:
      'الرابط وحده، وهو من الخادم نفسه. لا تسأل عن شيء، ولا تستخدم ملفات تعريف الارتباط، ولا تشغّل برامج نصية، ولا تحمّل شيئًا آخر.',
  },
} as const satisfies Record<LanguageTag, InvitationTexts>
