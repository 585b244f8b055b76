import { expect, test } from 'vitest'
import { createPersonChoicesPort } from './createPersonChoicesPort.ts'

function createStorage(text: string | null = null) {
  const storage = {
    text,
    getItem: () => storage.text,
    setItem(_name: string, value: string) {
      storage.text = value
    },
  }
  return storage
}

const quiet = { volumePercent: 40, isSilenced: false, isHidden: true }

test('what was chosen about people is there the next time', () => {
  const storage = createStorage()
  createPersonChoicesPort(storage).write(new Map([['mia', quiet]]))
  expect(createPersonChoicesPort(storage).read()).toEqual(new Map([['mia', quiet]]))
})

test.each([
  ['nothing', null],
  ['no JSON', '{'],
  ['another version', '{"version":2,"people":[]}'],
  [
    'a volume that is none',
    '{"version":1,"people":[{"userId":"mia","volumePercent":400,"isSilenced":false,"isHidden":false}]}',
  ],
])('%s reads as nothing chosen', (_what, text) => {
  expect(createPersonChoicesPort(createStorage(text)).read().size).toBe(0)
})

test('a storage that is full or closed forgets only at the next start', () => {
  const port = createPersonChoicesPort({
    getItem: () => null,
    setItem() {
      throw new Error('full')
    },
  })
  port.write(new Map([['mia', quiet]]))
  expect(port.read().get('mia')).toEqual(quiet)
})
