import { onOutside } from './fromOutside.ts'

type Members = Pick<Electron.GlobalShortcut, 'register' | 'unregister' | 'unregisterAll' | 'isRegistered'>

/** As many spellings as there are, one combination. */
function normalize(accelerator: string): string {
  const parts = accelerator.toLowerCase().split('+')
  const key = parts.pop() ?? ''
  return [...parts.sort(), key].join('+')
}

/**
 * Electron's `globalShortcut`: who holds which combination is kept, and the keys themselves come from outside
 * (`globalShortcut`, with the accelerator). Combinations in `STUDYHALL_TAKEN_SHORTCUTS` belong to another program.
 */
class RuntimeGlobalShortcut implements Members {
  readonly #held = new Map<string, () => void>()

  constructor() {
    onOutside('globalShortcut', (accelerator) => this.#held.get(normalize(String(accelerator)))?.())
  }

  register(accelerator: Electron.Accelerator, callback: () => void): boolean {
    const taken = (process.env.STUDYHALL_TAKEN_SHORTCUTS ?? '').split(' ').map(normalize)
    const name = normalize(accelerator)
    if (this.#held.has(name) || taken.includes(name)) return false
    this.#held.set(name, callback)
    return true
  }

  unregister(accelerator: Electron.Accelerator): void {
    this.#held.delete(normalize(accelerator))
  }

  unregisterAll(): void {
    this.#held.clear()
  }

  isRegistered(accelerator: Electron.Accelerator): boolean {
    return this.#held.has(normalize(accelerator))
  }
}

/** The one of this process. */
export const globalShortcut = new RuntimeGlobalShortcut()
