import { expect, test } from 'vitest'
import { parseArguments } from './cli.ts'

test('takes a folder and a port', () => {
  expect(parseArguments(['--data-dir', '/data', '--port', '54321'], {})).toEqual({
    ok: true,
    value: { kind: 'run', dataDir: '/data', port: 54_321, extensionControlPath: undefined },
  })
})

test('takes the folder from the environment, where the command line does not say', () => {
  const environment = { STUDYHALL_DATA_DIR: '/from/environment' }
  expect(parseArguments([], environment)).toMatchObject({ value: { dataDir: '/from/environment' } })
  expect(parseArguments(['--data-dir', '/data'], environment)).toMatchObject({ value: { dataDir: '/data' } })
})

test.each(['0', '65536', '-1', '1.5', '0x10', '', ' 80', '99999999999'])('refuses the port "%s"', (port) => {
  expect(parseArguments([`--port=${port}`, '--data-dir', '/data'], {})).toMatchObject({
    ok: false,
    error: { kind: 'invalid-options' },
  })
})

test.each([[['--unknown']], [['stray']], [['--port']], [[]]])('refuses %j', (argv) => {
  expect(parseArguments(argv, {})).toMatchObject({ ok: false, error: { kind: 'invalid-options' } })
})
