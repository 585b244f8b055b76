/** The systems whose keyboards differ. */
export type KeyboardPlatform = 'darwin' | 'linux' | 'win32' | 'other'

/** In the order in which they are written. `Super` is the Windows key, and Command on a Mac. */
export const modifiers = ['Control', 'Alt', 'Shift', 'Super'] as const
export type Modifier = (typeof modifiers)[number]

/** A key with what is held beside it. */
export interface Accelerator {
  readonly modifiers: readonly Modifier[]
  /** As Electron names it: `M`, `7`, `F5`, `Space`, `Up`, `num3`, `,`. */
  readonly key: string
}

/** The part of a `KeyboardEvent` that says what is pressed. */
export interface KeyPress {
  readonly code: string
  readonly key: string
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  readonly metaKey: boolean
}

/** `KeyboardEvent.code` of keys that print, by what they print on a US keyboard. */
const keysByCode: Readonly<Record<string, string>> = {
  Comma: ',', Period: '.', Slash: '/', Semicolon: ';', Quote: "'", BracketLeft: '[', BracketRight: ']',
  Backslash: '\\', Minus: '-', Equal: '=', Backquote: '`', Space: 'Space',
  ArrowUp: 'Up', ArrowDown: 'Down', ArrowLeft: 'Left', ArrowRight: 'Right', Home: 'Home', End: 'End',
  PageUp: 'PageUp', PageDown: 'PageDown', Insert: 'Insert', Delete: 'Delete', Backspace: 'Backspace',
  Tab: 'Tab', Enter: 'Enter', Escape: 'Escape', PrintScreen: 'PrintScreen',
  NumpadAdd: 'numadd', NumpadSubtract: 'numsub', NumpadMultiply: 'nummult', NumpadDivide: 'numdiv',
  NumpadDecimal: 'numdec',
} // prettier-ignore

const modifierNames: Readonly<Record<string, Modifier>> = {
  control: 'Control', ctrl: 'Control', alt: 'Alt', option: 'Alt', shift: 'Shift',
  super: 'Super', meta: 'Super', command: 'Super', cmd: 'Super',
} // prettier-ignore

const keyNames: ReadonlyMap<string, string> = new Map(
  [
    ...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'.split(''),
    ...Array.from({ length: 24 }, (_, index) => `F${index + 1}`),
    ...Array.from({ length: 10 }, (_, index) => `num${index}`),
    ...Object.values(keysByCode),
  ].map((name) => [name.toLowerCase(), name]),
)

/**
 * The combination in `Control+Shift+M`, in whatever order and case; null when it is none. `CommandOrControl` is read by the
 * platform. Names: electronjs.org/docs/latest/api/accelerator.
 */
export function parseAccelerator(text: string, platform: KeyboardPlatform): Accelerator | null {
  const parts = text.split('+').map((part) => part.trim().toLowerCase())
  const key = keyNames.get(parts.pop() ?? '')
  if (key === undefined) return null
  const held = new Set<Modifier>()
  for (const part of parts) {
    const isEither = part === 'commandorcontrol' || part === 'cmdorctrl'
    const modifier = isEither ? (platform === 'darwin' ? 'Super' : 'Control') : modifierNames[part]
    if (modifier === undefined || held.has(modifier)) return null
    held.add(modifier)
  }
  return { modifiers: modifiers.filter((modifier) => held.has(modifier)), key }
}

/** As it is kept and given to Electron: one way to write each combination. */
export function writeAccelerator({ modifiers: held, key }: Accelerator): string {
  return [...held, key].join('+')
}

/**
 * What is pressed; null while it is only modifiers, or a key without a name. Letters follow the person's layout, what stands
 * elsewhere or changes with Shift follows the key's place.
 */
export function acceleratorOf(press: KeyPress): Accelerator | null {
  const key = keyOf(press)
  if (key === null) return null
  const isHeld = { Control: press.ctrlKey, Alt: press.altKey, Shift: press.shiftKey, Super: press.metaKey }
  return { modifiers: modifiers.filter((modifier) => isHeld[modifier]), key }
}

function keyOf({ code, key }: KeyPress): string | null {
  if (/^[A-Za-z]$/.test(key)) return key.toUpperCase()
  const letterOrDigit = /^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1]
  if (letterOrDigit !== undefined) return letterOrDigit
  const digit = /^Numpad(\d)$/.exec(code)?.[1]
  if (digit !== undefined) return `num${digit}`
  if (/^F([1-9]|1\d|2[0-4])$/.test(code)) return code
  return keysByCode[code] ?? null
}

const macSigns: Readonly<Record<Modifier, string>> = { Control: '⌃', Alt: '⌥', Shift: '⇧', Super: '⌘' }

const keyLabels: Readonly<Record<string, string>> = {
  Up: '↑', Down: '↓', Left: '←', Right: '→', PageUp: 'Page Up', PageDown: 'Page Down', PrintScreen: 'Print Screen',
  numadd: 'Num +', numsub: 'Num -', nummult: 'Num *', numdiv: 'Num /', numdec: 'Num .',
} // prettier-ignore

/** As the platform writes it for people: `⇧⌘M` on a Mac, `Ctrl + Shift + M` elsewhere. */
export function formatAccelerator({ modifiers: held, key }: Accelerator, platform: KeyboardPlatform): string {
  const label = keyLabels[key] ?? (/^num\d$/.test(key) ? `Num ${key.slice(3)}` : key)
  if (platform === 'darwin') return [...held.map((modifier) => macSigns[modifier]), label].join('')
  const names = { Control: 'Ctrl', Alt: 'Alt', Shift: 'Shift', Super: platform === 'win32' ? 'Win' : 'Super' }
  return [...held.map((modifier) => names[modifier]), label].join(' + ')
}

/** A key alone by its `KeyboardEvent.code`, for people. */
export function formatKeyCode(code: string): string {
  const side = /^(Control|Alt|Shift|Meta)(Left|Right)$/.exec(code)
  if (side !== null) return `${side[2] ?? ''} ${side[1] === 'Control' ? 'Ctrl' : (side[1] ?? '')}`
  const key = keyOf({ code, key: '', ctrlKey: false, altKey: false, shiftKey: false, metaKey: false })
  return key === null ? code : formatAccelerator({ modifiers: [], key }, 'other')
}
