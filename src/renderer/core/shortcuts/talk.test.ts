import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type TalkEvent, type TalkState, transitionTalk } from './talk.ts'

function run(events: readonly TalkEvent[], mutedAtFirst: boolean): { isMuted: boolean; said: boolean[] } {
  let state: TalkState = { kind: 'released' }
  let isMuted = mutedAtFirst
  const said: boolean[] = []
  for (const event of events) {
    const step = transitionTalk(state, event.kind === 'down' ? { ...event, isMuted } : event)
    state = step.state
    if (step.setMuted !== null) {
      isMuted = step.setMuted
      said.push(isMuted)
    }
  }
  return { isMuted, said }
}

const down = (mode: 'off' | 'pushToTalk' | 'pushToMute'): TalkEvent => ({ kind: 'down', mode, isMuted: true })
const up: TalkEvent = { kind: 'up' }

test('push-to-talk is heard while it is held, however often the key repeats', () => {
  const events = [down('pushToTalk'), down('pushToTalk'), down('pushToTalk'), up]
  expect(run(events, true)).toEqual({ isMuted: true, said: [false, true] })
})

test('letting go of push-to-talk mutes also who was unmuted before', () => {
  expect(run([down('pushToTalk'), up], false).isMuted).toBe(true)
})

test.each([true, false])('push-to-mute brings back what was (muted: %s)', (mutedAtFirst) => {
  expect(run([down('pushToMute')], mutedAtFirst).isMuted).toBe(true)
  expect(run([down('pushToMute'), up], mutedAtFirst).isMuted).toBe(mutedAtFirst)
})

test('without a mode, and without a key that was down, nothing happens', () => {
  expect(run([down('off'), up, up], false).said).toEqual([])
})

test('however keys come and go, whoever lets go of push-to-talk is muted', () => {
  const anyEvent = fc.constantFrom(down('pushToTalk'), up, down('off'))
  fc.assert(
    fc.property(fc.array(anyEvent), fc.boolean(), (events, mutedAtFirst) => {
      const wasDown = events.some((event) => event.kind === 'down' && event.mode === 'pushToTalk')
      expect(run([...events, up], mutedAtFirst).isMuted).toBe(wasDown || mutedAtFirst)
    }),
  )
})
