import type { LanguageTag } from '../../shared/languages/languages.ts'
import type { MissingSandbox } from '../security/findMissingSandbox.ts'

/** What the main process says by itself, while there is no page that could say it. */
export interface MainWords {
  readonly open: string
  readonly quit: string
  readonly cannotStart: string
  /** Why it does not start, and what to do. */
  readonly missingSandbox: Readonly<Record<MissingSandbox, string>>
  /** The page of the window has ended again and again. */
  readonly pageFailed: string
  readonly pageFailedMore: string
  readonly loadAgain: string
}

export const mainWords: Readonly<Record<LanguageTag, MainWords>> = {
  en: {
    open: 'Open Studyhall',
    quit: 'Quit',
    cannotStart: 'Studyhall cannot start',
    missingSandbox: {
      switchedOff:
        'Studyhall was started without the sandbox that keeps a page away from the rest of your computer. Start it without --no-sandbox, and without ELECTRON_DISABLE_SANDBOX in the environment.',
      appImage:
        'This AppImage was started without the sandbox that keeps a page away from the rest of your computer: most likely your system does not let it use one. Install the Debian package instead, or allow the AppImage by an AppArmor profile; docs/packaging.md of Studyhall says how. If you have added --no-sandbox yourself, leave it out.',
    },
    pageFailed: 'Studyhall’s window keeps failing',
    pageFailedMore:
      'What it shows has stopped several times within a minute, and loading it again did not help. Any call is over. The log says more.',
    loadAgain: 'Load again',
  },
  de: {
    open: 'Studyhall öffnen',
    quit: 'Beenden',
    cannotStart: 'Studyhall kann nicht starten',
    missingSandbox: {
      switchedOff:
        'Studyhall wurde ohne die Sandbox gestartet, die eine Seite vom Rest deines Computers fernhält. Starte es ohne --no-sandbox und ohne ELECTRON_DISABLE_SANDBOX in der Umgebung.',
      appImage:
        'Dieses AppImage wurde ohne die Sandbox gestartet, die eine Seite vom Rest deines Computers fernhält: Wahrscheinlich erlaubt dein System ihm keine. Installiere stattdessen das Debian-Paket oder erlaube das AppImage durch ein AppArmor-Profil; docs/packaging.md von Studyhall beschreibt beides. Hast du --no-sandbox selbst hinzugefügt, lass es weg.',
    },
    pageFailed: 'Das Fenster von Studyhall fällt immer wieder aus',
    pageFailedMore:
      'Sein Inhalt ist innerhalb einer Minute mehrmals abgebrochen, und neu zu laden hat nicht geholfen. Ein Gespräch ist zu Ende. Im Protokoll steht mehr.',
    loadAgain: 'Neu laden',
  },
  es: {
    open: 'Abrir Studyhall',
    quit: 'Salir',
    cannotStart: 'Studyhall no puede iniciarse',
    missingSandbox: {
      switchedOff:
        'Studyhall se inició sin el entorno aislado («sandbox») que separa una página del resto de tu equipo. Inícialo sin --no-sandbox y sin ELECTRON_DISABLE_SANDBOX en el entorno.',
      appImage:
        'Esta AppImage se inició sin el entorno aislado («sandbox») que separa una página del resto de tu equipo: lo más probable es que tu sistema no se lo permita. Instala en su lugar el paquete Debian o permite la AppImage con un perfil de AppArmor; docs/packaging.md de Studyhall explica cómo. Si has añadido --no-sandbox por tu cuenta, quítalo.',
    },
    pageFailed: 'La ventana de Studyhall falla una y otra vez',
    pageFailedMore:
      'Su contenido se ha detenido varias veces en un minuto y volver a cargarlo no ha servido. Si había una llamada, ha terminado. El registro dice más.',
    loadAgain: 'Volver a cargar',
  },
  fr: {
    open: 'Ouvrir Studyhall',
    quit: 'Quitter',
    cannotStart: 'Studyhall ne peut pas démarrer',
    missingSandbox: {
      switchedOff:
        'Studyhall a été lancé sans le bac à sable qui sépare une page du reste de votre ordinateur. Lancez-le sans --no-sandbox, et sans ELECTRON_DISABLE_SANDBOX dans l’environnement.',
      appImage:
        'Cette AppImage a été lancée sans le bac à sable qui sépare une page du reste de votre ordinateur : votre système ne le lui permet sans doute pas. Installez plutôt le paquet Debian, ou autorisez l’AppImage par un profil AppArmor ; docs/packaging.md de Studyhall explique comment faire. Si vous avez ajouté --no-sandbox vous-même, retirez-le.',
    },
    pageFailed: 'La fenêtre de Studyhall s’arrête sans cesse',
    pageFailedMore:
      'Son contenu s’est arrêté plusieurs fois en une minute, et le recharger n’a rien changé. Un appel en cours est terminé. Le journal en dit plus.',
    loadAgain: 'Recharger',
  },
  'pt-BR': {
    open: 'Abrir o Studyhall',
    quit: 'Sair',
    cannotStart: 'O Studyhall não pode iniciar',
    missingSandbox: {
      switchedOff:
        'O Studyhall foi iniciado sem o ambiente isolado (sandbox) que mantém uma página longe do resto do seu computador. Inicie-o sem --no-sandbox e sem ELECTRON_DISABLE_SANDBOX no ambiente.',
      appImage:
        'Este AppImage foi iniciado sem o ambiente isolado (sandbox) que mantém uma página longe do resto do seu computador: provavelmente o seu sistema não o permite. Instale o pacote Debian no lugar dele ou permita o AppImage com um perfil do AppArmor; docs/packaging.md do Studyhall explica como. Se você mesmo acrescentou --no-sandbox, retire-o.',
    },
    pageFailed: 'A janela do Studyhall falha repetidamente',
    pageFailedMore:
      'O conteúdo dela parou várias vezes em um minuto, e carregar de novo não ajudou. Se havia uma chamada, ela terminou. O registro diz mais.',
    loadAgain: 'Carregar de novo',
  },
  ja: {
    open: 'Studyhall を開く',
    quit: '終了',
    cannotStart: 'Studyhall を起動できません',
    missingSandbox: {
      switchedOff:
        'ページをパソコンのほかの部分から隔てるサンドボックスなしで Studyhall が起動されました。--no-sandbox を付けず、環境変数 ELECTRON_DISABLE_SANDBOX も設定せずに起動してください。',
      appImage:
        'ページをパソコンのほかの部分から隔てるサンドボックスなしで、この AppImage が起動されました。おそらくシステムがサンドボックスの使用を許可していません。代わりに Debian パッケージをインストールするか、AppArmor のプロファイルで AppImage を許可してください。方法は Studyhall の docs/packaging.md にあります。--no-sandbox を自分で付けた場合は外してください。',
    },
    pageFailed: 'Studyhall のウィンドウが繰り返し停止しています',
    pageFailedMore:
      '1分以内に表示が何度も停止し、読み込み直しても直りませんでした。通話中だった場合、通話は終了しています。詳しくはログに記録されています。',
    loadAgain: '再読み込み',
  },
  'zh-Hans': {
    open: '打开 Studyhall',
    quit: '退出',
    cannotStart: 'Studyhall 无法启动',
    missingSandbox: {
      switchedOff:
        'Studyhall 启动时没有沙盒，而沙盒会把页面与电脑的其他部分隔开。启动时请不要带 --no-sandbox，也不要设置环境变量 ELECTRON_DISABLE_SANDBOX。',
      appImage:
        '这个 AppImage 启动时没有沙盒，而沙盒会把页面与电脑的其他部分隔开：很可能是系统不允许它使用沙盒。请改为安装 Debian 软件包，或用 AppArmor 配置文件允许这个 AppImage；做法见 Studyhall 的 docs/packaging.md。如果 --no-sandbox 是你自己加的，请去掉它。',
    },
    pageFailed: 'Studyhall 的窗口反复出错',
    pageFailedMore:
      '窗口内容在一分钟内多次停止，重新加载也没有用。如果刚才在通话，通话已结束。日志里有更多信息。',
    loadAgain: '重新加载',
  },
  ar: {
    open: 'فتح Studyhall',
    quit: 'إنهاء',
    cannotStart: 'يتعذّر بدء تشغيل Studyhall',
    missingSandbox: {
      switchedOff:
        'بدأ Studyhall من دون البيئة المعزولة (sandbox) التي تفصل الصفحة عن بقية الكمبيوتر. شغّله من دون \u2066--no-sandbox\u2069 ومن دون ELECTRON_DISABLE_SANDBOX في متغيرات البيئة.',
      appImage:
        'بدأ ملف AppImage هذا من دون البيئة المعزولة (sandbox) التي تفصل الصفحة عن بقية الكمبيوتر، والأرجح أن نظامك لا يسمح له بها. ثبّت حزمة دبيان بدلًا منه، أو اسمح لملف AppImage بملف تعريف AppArmor؛ والطريقة في \u2066docs/packaging.md\u2069 من Studyhall. وإن كنت قد أضفت \u2066--no-sandbox\u2069 بنفسك فاحذفه.',
    },
    pageFailed: 'نافذة Studyhall تتعطل مرة بعد مرة',
    pageFailedMore:
      'توقف محتواها عدة مرات خلال دقيقة، ولم تنفع إعادة تحميله. إن كنت في مكالمة فقد انتهت. في السجل تفاصيل أكثر.',
    loadAgain: 'إعادة التحميل',
  },
}
