import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mainWords } from '../language/mainWords.ts'
import { findMissingSandbox } from './findMissingSandbox.ts'

const installed = { isPackaged: true, hasNoSandbox: true, isAppImage: false }

test('an installed app without the sandbox does not start, and an AppImage has words of its own', () => {
  expect(findMissingSandbox(installed)).toBe('switchedOff')
  expect(findMissingSandbox({ ...installed, isAppImage: true })).toBe('appImage')
})

test('with the sandbox it starts, and from its sources it does in any case', () => {
  expect(findMissingSandbox({ ...installed, hasNoSandbox: false })).toBeNull()
  expect(findMissingSandbox({ ...installed, hasNoSandbox: false, isAppImage: true })).toBeNull()
  expect(findMissingSandbox({ ...installed, isPackaged: false })).toBeNull()
})

test.each(Object.entries(mainWords))('%s: the words name what to do', (_language, words) => {
  expect(words.missingSandbox.switchedOff).toContain('--no-sandbox')
  expect(words.missingSandbox.appImage).toContain('--no-sandbox')
  expect(words.missingSandbox.appImage).toContain('AppArmor')
  expect(words.missingSandbox.appImage).toContain('docs/packaging.md')
})

test('the switch is looked for before Electron takes it off the command line, and nothing is opened after it', () => {
  const entry = readFileSync(join(import.meta.dirname, '..', 'index.ts'), 'utf8')
  const looked = entry.indexOf('app.commandLine.hasSwitch(noSandboxSwitch)')
  expect(looked).toBeGreaterThan(0)
  expect(looked).toBeLessThan(entry.indexOf('app.enableSandbox()'))
  expect(entry).toMatch(/if \(missingSandbox === null\) begin\(\)\s*\n\s*else /)
})
