import type { Sql } from 'postgres'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { silentLog } from '../log/log.ts'
import { createSfuFlag } from './sfuFlag.ts'

let said: string[]
let isDatabaseThere: boolean

beforeEach(() => {
  vi.useFakeTimers()
  said = []
  isDatabaseThere = true
})
afterEach(() => void vi.useRealTimers())

/** Notes what is written and what is called. */
function createFlag() {
  const query = async (texts: TemplateStringsArray, value?: boolean): Promise<readonly unknown[]> => {
    await Promise.resolve()
    if (!isDatabaseThere) throw new Error('gone')
    said.push(texts.join('?').includes('settle_topologies') ? 'settled' : String(value))
    return []
  }
  // Only this of the client is used.
  const sql = Object.assign(query, { end: async () => {} }) as unknown as Sql
  return createSfuFlag(sql, silentLog)
}

test('a media server that is gone for good gives the rooms that a mesh carries back to it', async () => {
  const flag = createFlag()
  await flag.tell(true)
  await flag.tell(false)
  await vi.advanceTimersByTimeAsync(2_900)
  expect(said).toEqual(['true', 'false'])
  await vi.advanceTimersByTimeAsync(200)
  expect(said).toEqual(['true', 'false', 'settled'])
  await vi.advanceTimersByTimeAsync(60_000)
  expect(said).toHaveLength(3)
})

test('one that is there again soon keeps its rooms', async () => {
  const flag = createFlag()
  await flag.tell(true)
  await flag.tell(false)
  await vi.advanceTimersByTimeAsync(500)
  await flag.tell(true)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(said).toEqual(['true', 'false', 'true'])
})

test('one that goes again is waited for anew', async () => {
  const flag = createFlag()
  await flag.tell(true)
  await flag.tell(false)
  await vi.advanceTimersByTimeAsync(500)
  await flag.tell(true)
  await vi.advanceTimersByTimeAsync(2_000)
  await flag.tell(false)
  await vi.advanceTimersByTimeAsync(2_900)
  expect(said).toEqual(['true', 'false', 'true', 'false'])
  await vi.advanceTimersByTimeAsync(200)
  expect(said.at(-1)).toBe('settled')
})

test('where there never was one no room is looked for', async () => {
  const flag = createFlag()
  await flag.tell(false)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(said).toEqual(['false'])
})

test('nothing is called after it was closed, nor does a database that is away matter', async () => {
  const closed = createFlag()
  await closed.tell(true)
  await closed.tell(false)
  await closed.close()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(said).toEqual(['true', 'false'])
  const flag = createFlag()
  await flag.tell(true)
  await flag.tell(false)
  isDatabaseThere = false
  await vi.advanceTimersByTimeAsync(60_000)
  isDatabaseThere = true
  await flag.tell(true)
  expect(said.slice(2)).toEqual(['true', 'false', 'true'])
})
