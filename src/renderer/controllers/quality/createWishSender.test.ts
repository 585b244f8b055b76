import { expect, test } from 'vitest'
import { createFakeClock } from '../../../../test/support/fakes/fakeClock.ts'
import type { Picture } from '../../core/quality/picture.ts'
import { createWishSender } from './createWishSender.ts'

function setUp() {
  const clock = createFakeClock()
  const sent: string[] = []
  const sender = createWishSender({
    clock,
    send: (wishes) =>
      void sent.push(
        wishes
          .map(
            ({ to, picture, isScreenSeen }) =>
              `${to} ${picture?.shortSide ?? 'hidden'}${isScreenSeen === false ? ' blind' : ''}`,
          )
          .join(', '),
      ),
  })
  const want = (wishes: Readonly<Record<string, number | null>>, hiddenScreens: readonly string[] = []) =>
    sender.want(
      Object.entries(wishes).map(([connectionId, shortSide]) => {
        const picture: Picture | null = shortSide === null ? null : { shortSide, framerate: 24 }
        return { connectionId, picture, isScreenSeen: !hiddenScreens.includes(connectionId) }
      }),
    )
  return { clock, sent, sender, want }
}

test('a picture that is waited for is asked for at once', () => {
  const { clock, sent, want } = setUp()
  want({ Ada: null })
  clock.advance(1_000)
  want({ Ada: 360 })
  expect(sent).toEqual(['Ada hidden', 'Ada 360'])
})

test('what goes or changes its size is said after a moment, and only as it ends', () => {
  const { clock, sent, want } = setUp()
  want({ Ada: 360 })
  for (const shortSide of [350, 340, 330]) {
    clock.advance(100)
    want({ Ada: shortSide })
  }
  clock.advance(250)
  expect(sent).toEqual(['Ada 360', 'Ada 330'])
  want({ Ada: null })
  expect(sent).toHaveLength(2)
  clock.advance(250)
  expect(sent.at(-1)).toBe('Ada hidden')
})

test('what is as it was is not said again', () => {
  const { clock, sent, want } = setUp()
  want({ Ada: 360 })
  want({ Ada: 360 })
  clock.advance(5_000)
  expect(sent).toHaveLength(1)
})

test('somebody who scrolls fast does not fill the channel', () => {
  const { clock, sent, want } = setUp()
  for (let step = 0; step < 100; step += 1) {
    want({ Ada: step % 2 === 0 ? 360 : null, Ben: step % 2 === 0 ? null : 360 })
    clock.advance(10)
  }
  expect(sent.length).toBeLessThanOrEqual(13)
  clock.advance(300)
  expect(sent.at(-1)).toBe('Ada hidden, Ben 360')
})

test('everything is said again now and then, and when somebody may have missed it', () => {
  const { clock, sent, sender, want } = setUp()
  want({ Ada: 360, Ben: null })
  clock.advance(10_000)
  expect(sent).toEqual(['Ada 360, Ben hidden', 'Ada 360, Ben hidden'])
  sender.repeat()
  clock.advance(100)
  expect(sent).toHaveLength(3)
  sender.stop()
  clock.advance(60_000)
  expect(sent).toHaveLength(3)
  expect(clock.pendingCount()).toBe(0)
})

test('more people than one message takes are more messages', () => {
  const { sent, want } = setUp()
  want(Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`person ${index}`, 360])))
  expect(sent.map((message) => message.split(', ').length)).toEqual([16, 4])
})

test('a screen that is not looked at any more is said so after a moment, and asked for again at once', () => {
  const { clock, sent, want } = setUp()
  want({ Ada: 360 })
  clock.advance(1_000)
  want({ Ada: 360 }, ['Ada'])
  clock.advance(249)
  expect(sent).toEqual(['Ada 360'])
  clock.advance(1)
  expect(sent).toEqual(['Ada 360', 'Ada 360 blind'])
  clock.advance(1_000)
  want({ Ada: 360 })
  expect(sent.at(-1)).toBe('Ada 360')
})
