import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  acceleratorOf,
  formatAccelerator,
  formatKeyCode,
  type KeyPress,
  parseAccelerator,
  writeAccelerator,
} from './accelerator.ts'

const press = (fields: Partial<KeyPress>): KeyPress => ({
  code: '',
  key: '',
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  metaKey: false,
  ...fields,
})

describe('parseAccelerator', () => {
  test.each([
    ['Control+Shift+M', 'linux', 'Control+Shift+M'],
    ['shift+ctrl+m', 'linux', 'Control+Shift+M'],
    ['CommandOrControl+,', 'win32', 'Control+,'],
    ['CommandOrControl+,', 'darwin', 'Super+,'],
    ['Cmd+Option+Up', 'darwin', 'Alt+Super+Up'],
    ['F13', 'linux', 'F13'],
    ['Alt+num3', 'linux', 'Alt+num3'],
  ] as const)('%s on %s is %s', (text, platform, written) => {
    const accelerator = parseAccelerator(text, platform)
    expect(accelerator && writeAccelerator(accelerator)).toBe(written)
  })

  test.each(['', '+', 'Control+', 'Control', 'Control+Control+M', 'Hyper+M', 'Control+F25', 'M+Control'])(
    '"%s" is none',
    (text) => {
      expect(parseAccelerator(text, 'linux')).toBeNull()
    },
  )

  test('what was written reads back the same, and nothing throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const accelerator = parseAccelerator(text, 'linux')
        if (accelerator === null) return
        expect(parseAccelerator(writeAccelerator(accelerator), 'linux')).toEqual(accelerator)
      }),
    )
  })
})

describe('acceleratorOf', () => {
  test.each([
    [press({ code: 'KeyM', key: 'M', ctrlKey: true, shiftKey: true }), 'Control+Shift+M'],
    // A Mac's Option changes what the key prints, a Shift what a digit does.
    [press({ code: 'KeyM', key: 'µ', altKey: true }), 'Alt+M'],
    [press({ code: 'Digit1', key: '!', ctrlKey: true, shiftKey: true }), 'Control+Shift+1'],
    // A French keyboard has A where a US one has Q.
    [press({ code: 'KeyQ', key: 'a', ctrlKey: true }), 'Control+A'],
    [press({ code: 'ArrowUp', key: 'ArrowUp', metaKey: true }), 'Super+Up'],
    [press({ code: 'F9', key: 'F9' }), 'F9'],
    [press({ code: 'Space', key: ' ', altKey: true }), 'Alt+Space'],
    [press({ code: 'Numpad4', key: '4', ctrlKey: true }), 'Control+num4'],
  ])('%j is %s', (event, written) => {
    const accelerator = acceleratorOf(event)
    expect(accelerator && writeAccelerator(accelerator)).toBe(written)
  })

  test.each(['ControlLeft', 'ShiftRight', 'MetaLeft', 'AltLeft', 'Fn', 'LaunchMail'])(
    '%s alone is none yet',
    (code) => {
      expect(acceleratorOf(press({ code, key: 'Control', ctrlKey: true }))).toBeNull()
    },
  )
})

test.each([
  ['Control+Shift+M', 'win32', 'Ctrl + Shift + M'],
  ['Super+Up', 'win32', 'Win + ↑'],
  ['Super+num3', 'linux', 'Super + Num 3'],
  ['Control+Alt+Shift+Super+M', 'darwin', '⌃⌥⇧⌘M'],
] as const)('%s reads on %s as %s', (text, platform, words) => {
  const accelerator = parseAccelerator(text, platform)
  expect(accelerator && formatAccelerator(accelerator, platform)).toBe(words)
})

test.each([
  ['Space', 'Space'],
  ['KeyK', 'K'],
  ['ControlRight', 'Right Ctrl'],
  ['MetaLeft', 'Left Meta'],
  ['Backquote', '`'],
  ['IntlBackslash', 'IntlBackslash'],
])('the key %s reads as %s', (code, words) => {
  expect(formatKeyCode(code)).toBe(words)
})
