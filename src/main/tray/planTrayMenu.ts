import type { MainWords } from '../language/mainWords.ts'
import type { TrayCommand, TrayView } from '../../shared/tray/trayView.ts'

/** A line of the menu, as Electron's `MenuItemConstructorOptions` are made of it. */
export type TrayMenuLine =
  | { readonly kind: 'separator' }
  | { readonly kind: 'item'; readonly label: string; readonly command: TrayCommand | null }

/** Until the page has said what to show, and if it never does: the way to the window, and the way out. */
const first = ({ open, quit }: MainWords): TrayView => ({
  icon: 'idle',
  tooltip: 'Studyhall',
  groups: [
    [
      { label: open, command: { kind: 'show' } },
      { label: quit, command: { kind: 'quit' } },
    ],
  ],
})

/** What stands in the tray, with a line between groups. There is always a way to quit. */
export function planTrayMenu(
  view: TrayView | null,
  words: MainWords,
): {
  readonly icon: TrayView['icon']
  readonly tooltip: string
  readonly lines: readonly TrayMenuLine[]
} {
  const { icon, tooltip, groups } = view ?? first(words)
  const canQuit = groups.some((group) => group.some(({ command }) => command?.kind === 'quit'))
  const all = canQuit ? groups : [...groups, ...first(words).groups]
  const lines: TrayMenuLine[] = []
  for (const group of all) {
    if (lines.length > 0) lines.push({ kind: 'separator' })
    for (const { label, command } of group) {
      // In a menu, an ampersand would name the key of the letter after it.
      lines.push({ kind: 'item', label: label.replaceAll('&', '&&'), command })
    }
  }
  return { icon, tooltip: tooltip === '' ? first(words).tooltip : tooltip, lines }
}
