import { describe, expect, test } from 'vitest'
import type { RoomSummary } from '../../../../../src/shared/domain/room.ts'
import { err, ok } from '../../../../../src/shared/result.ts'
import type { Result } from '../../../../../src/shared/result.ts'
import { createRoomSummary } from '../../../../../test/support/rooms.ts'
import { refuse } from '../../refusal.ts'
import type { Refusal } from '../../refusal.ts'
import { createMemoryPageStore } from './memoryPageStore.ts'
import { PAGE_LIFE_MS } from './pageStore.ts'
import { createRoomPages } from './roomPages.ts'

type Answer = Result<readonly RoomSummary[], Refusal>

function createScene(random = () => 0) {
  let nowMs = 0
  const questions: ((answer: Answer) => void)[] = []
  const now = () => nowMs
  return {
    pages: createRoomPages(createMemoryPageStore(now), now, random),
    ask: () => new Promise<Answer>((resolve) => questions.push(resolve)),
    questions,
    advance: (milliseconds: number) => void (nowMs += milliseconds),
  }
}

/** Lets everything run that is not waiting for an answer. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 0))
const night = createRoomSummary('Night shift')
const morning = createRoomSummary('Morning pages')

describe('pages of public rooms', () => {
  test('many who miss a page at the same moment ask once', async () => {
    const { pages, ask, questions } = createScene()
    const all = Array.from({ length: 100 }, () => pages.find('key', ask))
    await settle()
    expect(questions).toHaveLength(1)
    questions[0]?.(ok([night]))
    const found = await Promise.all(all)
    expect(found.every((page) => page.ok && page.value.rooms[0] === night)).toBe(true)
    expect(found.filter((page) => page.ok && page.value.isAskedFor)).toHaveLength(1)
  })

  test('many who find a page that has just ended ask once', async () => {
    const { pages, ask, questions, advance } = createScene()
    void pages.find('key', ask)
    await settle()
    questions[0]?.(ok([night]))
    await settle()
    advance(PAGE_LIFE_MS)
    const all = Array.from({ length: 100 }, () => pages.find('key', ask))
    await settle()
    expect(questions).toHaveLength(2)
    questions[1]?.(ok([morning]))
    expect((await Promise.all(all)).every((page) => page.ok && page.value.rooms[0] === morning)).toBe(true)
  })

  test('different pages are asked for side by side', async () => {
    const { pages, ask, questions } = createScene()
    void pages.find('one', ask)
    void pages.find('two', ask)
    await settle()
    expect(questions).toHaveLength(2)
  })

  test('a refusal is for the one who asked; nobody who waited for it is refused', async () => {
    const { pages, ask, questions } = createScene()
    const expired = pages.find('key', ask)
    const others = Array.from({ length: 10 }, () => pages.find('key', ask))
    await settle()
    questions[0]?.(err(refuse('not_signed_in')))
    expect(await expired).toMatchObject({ ok: false, error: { kind: 'not_signed_in' } })
    await settle()
    expect(questions).toHaveLength(2)
    questions[1]?.(ok([night]))
    expect((await Promise.all(others)).every(({ ok }) => ok)).toBe(true)
  })

  test('nobody waits for others for ever: after two refusals each asks alone', async () => {
    const { pages, ask, questions } = createScene()
    void pages.find('key', ask)
    const others = Array.from({ length: 5 }, () => pages.find('key', ask))
    for (const index of [0, 1]) {
      await settle()
      questions[index]?.(err(refuse('not_signed_in')))
    }
    await settle()
    expect(questions).toHaveLength(6)
    for (const answer of questions.slice(2)) answer(ok([night]))
    expect((await Promise.all(others)).filter(({ ok }) => ok)).toHaveLength(4)
  })

  test('what was asked before something changed is neither kept nor shared with who comes after', async () => {
    const { pages, ask, questions } = createScene()
    const before = pages.find('key', ask)
    await settle()
    await pages.forget()
    const after = pages.find('key', ask)
    await settle()
    expect(questions).toHaveLength(2)
    questions[1]?.(ok([night, morning]))
    questions[0]?.(ok([night]))
    expect(await before).toMatchObject({ value: { rooms: [night] } })
    expect(await after).toMatchObject({ value: { rooms: [night, morning] } })
    expect(await pages.find('key', ask)).toMatchObject({ value: { rooms: [night, morning] } })
  })

  test('a page with a private room is never kept', async () => {
    const { pages, ask, questions } = createScene()
    for (const index of [0, 1]) {
      const found = pages.find('key', ask)
      await settle()
      questions[index]?.(ok([createRoomSummary('Between us', { privacy: 'private' })]))
      await found
    }
    expect(questions).toHaveLength(2)
  })

  test('shortly before a page ends one asks early, the sooner the longer the database takes', async () => {
    let luck = 0
    const { pages, ask, questions, advance } = createScene(() => luck)
    void pages.find('key', ask)
    await settle()
    advance(400)
    questions[0]?.(ok([night]))
    await settle()
    advance(PAGE_LIFE_MS - 500)
    // 400 ms × -ln(1 - 0.5) is less than the 500 ms that are left; with 0.9 it is more.
    luck = 0.5
    expect(await pages.find('key', ask)).toMatchObject({ value: { isAskedFor: false } })
    luck = 0.9
    const early = pages.find('key', ask)
    await settle()
    expect(questions).toHaveLength(2)
    questions[1]?.(ok([morning]))
    expect(await early).toMatchObject({ value: { rooms: [morning], isAskedFor: true } })
  })
})
