import type { CallCommand, CallEvent } from '../../core/call/callEvents.ts'
import type { RoomsFailure, RoomsPort } from '../../core/ports/rooms.ts'
import type { SfuAccess, SfuPort, SfuSession } from '../../core/ports/sfu.ts'
import type { SfuFailure } from '../../core/topology/topologyState.ts'
import { ok, type Result } from '../../../shared/result.ts'

type ConnectCommand = Extract<CallCommand, { kind: 'connectSfu' }>

/** The call's connection to the media server, one at a time. */
export interface SfuHolder {
  /** Ends the session before. What becomes of this one is told by events that name it. */
  connect(command: ConnectCommand): void
  disconnect(): void
  /** Who may receive what we send: of the connection there is, and of those that follow. */
  setReceivers(connectionIds: readonly string[]): void
}

/** SECURITY: tokens go from the API to the server and nowhere else; each is used for one connection. */
export function createSfuHolder(deps: {
  readonly sfu: SfuPort
  readonly rooms: RoomsPort
  readonly random: () => number
  readonly dispatch: (event: CallEvent) => void
}): SfuHolder {
  let current: { session: SfuSession | null } | null = null
  let receivers: readonly string[] = []

  function disconnect(): void {
    const ended = current
    current = null
    ended?.session?.close()
  }

  async function connect(command: ConnectCommand): Promise<void> {
    disconnect()
    const own: { session: SfuSession | null } = { session: null }
    current = own
    const { session, roomId, connectionId, iceServers } = command
    const tell = (event: CallEvent): void => {
      if (current === own) deps.dispatch(event)
    }
    const access: Result<SfuAccess, RoomsFailure> =
      command.access === null ? await deps.rooms.mediaToken(roomId, connectionId) : ok(command.access)
    if (current !== own) return
    if (!access.ok) {
      const { retryAfterMs } = access.error
      const failure = toSfuFailure(access.error.kind)
      return tell({ kind: 'sfuGone', session, failure, retryAfterMs, jitterRatio: deps.random() })
    }
    const { url, token } = access.value
    own.session = deps.sfu.open(
      { url, token, iceServers, receivers },
      {
        handleConnected: () => tell({ kind: 'sfuConnected', session }),
        handleInterrupted: () => tell({ kind: 'sfuInterrupted', session }),
        handlePeople: (connectionIds) => tell({ kind: 'sfuPeopleChanged', session, connectionIds }),
        handleGone: (failure) =>
          tell({ kind: 'sfuGone', session, failure, retryAfterMs: null, jitterRatio: deps.random() }),
      },
    )
  }

  return {
    connect: (command) => void connect(command),
    disconnect,
    setReceivers(connectionIds) {
      receivers = connectionIds
      current?.session?.setReceivers(connectionIds)
    },
  }
}

function toSfuFailure(kind: RoomsFailure['kind']): SfuFailure {
  if (kind === 'recording_needs_consent') return 'needsConsent'
  return kind === 'not_participant' || kind === 'room_unavailable' ? 'refused' : 'unreachable'
}
