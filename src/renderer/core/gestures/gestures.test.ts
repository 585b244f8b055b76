import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLiveSnapshot, createPersonSnapshot } from '../../../../test/support/people.ts'
import { reactions } from '../../../shared/domain/reaction.ts'
import { orderHands } from './orderHands.ts'
import {
  addReaction,
  emptyReactionBoard,
  mayReact,
  REACTION_SHOWN_MS,
  REACTIONS_MAX_COUNT,
  REACTIONS_WINDOW_MS,
  selectNextEnd,
  tidyReactions,
} from './reactionBoard.ts'
import {
  gatherReaction,
  noReactionNews,
  REACTION_NEWS_INTERVAL_MS,
  selectNewsDelay,
  takeNews,
} from './reactionNews.ts'

const here = new Set(['Mia', 'Jon'])
const heart = (connectionId: string) => ({ connectionId, reaction: 'heart' }) as const

describe('reactions on tiles', () => {
  test('stand for some seconds, the latest of each person', () => {
    const one = addReaction(emptyReactionBoard, heart('Mia'), 0)
    const two = addReaction(one, { connectionId: 'Mia', reaction: 'idea' }, 1_000)
    expect(two.shown).toEqual({ Mia: { reaction: 'idea', number: 2, untilMs: 1_000 + REACTION_SHOWN_MS } })
    expect(selectNextEnd(two, 2_000)).toBe(REACTION_SHOWN_MS - 1_000)
    expect(tidyReactions(two, here, REACTION_SHOWN_MS)).toBe(two)
    const after = tidyReactions(two, here, 1_000 + REACTION_SHOWN_MS)
    expect(after.shown).toEqual({})
    expect(selectNextEnd(after, 9_000)).toBeNull()
  })

  test('of somebody who has left are gone with them', () => {
    const board = addReaction(emptyReactionBoard, heart('Eve'), 0)
    expect(tidyReactions(board, here, 1)).toMatchObject({ shown: {}, recent: {} })
  })

  test('no client makes more of them seen than anybody may, and nothing grows', () => {
    const moments = fc.array(fc.tuple(fc.constantFrom('Mia', 'Jon'), fc.nat(1_500)), { maxLength: 60 })
    fc.assert(
      fc.property(moments, (steps) => {
        let board = emptyReactionBoard
        let nowMs = 0
        const seen: { who: string; atMs: number }[] = []
        for (const [who, waitMs] of steps) {
          nowMs += waitMs
          const next = addReaction(board, heart(who), nowMs)
          if (next !== board) seen.push({ who, atMs: nowMs })
          expect(next !== board).toBe(mayReact(board, who, nowMs))
          board = next
        }
        for (const { who, atMs } of seen) {
          const close = seen.filter(
            (other) => other.who === who && other.atMs <= atMs && other.atMs > atMs - REACTIONS_WINDOW_MS,
          )
          expect(close.length).toBeLessThanOrEqual(REACTIONS_MAX_COUNT)
        }
        for (const list of Object.values(board.recent))
          expect(list.length).toBeLessThanOrEqual(REACTIONS_MAX_COUNT)
      }),
    )
  })
})

describe('reactions told to those who listen', () => {
  test('are gathered for a second, and told rarely after that, the most common one', () => {
    let state = gatherReaction(noReactionNews, heart('Mia'))
    expect(selectNewsDelay(state, 0)).toBe(1_000)
    state = gatherReaction(state, heart('Jon'))
    state = gatherReaction(state, { connectionId: 'Jon', reaction: 'laugh' })
    const first = takeNews(state, 1_000)
    expect(first.news).toEqual({ reaction: 'heart', connectionIds: ['Mia', 'Jon'] })
    expect(selectNewsDelay(first.state, 1_000)).toBeNull()
    const next = gatherReaction(first.state, heart('Mia'))
    expect(selectNewsDelay(next, 2_000)).toBe(REACTION_NEWS_INTERVAL_MS - 1_000)
    expect(selectNewsDelay(next, 60_000)).toBe(1_000)
  })

  test('one person counts once a reaction, however often they press', () => {
    let state = noReactionNews
    for (let press = 0; press < 100; press += 1)
      for (const reaction of reactions) state = gatherReaction(state, { connectionId: 'Mia', reaction })
    expect(state.pending).toHaveLength(reactions.length)
    expect(takeNews(noReactionNews, 0).news).toBeNull()
  })
})

test('hands stand in the order of raising, one’s own among them', () => {
  const live = createLiveSnapshot({
    others: [
      createPersonSnapshot('Ben', { handRaisedAt: '2026-11-27T09:00:00.300000Z' }),
      createPersonSnapshot('Chloe'),
      createPersonSnapshot('Dan', { handRaisedAt: '2026-11-27T09:00:00.099999Z' }),
    ],
  })
  const self = { ...live.self, handRaisedAt: '2026-11-27T09:00:00.200000Z' }
  expect(orderHands({ ...live, self }).map(({ displayName, isSelf }) => [displayName, isSelf])).toEqual([
    ['Dan', false],
    ['Ada', true],
    ['Ben', false],
  ])
  expect(orderHands(createLiveSnapshot())).toEqual([])
})
