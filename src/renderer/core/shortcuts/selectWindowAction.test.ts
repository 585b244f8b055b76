import { expect, test } from 'vitest'
import type { KeyPress } from '../../../shared/shortcuts/accelerator.ts'
import { type KeyContext, selectWindowAction } from './selectWindowAction.ts'

const press = (key: string, fields: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key === ',' ? 'Comma' : 'Slash',
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  metaKey: false,
  ...fields,
})
const inRoom: KeyContext = {
  platform: 'linux',
  singleKeys: true,
  isInRoom: true,
  isTyping: false,
  isDialogOpen: false,
}
const control = { ctrlKey: true }
const question = press('?', { shiftKey: true })

test.each([
  ['M', press('m'), {}, 'mute'],
  ['M with Caps Lock', press('M'), {}, 'mute'],
  ['V', press('v'), {}, 'camera'],
  ['?', question, {}, 'cheatSheet'],
  ['Ctrl+,', press(',', control), {}, 'settings'],
  ['Ctrl+Shift+H', press('H', { ...control, shiftKey: true }), {}, 'leave'],
  ['Command+, on a Mac', press(',', { metaKey: true }), { platform: 'darwin' }, 'settings'],
  ['M while writing', press('m'), { isTyping: true }, null],
  ['Ctrl+, while writing', press(',', control), { isTyping: true }, 'settings'],
  ['M with single keys off', press('m'), { singleKeys: false }, null],
  ['Ctrl+, with single keys off', press(',', control), { singleKeys: false }, 'settings'],
  ['M outside a room', press('m'), { isInRoom: false }, null],
  ['? outside a room', question, { isInRoom: false }, 'cheatSheet'],
  ['M under a dialog', press('m'), { isDialogOpen: true }, null],
  ['Ctrl+, under a dialog', press(',', control), { isDialogOpen: true }, null],
  ['Ctrl+M', press('m', control), {}, null],
  ['Alt+V', press('v', { altKey: true }), {}, null],
  ['Ctrl+, on a Mac', press(',', control), { platform: 'darwin' }, null],
  ['D', press('d'), {}, 'deafen'],
  ['X', press('x'), {}, 'shutOut'],
  ['X while writing', press('x'), { isTyping: true }, null],
  ['another letter', press('z'), {}, null],
] as const)('%s', (_what, event, fields, action) => {
  expect(selectWindowAction(event, { ...inRoom, ...fields })).toBe(action)
})
