import { beforeEach, expect, test } from 'vitest'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { createLiveSnapshot, createPersonSnapshot } from '../../../../test/support/people.ts'
import type { CallSnapshot } from '../../core/call/callSnapshot.ts'
import type { LocalMediaSnapshot } from '../../core/ports/localMedia.ts'
import type { Perceptions } from '../../core/ports/perception.ts'
import type { PersonChoices } from '../../core/ports/personChoices.ts'
import type { PeopleSnapshot } from '../contracts.ts'
import { createPersonChoices, type OwnedPersonChoices } from './createPersonChoices.ts'

const ben = createPersonSnapshot('Ben')
const live = createLiveSnapshot({ others: [ben, createPersonSnapshot('Chloe')] })

let call: StoreApi<CallSnapshot>
let people: StoreApi<PeopleSnapshot>
let media: StoreApi<LocalMediaSnapshot>
let kept: PersonChoices
let perceived: Perceptions
let toldCount: number
let choices: OwnedPersonChoices

function build(): void {
  choices = createPersonChoices({
    port: {
      read: () => kept,
      write(next) {
        kept = next
      },
    },
    call: { store: call },
    people,
    localMedia: {
      store: media,
      setMuted(isMuted) {
        media.setState({ isMuted })
        return Promise.resolve()
      },
    },
    perceive(next) {
      perceived = next
      toldCount += 1
    },
  })
}

beforeEach(() => {
  call = createStore<CallSnapshot>(() => live)
  people = createStore<PeopleSnapshot>(() => ({ isBusy: false, failure: null, done: null, blockedIds: [] }))
  media = createStore<LocalMediaSnapshot>(() => ({
    camera: { kind: 'off' },
    microphone: { kind: 'on', deviceId: 'm', label: '' },
    isMuted: false,
    devices: { cameras: [], microphones: [], speakers: [] },
    chosen: { cameraId: null, microphoneId: null, speakerId: null },
  }))
  kept = new Map()
  perceived = new Map()
  toldCount = 0
  build()
})

test('what is chosen holds at once, and in the next call for the same person', () => {
  choices.choose('user-Ben', { volumePercent: 40 })
  expect(perceived.get('Ben')?.volume).toBe(0.4)
  expect(perceived.get('Chloe')?.volume).toBe(1)
  choices.dispose()
  call.setState({ kind: 'idle' }, true)
  build()
  call.setState(createLiveSnapshot({ others: [{ ...ben, connectionId: 'Ben again' }] }), true)
  expect(perceived.get('Ben again')?.volume).toBe(0.4)
  expect(choices.store.getState().choices['user-Ben']?.volumePercent).toBe(40)
})

test('who is blocked goes at once and comes back with the block’s end, as loud as before', () => {
  choices.choose('user-Ben', { volumePercent: 40 })
  people.setState({ blockedIds: ['user-Ben'] })
  expect(perceived.get('Ben')).toEqual({ isSeen: false, volume: 0, seesUs: false })
  expect(choices.isAttended('user-Ben')).toBe(false)
  people.setState({ blockedIds: [] })
  expect(perceived.get('Ben')).toEqual({ isSeen: true, volume: 0.4, seesUs: true })
})

test('one key hides and silences and offers more; once more undoes it', () => {
  const person = { userId: 'user-Ben', displayName: 'Ben' }
  choices.shutOut(person)
  expect(perceived.get('Ben')).toMatchObject({ isSeen: false, volume: 0, seesUs: true })
  expect(choices.store.getState().shutOut).toEqual(person)
  choices.shutOut(person)
  expect(perceived.get('Ben')).toMatchObject({ isSeen: true, volume: 1 })
  expect(choices.store.getState().shutOut).toBeNull()
})

test('who is only silenced is hidden as well by that key, and not heard again', () => {
  choices.choose('user-Ben', { isSilenced: true })
  choices.shutOut({ userId: 'user-Ben', displayName: 'Ben' })
  expect(perceived.get('Ben')).toMatchObject({ isSeen: false, volume: 0 })
})

test('to hear nobody closes the microphone, which stays closed when one hears again', () => {
  choices.setDeafened(true)
  expect([...perceived.values()].map(({ volume }) => volume)).toEqual([0, 0])
  expect(media.getState().isMuted).toBe(true)
  choices.setDeafened(false)
  expect([...perceived.values()].map(({ volume }) => volume)).toEqual([1, 1])
  expect(media.getState().isMuted).toBe(true)
})

test('whoever opens their microphone hears again', () => {
  choices.setDeafened(true)
  media.setState({ isMuted: false })
  expect(choices.store.getState().isDeafened).toBe(false)
  expect(perceived.get('Ben')?.volume).toBe(1)
})

test('the next call begins with everybody heard', () => {
  choices.setDeafened(true)
  call.setState({ kind: 'idle' }, true)
  call.setState(live, true)
  expect(choices.store.getState().isDeafened).toBe(false)
  expect(perceived.get('Ben')?.volume).toBe(1)
})

test('nothing is said again that has not changed', () => {
  call.setState({ ...live }, true)
  const before = toldCount
  call.setState({ ...live }, true)
  expect(toldCount).toBe(before)
})
