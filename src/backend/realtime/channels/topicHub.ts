import { randomUUID } from 'node:crypto'
import { encodeBroadcast, encodePush } from '../protocol/encodeFrame.ts'
import type { Broadcast, EncodedFrame, ProtocolVersion } from '../protocol/messages.ts'
import {
  emptyDiff,
  emptyPresence,
  isEmptyDiff,
  mergeDiffs,
  presenceDiffJson,
  presenceStateJson,
  trackPresence,
  untrackPresence,
  type PresenceChange,
  type PresenceDiff,
  type PresenceState,
} from '../protocol/presenceState.ts'

/** One channel of one connection, as the topic sees it. */
export interface TopicMember {
  readonly id: string
  readonly presenceKey: string
  readonly version: ProtocolVersion
  readonly receivesBroadcasts: boolean
  readonly receivesPresence: boolean
  /** Messages from the database that it already had as a replay. */
  readonly replayedIds: ReadonlySet<string>
  readonly deliver: (frame: EncodedFrame) => void
}

/** Who is on which topic. A private and a public channel of the same name are two topics. */
export interface TopicHub {
  enter(topic: TopicName, member: TopicMember): void
  leave(topic: TopicName, memberId: string): void
  hasMembers(topic: TopicName): boolean
  /** Sends to every member that may receive it, but not to `exceptMemberId`. */
  broadcast(topic: TopicName, broadcast: Broadcast, exceptMemberId: string | null): void
  track(topic: TopicName, member: TopicMember, payload: Readonly<Record<string, unknown>>): void
  untrack(topic: TopicName, memberId: string): void
  /** The payload of `presence_state`; what is waiting to be sent as a diff is sent first. */
  presenceStateJson(topic: TopicName): string
  close(): void
}

export interface TopicName {
  readonly subTopic: string
  readonly isPrivate: boolean
}

interface Topic {
  readonly wireName: string
  readonly members: Map<string, TopicMember>
  presence: PresenceState
  pending: PresenceDiff
  flushTimer: NodeJS.Timeout | null
}

export interface TopicHubOptions {
  readonly presenceFlushIntervalMs: number
}

/** Keeps topics and their presence in memory; a topic exists as long as somebody is on it. */
export function createTopicHub(options: TopicHubOptions): TopicHub {
  const topics = new Map<string, Topic>()
  const refPrefix = randomUUID().slice(0, 8)
  let refCount = 0

  function topicOf(name: TopicName): Topic {
    const key = keyOf(name)
    const existing = topics.get(key)
    if (existing !== undefined) return existing
    const topic: Topic = {
      wireName: `realtime:${name.subTopic}`,
      members: new Map(),
      presence: emptyPresence,
      pending: emptyDiff,
      flushTimer: null,
    }
    topics.set(key, topic)
    return topic
  }

  function apply(topic: Topic, change: PresenceChange): void {
    topic.presence = change.state
    if (change.diff === null) return
    topic.pending = mergeDiffs(topic.pending, change.diff)
    // The first change goes out at once; those that follow within the window share the next diff.
    if (topic.flushTimer !== null) return
    flush(topic)
    topic.flushTimer = setTimeout(() => {
      topic.flushTimer = null
      flush(topic)
    }, options.presenceFlushIntervalMs)
  }

  function flush(topic: Topic): void {
    const diff = topic.pending
    topic.pending = emptyDiff
    if (isEmptyDiff(diff)) return
    const json = presenceDiffJson(diff)
    fanOut(
      topic,
      (member) => member.receivesPresence,
      (version) => encodePush(version, topic.wireName, 'presence_diff', json),
    )
  }

  return {
    enter(name, member) {
      topicOf(name).members.set(member.id, member)
    },
    leave(name, memberId) {
      const key = keyOf(name)
      const topic = topics.get(key)
      if (topic === undefined) return
      topic.members.delete(memberId)
      apply(topic, untrackPresence(topic.presence, memberId))
      if (topic.members.size > 0) return
      if (topic.flushTimer !== null) clearTimeout(topic.flushTimer)
      topics.delete(key)
    },
    hasMembers: (name) => topics.has(keyOf(name)),
    broadcast(name, broadcast, exceptMemberId) {
      const topic = topics.get(keyOf(name))
      if (topic === undefined) return
      const id = broadcast.kind === 'event' ? (broadcast.meta?.id ?? null) : null
      fanOut(
        topic,
        (member) =>
          member.receivesBroadcasts &&
          member.id !== exceptMemberId &&
          (id === null || !member.replayedIds.has(id)),
        (version) => encodeBroadcast(version, topic.wireName, broadcast),
      )
    },
    track(name, member, payload) {
      const topic = topicOf(name)
      refCount += 1
      const ref = `${refPrefix}${refCount.toString(36)}`
      apply(topic, trackPresence(topic.presence, { id: member.id, key: member.presenceKey }, payload, ref))
    },
    untrack(name, memberId) {
      const topic = topics.get(keyOf(name))
      if (topic !== undefined) apply(topic, untrackPresence(topic.presence, memberId))
    },
    presenceStateJson(name) {
      const topic = topicOf(name)
      flush(topic)
      return presenceStateJson(topic.presence)
    },
    close() {
      for (const topic of topics.values()) if (topic.flushTimer !== null) clearTimeout(topic.flushTimer)
      topics.clear()
    },
  }
}

/** Encodes once for each serialisation in use, however many receive it. */
function fanOut(
  topic: Topic,
  isReceiver: (member: TopicMember) => boolean,
  encode: (version: ProtocolVersion) => EncodedFrame | null,
): void {
  const encoded = new Map<ProtocolVersion, EncodedFrame | null>()
  for (const member of topic.members.values()) {
    if (!isReceiver(member)) continue
    let frame = encoded.get(member.version)
    if (frame === undefined) {
      frame = encode(member.version)
      encoded.set(member.version, frame)
    }
    if (frame !== null) member.deliver(frame)
  }
}

function keyOf(name: TopicName): string {
  return `${name.isPrivate ? 'private' : 'public'}:${name.subTopic}`
}
