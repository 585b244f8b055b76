import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { createPerson } from '../helpers/person.ts'
import { startByNpm } from '../helpers/startByNpm.ts'

test.skip(process.platform === 'win32', 'Windows has no signals to end npm with')

test('npm start opens the app, a second profile shares its backend, and both end with npm', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'studyhall-npm-'))
  await using first = await startByNpm(dataFolder)
  await first.until('window shown after')
  const ada = createPerson(await first.page(), 'Ada')
  await ada.introduce()

  await using second = await startByNpm(dataFolder, ['--profile', 'second'])
  // In either order: the window does not wait for the backend.
  await Promise.all([second.until('ready as guest'), second.until('window shown after')])
  const ben = createPerson(await second.page(), 'Ben')
  await ben.introduce()
  await ada.createRoom({ name: 'From the terminal' })
  await expect(ben.lobbyEntry('From the terminal')).toBeVisible()

  await second.end()
  expect(second.output()).toContain('quit')
  await first.end()
  expect(first.output()).toContain('backend: stopped')
  await rm(dataFolder, { recursive: true })
})
