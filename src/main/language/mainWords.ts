import type { LanguageTag } from '../../shared/languages/languages.ts'

/** What the main process says by itself, while there is no page that could say it. */
export interface MainWords {
  readonly open: string
  readonly quit: string
  readonly cannotStart: string
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
    pageFailed: 'Studyhall’s window keeps failing',
    pageFailedMore:
      'What it shows has stopped several times within a minute, and loading it again did not help. Any call is over. The log says more.',
    loadAgain: 'Load again',
  },
  de: {
    open: 'Studyhall öffnen',
    quit: 'Beenden',
    cannotStart: 'Studyhall kann nicht starten',
    pageFailed: 'Das Fenster von Studyhall fällt immer wieder aus',
    pageFailedMore:
      'Sein Inhalt ist innerhalb einer Minute mehrmals abgebrochen, und neu zu laden hat nicht geholfen. Ein Gespräch ist zu Ende. Im Protokoll steht mehr.',
    loadAgain: 'Neu laden',
  },
  es: {
    open: 'Abrir Studyhall',
    quit: 'Salir',
    cannotStart: 'Studyhall no puede iniciarse',
    pageFailed: 'La ventana de Studyhall falla una y otra vez',
    pageFailedMore:
      'Su contenido se ha detenido varias veces en un minuto y volver a cargarlo no ha servido. Si había una llamada, ha terminado. El registro dice más.',
    loadAgain: 'Volver a cargar',
  },
  fr: {
    open: 'Ouvrir Studyhall',
    quit: 'Quitter',
    cannotStart: 'Studyhall ne peut pas démarrer',
    pageFailed: 'La fenêtre de Studyhall s’arrête sans cesse',
    pageFailedMore:
      'Son contenu s’est arrêté plusieurs fois en une minute, et le recharger n’a rien changé. Un appel en cours est terminé. Le journal en dit plus.',
    loadAgain: 'Recharger',
  },
  'pt-BR': {
    open: 'Abrir o Studyhall',
    quit: 'Sair',
    cannotStart: 'O Studyhall não pode iniciar',
    pageFailed: 'A janela do Studyhall falha repetidamente',
    pageFailedMore:
      'O conteúdo dela parou várias vezes em um minuto, e carregar de novo não ajudou. Se havia uma chamada, ela terminou. O registro diz mais.',
    loadAgain: 'Carregar de novo',
  },
  ja: {
    open: 'Studyhall を開く',
    quit: '終了',
    cannotStart: 'Studyhall を起動できません',
    pageFailed: 'Studyhall のウィンドウが繰り返し停止しています',
    pageFailedMore:
      '1分以内に表示が何度も停止し、読み込み直しても直りませんでした。通話中だった場合、通話は終了しています。詳しくはログに記録されています。',
    loadAgain: '再読み込み',
  },
  'zh-Hans': {
    open: '打开 Studyhall',
    quit: '退出',
    cannotStart: 'Studyhall 无法启动',
    pageFailed: 'Studyhall 的窗口反复出错',
    pageFailedMore:
      '窗口内容在一分钟内多次停止，重新加载也没有用。如果刚才在通话，通话已结束。日志里有更多信息。',
    loadAgain: '重新加载',
  },
  ar: {
    open: 'فتح Studyhall',
    quit: 'إنهاء',
    cannotStart: 'يتعذّر بدء تشغيل Studyhall',
    pageFailed: 'نافذة Studyhall تتعطل مرة بعد مرة',
    pageFailedMore:
      'توقف محتواها عدة مرات خلال دقيقة، ولم تنفع إعادة تحميله. إن كنت في مكالمة فقد انتهت. في السجل تفاصيل أكثر.',
    loadAgain: 'إعادة التحميل',
  },
}
