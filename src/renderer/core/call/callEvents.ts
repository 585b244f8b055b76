import type { IceServer, JoinRoomResponse } from '../../../shared/api/rooms.ts'
import type { MediaState, Participant } from '../../../shared/domain/participant.ts'
import type { Room, Topology } from '../../../shared/domain/room.ts'
import type {
  LeaveReason,
  MediaPathMessage,
  MediaStateMessage,
  SignalData,
  SignalMessage,
} from '../../../shared/realtime/roomEvents.ts'
import type { Result } from '../../../shared/result.ts'
import type { Account } from '../ports/auth.ts'
import type { MediaArrival, MediaPath } from '../ports/mediaRoutes.ts'
import type { PeerEnd, PeerOptions } from '../ports/peer.ts'
import type { ChannelStatus } from '../ports/roomChannel.ts'
import type { HeartbeatOutcome, RoomsFailure } from '../ports/rooms.ts'
import type { SfuAccess } from '../ports/sfu.ts'
import type { SfuFailure } from '../topology/topologyState.ts'

/** One timer of each name at most; starting it again replaces it. */
export type CallTimer =
  | { readonly kind: 'heartbeat' }
  | { readonly kind: 'mediaWindow' }
  /** Our media state is not written before the time that the server named. */
  | { readonly kind: 'mediaRest' }
  | { readonly kind: 'rejoin' }
  | { readonly kind: 'reread' }
  | { readonly kind: 'iceServers' }
  | { readonly kind: 'link'; readonly connectionId: string }
  | { readonly kind: 'absence'; readonly connectionId: string }
  /** Somebody comes over from one path to the other. */
  | { readonly kind: 'passage'; readonly connectionId: string }
  | { readonly kind: 'sfuRetry' }
  | { readonly kind: 'rereadTopology' }

/** Names a peer: events of one that was replaced meanwhile are not heard. */
interface PeerName {
  readonly connectionId: string
  readonly generation: number
}

/** Everything that can happen to a call. */
export type CallEvent =
  | {
      readonly kind: 'joinRequested'
      readonly roomId: string
      readonly connectionId: string
      readonly account: Account
      readonly mediaState: MediaState
    }
  | {
      readonly kind: 'joinAnswered'
      readonly roomId: string
      readonly connectionId: string
      readonly answer: Result<JoinRoomResponse, RoomsFailure>
    }
  | { readonly kind: 'connectionRenewed'; readonly connectionId: string }
  | { readonly kind: 'leaveRequested' }
  /** The network is back, the computer has woken up, or the person asks: whatever is broken is tried again at once. */
  | { readonly kind: 'retryRequested' }
  | { readonly kind: 'dismissed' }
  | { readonly kind: 'channelStatusChanged'; readonly status: ChannelStatus }
  | { readonly kind: 'signalReceived'; readonly message: SignalMessage }
  | { readonly kind: 'mediaStateReceived'; readonly message: MediaStateMessage }
  | { readonly kind: 'participantJoined'; readonly participant: Participant }
  | {
      readonly kind: 'participantLeft'
      readonly userId: string
      readonly connectionId: string
      readonly reason: LeaveReason
    }
  | { readonly kind: 'roomClosed' }
  | { readonly kind: 'roomChanged'; readonly room: Room }
  /** Those who remain go on at this topic. */
  | { readonly kind: 'channelMoved'; readonly topic: string }
  | { readonly kind: 'topologyChanged'; readonly topology: Topology; readonly epoch: number }
  /** It could not be read. */
  | { readonly kind: 'topologyNotRead' }
  | { readonly kind: 'mediaPathReceived'; readonly message: MediaPathMessage }
  | { readonly kind: 'mediaArrived'; readonly arrival: MediaArrival }
  | { readonly kind: 'sfuConnected' | 'sfuInterrupted'; readonly session: number }
  | { readonly kind: 'sfuPeopleChanged'; readonly session: number; readonly connectionIds: readonly string[] }
  | {
      readonly kind: 'sfuGone'
      readonly session: number
      readonly failure: SfuFailure
      /** Null unless the server named a time. */
      readonly retryAfterMs: number | null
      /** From 0 to 1, at random: so that people who lost the server together do not all come back at once. */
      readonly jitterRatio: number
    }
  | { readonly kind: 'goalChanged'; readonly userId: string; readonly goal: string | null }
  | { readonly kind: 'avatarChanged'; readonly userId: string; readonly avatar: string | null }
  | { readonly kind: 'handChanged'; readonly userId: string; readonly raisedAt: string | null }
  | { readonly kind: 'mutedByCreator'; readonly connectionId: string }
  | { readonly kind: 'presenceChanged'; readonly connectionIds: readonly string[] }
  /** Null: it could not be read. */
  | { readonly kind: 'participantsRead'; readonly participants: readonly Participant[] | null }
  /** Null: they could not be read. */
  | { readonly kind: 'iceServersRead'; readonly iceServers: readonly IceServer[] | null }
  | { readonly kind: 'heartbeatAnswered'; readonly outcome: HeartbeatOutcome | 'unreachable' }
  /** More often than the server takes them. Null: it named no time. */
  | { readonly kind: 'heartbeatLimited'; readonly retryAfterMs: number | null }
  | { readonly kind: 'mediaStateNotPersisted' }
  /** More often than the server takes it. Null: it named no time. */
  | { readonly kind: 'mediaStateLimited'; readonly retryAfterMs: number | null }
  | ({ readonly kind: 'peerSignalled'; readonly signals: readonly SignalData[] } & PeerName)
  | ({ readonly kind: 'peerConnected' } & PeerName)
  | ({ readonly kind: 'peerInterrupted' } & PeerName)
  | ({ readonly kind: 'peerGone'; readonly end: PeerEnd } & PeerName)
  | { readonly kind: 'localMediaChanged'; readonly mediaState: MediaState }
  | { readonly kind: 'timerFired'; readonly timer: CallTimer }

/** What is to be done about it, in order. */
export type CallCommand =
  /** Answered by `joinAnswered`. With the connection of our stay it only asks again, and changes nothing. */
  | { readonly kind: 'joinRoom'; readonly roomId: string; readonly connectionId: string }
  /** Answered by `connectionRenewed` with a new id. */
  | { readonly kind: 'renewConnection' }
  | { readonly kind: 'leaveRoom'; readonly roomId: string; readonly connectionId: string }
  /** Takes the place of the channel that is open, if there is one. */
  | {
      readonly kind: 'openChannel'
      readonly topic: string
      readonly userId: string
      readonly connectionId: string
    }
  /** A new connection for the channel, whatever the one before thinks of itself. */
  | { readonly kind: 'reconnectChannel' }
  /** Media has stopped, and so the channel's connection may be dead too: it has a second to show that it is not. */
  | { readonly kind: 'checkChannel' }
  | { readonly kind: 'closeChannel' }
  | { readonly kind: 'openPeer'; readonly options: PeerOptions }
  /** The peer goes on over another path, under this generation; the caller's makes an offer for it. */
  | { readonly kind: 'restartPeer'; readonly options: PeerOptions }
  | { readonly kind: 'closePeer'; readonly connectionId: string }
  | { readonly kind: 'signalPeer'; readonly connectionId: string; readonly signals: readonly SignalData[] }
  /** A room may need the media server soon. */
  | { readonly kind: 'prepareSfu' }
  /** Takes the place of the session before. Without access it is asked for. */
  | {
      readonly kind: 'connectSfu'
      readonly session: number
      readonly roomId: string
      readonly connectionId: string
      readonly access: SfuAccess | null
      readonly iceServers: PeerOptions['iceServers']
    }
  | { readonly kind: 'disconnectSfu' }
  | { readonly kind: 'showMedia'; readonly connectionId: string; readonly path: MediaPath | null }
  | { readonly kind: 'sendMediaPath'; readonly message: MediaPathMessage }
  /** Answered by `topologyChanged` or `topologyNotRead`. */
  | { readonly kind: 'readTopology'; readonly roomId: string }
  /** Answered by `topologyChanged`, or by nothing. */
  | { readonly kind: 'reportMeshFailure'; readonly roomId: string }
  | { readonly kind: 'sendSignal'; readonly message: SignalMessage }
  | { readonly kind: 'sendMediaState'; readonly message: MediaStateMessage }
  /** Answered by `mediaStateNotPersisted` or `mediaStateLimited` when it fails. */
  | { readonly kind: 'persistMediaState'; readonly roomId: string; readonly mediaState: MediaState }
  /** Answered by `heartbeatAnswered`. */
  | { readonly kind: 'sendHeartbeat'; readonly roomId: string; readonly connectionId: string }
  /** Answered by `iceServersRead`. */
  | { readonly kind: 'readIceServers' }
  /** Answered by `participantsRead`. */
  | { readonly kind: 'readParticipants'; readonly roomId: string }
  | { readonly kind: 'startTimer'; readonly timer: CallTimer; readonly delayMs: number }
  | { readonly kind: 'stopTimer'; readonly timer: CallTimer }
  | { readonly kind: 'stopAllTimers' }
  | { readonly kind: 'closeMicrophone' }
  | { readonly kind: 'closeCamera' }
  | { readonly kind: 'closeScreen' }
  /** Camera, microphone and screen are to be released: the call is over. */
  | { readonly kind: 'releaseMedia' }
