import type { JoinRoomResponse } from '../../../src/shared/api/rooms.ts'
import type { Participant } from '../../../src/shared/domain/participant.ts'
import { ok } from '../../../src/shared/result.ts'
import type { Account } from '../../../src/renderer/core/ports/auth.ts'
import type { RoomChannelHandlers, RoomChannelPort } from '../../../src/renderer/core/ports/roomChannel.ts'
import type { RoomsPort } from '../../../src/renderer/core/ports/rooms.ts'
import type { HubPush, HubRequest } from '../hubProtocol.ts'

const RECONNECT_DELAY_MS = 300

/** The backend's ports over one socket to the hub. */
export function createHubPorts(account: Account): { rooms: RoomsPort; channel: RoomChannelPort } {
  const pending = new Map<number, (value: string) => void>()
  let lastId = 0
  let listening: { connectionId: string; handlers: RoomChannelHandlers } | null = null
  let socket = connect()
  let ownConnectionId = ''

  function connect(): WebSocket {
    const opened = new WebSocket(`ws://${location.host}/`)
    opened.addEventListener('message', (event) => handle(JSON.parse(String(event.data))))
    opened.addEventListener('close', () => {
      listening?.handlers.handleStatus('reconnecting')
      setTimeout(() => {
        socket = connect()
        socket.addEventListener('open', () => void listen())
      }, RECONNECT_DELAY_MS)
    })
    return opened
  }

  /** The hub is ours: what it answers is what the request's name says. */
  async function ask<T>(request: HubRequest): Promise<T> {
    if (socket.readyState === WebSocket.CONNECTING) {
      await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }))
    }
    const id = ++lastId
    socket.send(JSON.stringify({ id, request }))
    return new Promise((resolve) => {
      pending.set(id, (value) => resolve(JSON.parse(value)))
    })
  }

  async function listen(): Promise<void> {
    if (listening === null) return
    await ask({ kind: 'listen', connectionId: listening.connectionId })
    listening?.handlers.handleStatus('joined')
  }

  function handle(push: HubPush): void {
    switch (push.kind) {
      case 'answer':
        pending.get(push.id)?.(JSON.stringify(push.value))
        pending.delete(push.id)
        return
      case 'signal':
        if (push.message.to === listening?.connectionId) listening.handlers.handleSignal(push.message)
        return
      case 'mediaState':
        return listening?.handlers.handleMediaState(push.message)
      case 'videoWishes':
        return listening?.handlers.handleVideoWishes(push.message)
      case 'presence':
        return listening?.handlers.handlePresence(push.present)
      case 'participantJoined':
        return listening?.handlers.handleParticipantJoined(push.participant)
      case 'participantLeft':
        return listening?.handlers.handleParticipantLeft(push)
    }
  }

  return {
    rooms: {
      create: () => Promise.reject(new Error('not in the hub')),
      list: () => Promise.reject(new Error('not in the hub')),
      knownPeople: () => Promise.reject(new Error('not in the hub')),
      setWhereabouts: () => Promise.reject(new Error('not in the hub')),
      recent: () => Promise.reject(new Error('not in the hub')),
      commonTags: () => Promise.reject(new Error('not in the hub')),
      async join(_roomId, { connectionId }) {
        ownConnectionId = connectionId
        return ok(await ask<JoinRoomResponse>({ kind: 'join', ...account, connectionId }))
      },
      async leave(_roomId, connectionId) {
        await ask({ kind: 'leave', connectionId })
        return ok(undefined)
      },
      participants: async () => ok(await ask<readonly Participant[]>({ kind: 'participants' })),
      async setMedia(_roomId, mediaState) {
        await ask({ kind: 'setMedia', connectionId: ownConnectionId, mediaState })
        return ok(undefined)
      },
      iceServers: () => Promise.resolve(ok([])),
      heartbeat: () => Promise.resolve(ok('present')),
      findInvited: () => Promise.reject(new Error('not in the hub')),
      invite: () => Promise.reject(new Error('not in the hub')),
      mediaToken: () => Promise.reject(new Error('not in the hub')),
      topology: () => Promise.resolve(ok({ topology: 'mesh', epoch: 0 })),
      reportMeshFailure: () => Promise.resolve(ok({ topology: 'mesh', epoch: 0 })),
    },
    channel: {
      reconnect: () => socket.close(),
      check: () => undefined,
      open(_topic, self, handlers) {
        listening = { connectionId: self.connectionId, handlers }
        void listen()
        return {
          sendSignal: (message) => void ask({ kind: 'broadcast', message: { kind: 'signal', message } }),
          sendMediaState: (message) =>
            void ask({ kind: 'broadcast', message: { kind: 'mediaState', message } }),
          // There is only one path.
          sendMediaPath: () => undefined,
          sendReaction: () => undefined,
          sendVideoWishes: (message) =>
            void ask({ kind: 'broadcast', message: { kind: 'videoWishes', message } }),
          close() {
            listening = null
          },
        }
      },
    },
  }
}
