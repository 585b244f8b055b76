import { expect, test } from 'vitest'
import { isSameCommandLine, postgresArguments } from './settings.ts'

const program = '/opt/postgres'
const folder = '/data with space/postgres'
const settings = { port: 5433, extensionControlPath: null }

/** As PostgreSQL writes `postmaster.opts`. */
const optionsFile = (args: readonly string[]): string =>
  `${program} ${args.map((argument) => `"${argument}"`).join(' ')}\n`

test('durability is left as PostgreSQL has it', () => {
  const text = postgresArguments(folder, settings).join(' ')
  expect(text).not.toMatch(/fsync|synchronous_commit|full_page_writes/)
})

test('a server that we would start the same way is recognised, on whatever port', () => {
  const running = optionsFile(postgresArguments(folder, settings))
  expect(isSameCommandLine(running, program, folder, { ...settings, port: 6000 })).toBe(true)
})

test('another program, folder or setting makes a difference', () => {
  const running = optionsFile(postgresArguments(folder, settings))
  expect(isSameCommandLine(running, '/opt/newer/postgres', folder, settings)).toBe(false)
  expect(isSameCommandLine(running, program, '/other', settings)).toBe(false)
  expect(isSameCommandLine(running, program, folder, { ...settings, extensionControlPath: '/usr' })).toBe(
    false,
  )
  expect(isSameCommandLine('', program, folder, settings)).toBe(false)
})
