import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import type { JoinRoomResponse } from '../../src/shared/api/rooms.ts'
import type { Participant } from '../../src/shared/domain/participant.ts'
import { listenOnFreePort } from '../support/listenOnFreePort.ts'
import type { HubPush, HubRequest } from './hubProtocol.ts'

/** A stand-in for the backend, as small as it gets: one room, its people, and a channel without rights or persistence. */
export interface Hub {
  readonly url: string
  /** Ends everybody's channel abnormally; pages open it again by themselves. */
  dropConnections(): void
  close(): Promise<void>
}

/** Serves `script` in a page of its own, and the room to it. */
export async function startHub(script: string): Promise<Hub> {
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(
      isScript ? script : '<!doctype html><title>call</title><body><script src="/page.js"></script>',
    )
  })
  const sockets = new WebSocketServer({ server })
  const room = createRoom(randomUUID())
  sockets.on('connection', (socket) => room.accept(socket))
  const url = await listenOnFreePort(server)
  return {
    url,
    dropConnections() {
      for (const socket of sockets.clients) socket.terminate()
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function createRoom(roomId: string): { accept(socket: WebSocket): void } {
  const participants = new Map<string, Participant>()
  /** Who listens, by connection. */
  const listeners = new Map<WebSocket, string>()

  function push(message: HubPush, except?: WebSocket): void {
    for (const socket of listeners.keys()) if (socket !== except) socket.send(JSON.stringify(message))
  }

  function pushPresence(): void {
    const present = [...listeners.values()].map((connectionId) => ({
      connectionId,
      userId: participants.get(connectionId)?.userId ?? connectionId,
    }))
    push({ kind: 'presence', present })
  }

  function join(request: Extract<HubRequest, { kind: 'join' }>): JoinRoomResponse {
    const participant: Participant = {
      userId: request.userId,
      connectionId: request.connectionId,
      displayName: request.displayName,
      joinedAt: new Date().toISOString(),
      mediaState: { isMuted: true, isVideoOff: true, isScreensharing: false },
    }
    participants.set(participant.connectionId, participant)
    push({ kind: 'participantJoined', participant })
    return {
      room: {
        id: roomId,
        name: 'Library',
        privacy: 'public',
        tags: [],
        participantCount: participants.size,
        maxParticipants: 4,
        capacity: 4,
        hasPassword: false,
        createdAt: new Date().toISOString(),
        creatorId: null,
        isLocked: false,
        recurringRoomId: null,
        settings: { allowChat: true, allowVideo: true, allowScreenshare: true, allowTimerControl: true },
      },
      participants: [...participants.values()],
      topology: 'mesh',
      epoch: 0,
      channel: `room:${roomId}`,
      iceServers: [],
      sfu: null,
      timer: null,
      recording: null,
    }
  }

  function leave(connectionId: string): void {
    const participant = participants.get(connectionId)
    if (participant === undefined) return
    participants.delete(connectionId)
    push({ kind: 'participantLeft', userId: participant.userId, connectionId, reason: 'left' })
  }

  function answer(socket: WebSocket, request: HubRequest): unknown {
    switch (request.kind) {
      case 'join':
        return join(request)
      case 'leave':
        return leave(request.connectionId)
      case 'participants':
        return [...participants.values()]
      case 'setMedia': {
        const participant = participants.get(request.connectionId)
        if (participant !== undefined) {
          participants.set(request.connectionId, { ...participant, mediaState: request.mediaState })
        }
        return undefined
      }
      case 'listen':
        listeners.set(socket, request.connectionId)
        pushPresence()
        return undefined
      case 'broadcast':
        return push(request.message, socket)
    }
  }

  return {
    accept(socket) {
      socket.on('message', (data: Buffer) => {
        // Only our own page speaks here.
        const asked: { id: number; request: HubRequest } = JSON.parse(data.toString('utf8'))
        const value = answer(socket, asked.request) ?? null
        socket.send(JSON.stringify({ kind: 'answer', id: asked.id, value } satisfies HubPush))
      })
      socket.on('close', () => {
        if (listeners.delete(socket)) pushPresence()
      })
    },
  }
}
