import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTemporaryFolder } from '../../test/support/backend.ts'
import { readPostmasterPid } from './postgres/postmasterPid.ts'
import { isAlive, pollUntil } from './postgres/processes.ts'
import type { BackendMessage } from '../shared/backend/messages.ts'

const entry = join(import.meta.dirname, 'utilityEntry.ts')
const shim = join(import.meta.dirname, 'testing', 'parentPortShim.ts')

let folder = ''
let child: ChildProcess

type Ready = Extract<BackendMessage, { kind: 'ready' }>

/** Collects messages until one of this kind. */
async function messagesUntil(kind: BackendMessage['kind']): Promise<readonly BackendMessage[]> {
  const messages: BackendMessage[] = []
  return await new Promise((resolve) => {
    child.on('message', (message: BackendMessage) => {
      messages.push(message)
      if (message.kind === kind) resolve(messages)
    })
  })
}

const findReady = (messages: readonly BackendMessage[]): Ready | undefined =>
  messages.find((message) => message.kind === 'ready')

beforeEach(async () => {
  folder = await createTemporaryFolder()
})

afterEach(async () => {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  await rm(folder, { recursive: true, force: true })
})

function start(): void {
  child = fork(entry, ['--data-dir', folder], {
    execArgv: ['--import', shim],
    silent: true,
    env: { ...process.env, STUDYHALL_LIVEKIT_SERVER: 'off' },
  })
}

test('the app hears of each step, then how to reach the backend, and never its secrets', async () => {
  start()
  const messages = await messagesUntil('ready')
  expect(messages[0]).toMatchObject({ kind: 'starting' })
  const ready = findReady(messages)
  expect(ready).toMatchObject({ role: 'owner', connection: { livekitUrl: null } })
  expect(Object.keys(ready?.connection ?? {}).sort()).toEqual(['livekitUrl', 'publishableKey', 'url'])
  expect(ready?.startUpMs).toBeGreaterThan(0)
  const secrets = await readFile(join(folder, 'secrets.json'), 'utf8')
  const secretKey = /sb_secret_[\w-]+/.exec(secrets)?.[0] ?? 'missing'
  expect(JSON.stringify(messages)).not.toContain(secretKey)
})

test('told to stop it leaves nothing behind', async () => {
  start()
  await messagesUntil('ready')
  const server = await readPostmasterPid(join(folder, 'postgres'))
  child.send({ kind: 'stop' })
  const [code] = await once(child, 'exit')
  expect(code).toBe(0)
  expect(isAlive(server?.pid ?? process.pid)).toBe(false)
})

test('what was compiled is kept for the next start', async () => {
  start()
  await messagesUntil('ready')
  child.send({ kind: 'stop' })
  await once(child, 'exit')
  const [version = ''] = await readdir(join(folder, 'compiled'))
  expect(await readdir(join(folder, 'compiled', version))).not.toEqual([])
})

test('it stops when the app is gone', async () => {
  start()
  await messagesUntil('ready')
  const server = await readPostmasterPid(join(folder, 'postgres'))
  child.disconnect()
  await once(child, 'exit')
  expect(await pollUntil(() => !isAlive(server?.pid ?? process.pid), 1_000)).toBe(true)
})

test('a failure is told by its kind, and the process ends', async () => {
  await writeFile(join(folder, 'secrets.json'), 'garbage')
  start()
  const messages = await messagesUntil('failed')
  expect(messages.at(-1)).toMatchObject({ kind: 'failed', failure: { kind: 'secrets-corrupt' } })
  const code: unknown = child.exitCode ?? (await once(child, 'exit'))[0]
  expect(code).toBe(0)
})
