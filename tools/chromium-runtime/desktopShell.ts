import { EventEmitter } from 'node:events'

/*
 * What an app shows outside its windows. Nothing of it can be seen here: there is neither a tray nor a notification area to reach
 * from plain Node. It is recorded instead, so that it can be asked for and used (desktopQuestions.ts); a notification is also said
 * in the terminal, which is where the person sits who started the app like this.
 */

/** A line of a menu as it would stand there. */
export interface RecordedMenuLine {
  readonly label: string
  readonly enabled: boolean
  readonly isSeparator: boolean
}

type MenuTemplate = Parameters<typeof Electron.Menu.buildFromTemplate>[0]

/** A menu that cannot be seen. */
export class RuntimeMenu {
  readonly #template: MenuTemplate

  constructor(template: MenuTemplate) {
    this.#template = template
  }

  get lines(): readonly RecordedMenuLine[] {
    return this.#template.map(({ label = '', enabled = true, type }) => ({
      label,
      enabled,
      isSeparator: type === 'separator',
    }))
  }

  /** Presses the line; false when there is none to press. */
  press(label: string): boolean {
    const line = this.#template.find((candidate) => candidate.label === label && candidate.enabled !== false)
    if (line?.click === undefined) return false
    // What Electron gives besides (the item, the window, the keys) the app does not look at.
    Reflect.apply(line.click, undefined, [])
    return true
  }
}

/** `Menu` without a menu bar, which this runtime does not have. */
export const Menu = {
  buildFromTemplate: (template: MenuTemplate): RuntimeMenu => new RuntimeMenu(template),
  setApplicationMenu(menu: unknown): void {
    if (menu !== null) {
      throw new Error(
        'electron.Menu is not implemented by the Chromium runtime as a menu bar (only its removal)',
      )
    }
  },
  getApplicationMenu: (): null => null,
}

/** Pictures are taken and looked at by nobody. */
class RuntimeImage implements Pick<
  Electron.NativeImage,
  'addRepresentation' | 'setTemplateImage' | 'isEmpty'
> {
  #isEmpty = true

  addRepresentation(options: Electron.AddRepresentationOptions): void {
    if (options.dataURL?.startsWith('data:image/') !== true && options.buffer === undefined) {
      throw new Error('nativeImage.addRepresentation: neither an image’s data URL nor a buffer')
    }
    this.#isEmpty = false
  }

  setTemplateImage(): void {}

  isEmpty(): boolean {
    return this.#isEmpty
  }
}

export const nativeImage = { createEmpty: (): RuntimeImage => new RuntimeImage() }

const trays = new Set<RuntimeTray>()

/** An icon that cannot be seen, with its menu. */
export class RuntimeTray extends EventEmitter {
  toolTip = ''
  menu: RuntimeMenu | null = null

  constructor(image: RuntimeImage) {
    super()
    this.setImage(image)
    trays.add(this)
  }

  setImage(image: RuntimeImage): void {
    if (image.isEmpty()) throw new Error('Tray: the image is empty, so that nothing would be seen of it')
  }

  setToolTip(text: string): void {
    this.toolTip = text
  }

  setContextMenu(menu: RuntimeMenu | null): void {
    this.menu = menu
  }

  destroy(): void {
    trays.delete(this)
  }

  isDestroyed(): boolean {
    return !trays.has(this)
  }
}

/** The app's one icon; null: none. */
export function currentTray(): RuntimeTray | null {
  return [...trays].at(-1) ?? null
}

const shown: RuntimeNotification[] = []

/** A notification that stands in the terminal. */
export class RuntimeNotification extends EventEmitter {
  readonly options: Electron.NotificationConstructorOptions

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super()
    this.options = options
  }

  static isSupported(): boolean {
    return true
  }

  show(): void {
    shown.push(this)
    console.log(`[notification] ${this.options.title ?? ''}: ${this.options.body ?? ''}`)
    this.emit('show', {})
  }

  close(): void {
    this.emit('close', {})
  }
}

/** All notifications so far, the oldest first. */
export function shownNotifications(): readonly RuntimeNotification[] {
  return shown
}
