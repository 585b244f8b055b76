import { describe, expect, test } from 'vitest'
import { hasTray, type RunProgram } from './hasTray.ts'

const never: RunProgram = (program) => expect.unreachable(program)

/** A desktop on which only these programs are there, with what they answer. */
const desktop =
  (answers: Readonly<Record<string, string>>): RunProgram =>
  (program) =>
    Promise.resolve(answers[program] ?? null)

describe('whether there is a tray', () => {
  test.each(['win32', 'darwin'] as const)('%s has one, without a question', async (platform) => {
    expect(await hasTray(platform, never)).toBe(true)
  })

  test.each([
    ['KDE, by gdbus', { gdbus: '(<true>,)\n' }, true],
    ['a watcher whose panel shows nothing', { gdbus: '(<false>,)\n' }, false],
    ['by busctl', { busctl: 'b true\n' }, true],
    ['by dbus-send', { 'dbus-send': 'method return …\n   variant       boolean true\n' }, true],
    ['GNOME: nobody on the bus has the name', {}, false],
  ])('%s', async (_what, answers, expected) => {
    expect(await hasTray('linux', desktop(answers))).toBe(expected)
  })
})
