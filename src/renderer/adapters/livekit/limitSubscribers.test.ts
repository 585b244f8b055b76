import { ConnectionState, type Room, RoomEvent, Track } from 'livekit-client'
import { beforeEach, expect, test } from 'vitest'
import { limitSubscribers, type SubscriberLimit } from './limitSubscribers.ts'

type Said = Parameters<Room['localParticipant']['setTrackSubscriptionPermissions']>

let said: Said[]
let blocked: Set<string>
let published: Map<string, { kind: Track.Kind; trackSid: string }>
let happen: (event: RoomEvent) => void
let tellPerceived: () => void
let room: { state: ConnectionState }
let limit: SubscriberLimit

beforeEach(() => {
  said = []
  blocked = new Set()
  published = new Map()
  const listeners = new Map<string, () => void>()
  happen = (event) => listeners.get(event)?.()
  const fake = {
    state: ConnectionState.Disconnected,
    on(event: string, listener: () => void) {
      listeners.set(event, listener)
      return fake
    },
    localParticipant: {
      trackPublications: published,
      setTrackSubscriptionPermissions: (...words: Said) => void said.push(words),
    },
  }
  room = fake
  limit = limitSubscribers(
    fake as unknown as Parameters<typeof limitSubscribers>[0],
    {
      seesUs: (connectionId) => !blocked.has(connectionId),
      subscribe(listener) {
        tellPerceived = listener
        return () => (tellPerceived = () => undefined)
      },
    },
    ['Ben'],
  )
})

function connect(): void {
  room.state = ConnectionState.Connecting
  happen(RoomEvent.SignalConnected)
  room.state = ConnectionState.Connected
}
const publish = (kind: Track.Kind, trackSid: string): void => {
  published.set(trackSid, { kind, trackSid })
  happen(RoomEvent.LocalTrackPublished)
}
const all = (participantIdentity: string) => ({ participantIdentity, allowAll: true })
const sounds = (participantIdentity: string, ...allowedTrackSids: readonly string[]) => ({
  participantIdentity,
  allowAll: false,
  allowedTrackSids,
})

test('nobody but those in the room gets anything, from the first word on', () => {
  limit.setReceivers(['Ben', 'Chloe'])
  expect(said).toEqual([])
  connect()
  expect(said).toEqual([[false, [all('Ben'), all('Chloe')]]])
  limit.setReceivers(['Chloe'])
  expect(said.at(-1)).toEqual([false, [all('Chloe')]])
})

test('who is not to see us hears us alone, whoever comes and goes meanwhile', () => {
  connect()
  publish(Track.Kind.Audio, 'voice')
  publish(Track.Kind.Video, 'camera')
  blocked.add('Ben')
  tellPerceived()
  expect(said.at(-1)).toEqual([false, [sounds('Ben', 'voice')]])
  limit.setReceivers(['Ben', 'Chloe'])
  expect(said.at(-1)).toEqual([false, [sounds('Ben', 'voice'), all('Chloe')]])
  publish(Track.Kind.Audio, 'screen sound')
  expect(said.at(-1)).toEqual([false, [sounds('Ben', 'voice', 'screen sound'), all('Chloe')]])
  blocked.clear()
  tellPerceived()
  // Never to everybody: who has been removed may still have a token.
  expect(said.at(-1)).toEqual([false, [all('Ben'), all('Chloe')]])
  expect(said.filter(([everybody]) => everybody)).toEqual([])
})

test('the same is said once, and again to a server that has not heard it', () => {
  connect()
  limit.setReceivers(['Ben'])
  publish(Track.Kind.Video, 'camera')
  expect(said).toHaveLength(1)
  happen(RoomEvent.Reconnected)
  expect(said).toHaveLength(2)
})

test('after the end nothing is said of what changes', () => {
  connect()
  limit.end()
  blocked.add('Ben')
  tellPerceived()
  expect(said).toHaveLength(1)
})
