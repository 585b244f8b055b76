import type { LanguageTag } from '../../shared/languages/languages.ts'

/** What the main process says by itself, while there is no page that could say it. */
export interface MainWords {
  readonly open: string
  readonly quit: string
  readonly cannotStart: string
}

export const mainWords: Readonly<Record<LanguageTag, MainWords>> = {
  en: { open: 'Open Studyhall', quit: 'Quit', cannotStart: 'Studyhall cannot start' },
  de: { open: 'Studyhall öffnen', quit: 'Beenden', cannotStart: 'Studyhall kann nicht starten' },
  es: { open: 'Abrir Studyhall', quit: 'Salir', cannotStart: 'Studyhall no puede iniciarse' },
  fr: { open: 'Ouvrir Studyhall', quit: 'Quitter', cannotStart: 'Studyhall ne peut pas démarrer' },
  'pt-BR': {
    open: 'Abrir o Studyhall',
    quit: 'Sair',
    cannotStart: 'O Studyhall não pode iniciar',
  },
  ja: { open: 'Studyhall を開く', quit: '終了', cannotStart: 'Studyhall を起動できません' },
  'zh-Hans': { open: '打开 Studyhall', quit: '退出', cannotStart: 'Studyhall 无法启动' },
  ar: { open: 'فتح Studyhall', quit: 'إنهاء', cannotStart: 'يتعذّر بدء تشغيل Studyhall' },
}
