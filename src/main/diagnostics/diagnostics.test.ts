import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readLogTail } from './readLogTail.ts'
import { type PersonTraces, redactPerson } from './redactPerson.ts'

const traces: PersonTraces = {
  homeFolder: '/home/adalovelace',
  userName: 'adalovelace',
  hostName: 'adas-laptop',
  dataFolder: '/home/adalovelace/.config/Studyhall',
  profile: 'work',
}

describe('redactPerson', () => {
  test.each([
    [
      'studyhall 0.1.0, profile "work", data in /home/adalovelace/.config/Studyhall',
      'studyhall 0.1.0, profile "[profile]", data in [data folder]',
    ],
    ['cannot write /home/adalovelace/notes.txt', 'cannot write [home]/notes.txt'],
    ['user Adalovelace on adas-laptop', 'user [user] on [computer]'],
    ['mail ada.l+x@example.co.uk sent', 'mail [e-mail] sent'],
    ['backend: hosted at https://abcdefgh.supabase.co', 'backend: hosted at https://[server]'],
    ['wss://sfu.example.org:7880/rtc', 'wss://[server]:7880/rtc'],
    ['ready at http://127.0.0.1:40461 after 5 ms', 'ready at http://127.0.0.1:40461 after 5 ms'],
    ['candidate 192.168.1.23', 'candidate [address]'],
    ['room 0aa6b5f4-8f2e-4c55-9b57-0f6f6a5d1c22 closed', 'room [id] closed'],
    ['key sb_publishable_abc-DEF', 'key [key]'],
    ['token eyJhbGciOi.eyJzdWIiOi.c2ln', 'token [token]'],
    ['postgres://postgres:hunter2@127.0.0.1:5432/x', 'postgres://postgres:[password]@127.0.0.1:5432/x'],
    ['networking works', 'networking works'],
  ])('%s', (text, redacted) => {
    expect(redactPerson(text, traces)).toBe(redacted)
  })

  test('a folder of Windows, however it is written', () => {
    const windows = {
      ...traces,
      homeFolder: 'C:\\Users\\Ada Lovelace',
      dataFolder: 'C:\\Users\\Ada Lovelace\\AppData\\Roaming\\Studyhall',
      userName: 'Ada Lovelace',
    }
    for (const path of [
      windows.dataFolder,
      windows.dataFolder.replaceAll('\\', '/'),
      JSON.stringify(windows.dataFolder),
    ]) {
      expect(redactPerson(`in ${path}`, windows)).not.toMatch(/Ada|Lovelace/)
    }
  })

  test('a name of two letters does not tear up words', () => {
    expect(redactPerson('boot of robots', { ...traces, userName: 'ro', hostName: '' })).toBe('boot of robots')
  })
})

describe('readLogTail', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'studyhall-log-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  test('gives the last lines, whole and redacted', async () => {
    const lines = Array.from({ length: 2_000 }, (_, index) => `line ${index} of adalovelace`)
    writeFileSync(join(folder, 'main.log'), `${lines.join('\n')}\n`)
    const tail = await readLogTail(folder, traces)
    expect(tail).toHaveLength(60)
    expect(tail.at(-1)).toBe('line 1999 of [user]')
    expect(tail[0]).toBe('line 1940 of [user]')
  })

  test('a line that was cut in two is left out', async () => {
    writeFileSync(join(folder, 'main.log'), `${'x'.repeat(20_000)} adalovelace\nlast\n`)
    expect(await readLogTail(folder, traces)).toEqual(['last'])
  })

  test('without a log there are no lines', async () => {
    expect(await readLogTail(join(folder, 'none'), traces)).toEqual([])
  })
})
