import { getPriority } from 'node:os'
import process from 'node:process'
import { expect, test } from 'vitest'
import { startLivekitBuild } from './startLivekitBuild.ts'

const run = (script: string): readonly string[] => [process.execPath, '-e', script]
const build = (script: string, environment: NodeJS.ProcessEnv = process.env): Promise<string | null> =>
  startLivekitBuild({ ...environment, STUDYHALL_LIVEKIT_SERVER: '' }, run(script))

test('a build that ends well has nothing to say', async () => {
  expect(await build('console.log("Built.")')).toBeNull()
})

test('a build that fails, or cannot start, says why', async () => {
  expect(await build('console.log("There is no Go compiler here."); process.exitCode = 1')).toBe(
    'There is no Go compiler here.',
  )
  expect(await startLivekitBuild({}, ['/no/such/program'])).toContain('ENOENT')
})

test('a build leaves the processor to others', async () => {
  const normal = getPriority()
  const sentence = await build(`
    const { getPriority } = require('node:os')
    const timer = setInterval(() => {
      if (getPriority() <= ${normal}) return
      clearInterval(timer)
      console.log('lower')
      process.exitCode = 1
    }, 5)`)
  expect(sentence).toBe('lower')
})

test('nothing is built where a server is named, or none is wanted', async () => {
  for (const chosen of ['off', '/usr/bin/livekit-server'])
    expect(
      await startLivekitBuild({ STUDYHALL_LIVEKIT_SERVER: chosen }, run('process.exitCode = 1')),
    ).toBeNull()
})
