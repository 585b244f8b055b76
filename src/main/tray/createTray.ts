import { Menu, nativeImage, type NativeImage, Tray } from 'electron'
import type { TrayCommand, TrayView } from '../../shared/tray/trayView.ts'
import type { MainWords } from '../language/mainWords.ts'
import { planTrayMenu } from './planTrayMenu.ts'
import { trayIconImages } from './trayIcons.generated.ts'

/** The app's icon in the tray. */
export interface AppTray {
  /** Null: there is no page that could say what to show. */
  readonly show: (view: TrayView | null) => void
  readonly dispose: () => void
}

/** Puts the icon in the tray, with a menu from the first moment on. */
export function createTray(
  platform: NodeJS.Platform,
  words: MainWords,
  onCommand: (command: TrayCommand) => void,
): AppTray {
  const isTemplate = platform === 'darwin'
  const icons = new Map<TrayView['icon'], NativeImage>()
  const iconOf = (state: TrayView['icon']): NativeImage => {
    const known = icons.get(state) ?? openIcon(state, isTemplate)
    icons.set(state, known)
    return known
  }
  const tray = new Tray(iconOf('idle'))
  const show = (view: TrayView | null): void => {
    const { icon, tooltip, lines } = planTrayMenu(view, words)
    tray.setImage(iconOf(icon))
    tray.setToolTip(tooltip)
    tray.setContextMenu(
      Menu.buildFromTemplate(
        lines.map((line) => {
          if (line.kind === 'separator') return { type: 'separator' }
          const { label, command } = line
          return command === null ? { label, enabled: false } : { label, click: () => onCommand(command) }
        }),
      ),
    )
  }
  show(null)
  // On macOS a press opens the menu by itself; on Linux it depends on the desktop, whose menu has the same entry.
  if (!isTemplate) tray.on('click', () => onCommand({ kind: 'show' }))
  return { show, dispose: () => tray.destroy() }
}

function openIcon(state: TrayView['icon'], isTemplate: boolean): NativeImage {
  const [single, double] = trayIconImages[isTemplate ? 'template' : 'colour'][state]
  const image = nativeImage.createEmpty()
  for (const [scaleFactor, png] of [
    [1, single],
    [2, double],
  ] as const) {
    image.addRepresentation({ scaleFactor, dataURL: `data:image/png;base64,${png}` })
  }
  image.setTemplateImage(isTemplate)
  return image
}
