import type { JoinRoomResponse } from '../../../shared/api/rooms.ts'
import type { Room } from '../../../shared/domain/room.ts'
import { roomTopic } from '../../../shared/realtime/roomEvents.ts'
import type { CallCommand } from './callEvents.ts'
import type { LiveCall } from './callState.ts'
import { andThen, type CallStep, step } from './callStep.ts'
import { forgetPresence } from './presence.ts'
import { reconcilePeople } from './roster.ts'
import { handleTopologyChanged } from './route.ts'

/** The channel's epoch that a topic of this room names; null for anything else. */
export function selectChannelEpoch(roomId: string, topic: string): number | null {
  const first = roomTopic(roomId, 0)
  if (topic === first) return 0
  if (!topic.startsWith(first)) return null
  const [, epoch] = /^:([1-9]\d{0,8})$/.exec(topic.slice(first.length)) ?? []
  return epoch === undefined ? null : Number(epoch)
}

/**
 * Goes on at another topic of the same room. Peers stay as they are; what they have to say meanwhile is kept and goes out on
 * joining there, and nobody is missing before the first list that is heard there.
 * SECURITY: the news comes by the channel, where anybody inside can write: only a later topic of this very room is followed,
 * and whoever was misled is refused there and asks the database.
 */
export function moveChannel(call: LiveCall, topic: string): CallStep {
  const known = selectChannelEpoch(call.room.id, call.topic) ?? -1
  const epoch = selectChannelEpoch(call.room.id, topic)
  if (epoch === null || epoch <= known) return step(call)
  const signaling = call.signaling === 'joined' ? 'moving' : call.signaling
  return andThen(forgetPresence({ ...call, topic, signaling }), (next) =>
    step(next, {
      kind: 'openChannel',
      topic,
      userId: next.account.userId,
      connectionId: next.connectionId,
    }),
  )
}

/** The room is another than it was: what it no longer allows is ended. */
export function handleRoomChanged(call: LiveCall, room: Room): CallStep {
  if (room.id !== call.room.id) return step(call)
  const next = { ...call, room }
  const ended: CallCommand[] = []
  if (!room.settings.allowVideo) ended.push({ kind: 'closeCamera' })
  if (!room.settings.allowScreenshare) ended.push({ kind: 'closeScreen' })
  return step(next, ...ended)
}

/** Joining was asked again by somebody who is in, and says how things are now. */
export function takeNewAnswer(call: LiveCall, answer: JoinRoomResponse): CallStep {
  const { topology, epoch, iceServers } = answer
  const heard = handleTopologyChanged({ ...call, iceServers }, { topology, epoch })
  const known = andThen(heard, (next) => handleRoomChanged(next, answer.room))
  const met = andThen(known, (next) => reconcilePeople(next, answer.participants))
  return andThen(met, (next) => moveChannel(next, answer.channel))
}
