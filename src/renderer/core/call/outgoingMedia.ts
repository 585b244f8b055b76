import type { MediaState } from '../../../shared/domain/participant.ts'
import { HEARTBEAT_INTERVAL_MS, MEDIA_STATE_WINDOW_MS } from '../../../shared/limits.ts'
import type { CallCommand } from './callEvents.ts'
import type { LiveCall } from './callState.ts'
import { type CallStep, step } from './callStep.ts'

function isSame(a: MediaState | null, b: MediaState | null): boolean {
  return (
    a !== null &&
    b !== null &&
    a.isMuted === b.isMuted &&
    a.isVideoOff === b.isVideoOff &&
    a.isScreensharing === b.isScreensharing
  )
}

/** Sends what others do not know yet and opens the window in which further changes gather. */
function flush(call: LiveCall): CallStep {
  const { media } = call
  const mustAnnounce = call.signaling === 'joined' && !isSame(media.announced, media.current)
  const mustPersist = media.writes === 'open' && !isSame(media.persisted, media.current)
  if (!mustAnnounce && !mustPersist) return step({ ...call, media: { ...media, window: 'idle' } })
  const commands: CallCommand[] = []
  if (mustAnnounce) {
    const message = { connectionId: call.connectionId, mediaState: media.current }
    commands.push({ kind: 'sendMediaState', message })
  }
  if (mustPersist) {
    commands.push({ kind: 'persistMediaState', roomId: call.room.id, mediaState: media.current })
  }
  commands.push({ kind: 'startTimer', timer: { kind: 'mediaWindow' }, delayMs: MEDIA_STATE_WINDOW_MS })
  return step(
    {
      ...call,
      media: {
        ...media,
        announced: mustAnnounce ? media.current : media.announced,
        persisted: mustPersist ? media.current : media.persisted,
        window: 'running',
      },
    },
    ...commands,
  )
}

/** Our microphone, camera or screen changed. The first change goes out at once, the following ones with the end of the window. */
export function handleLocalMediaChanged(call: LiveCall, mediaState: MediaState): CallStep {
  const { allowVideo, allowScreenshare } = call.room.settings
  const isVideoBarred = !allowVideo && !mediaState.isVideoOff
  const isScreenBarred = !allowScreenshare && mediaState.isScreensharing
  const current = {
    isMuted: mediaState.isMuted,
    isVideoOff: isVideoBarred || mediaState.isVideoOff,
    isScreensharing: allowScreenshare && mediaState.isScreensharing,
  }
  const isMutedByCreator = call.isMutedByCreator && mediaState.isMuted
  const isChanged = !isSame(call.media.current, current)
  const writes = isChanged && call.media.writes === 'failed' ? 'open' : call.media.writes
  const next = { ...call, isMutedByCreator, media: { ...call.media, current, writes } }
  const said = call.media.window === 'running' ? step(next) : flush(next)
  const barred: CallCommand[] = []
  if (isVideoBarred) barred.push({ kind: 'closeCamera' })
  if (isScreenBarred) barred.push({ kind: 'closeScreen' })
  return barred.length === 0 ? said : { ...said, commands: [...barred, ...said.commands] }
}

export function handleMediaWindowEnded(call: LiveCall): CallStep {
  return flush(call)
}

/** The channel is joined: says it at once, whatever window runs, since tiles of ours wait for it elsewhere. */
export function announceMediaState(call: LiveCall): CallStep {
  return flush({ ...call, media: { ...call.media, announced: null } })
}

/** The write failed; the next change, or the next heartbeat that gets through, brings it again. */
export function handleNotPersisted(call: LiveCall): CallStep {
  const writes = call.media.writes === 'limited' ? 'limited' : 'failed'
  return step({ ...call, media: { ...call.media, persisted: null, writes } })
}

/** The write was one too many: what we send at the end of the wait is written then. Others hear of it by broadcast as ever. */
export function handleWritesLimited(call: LiveCall, retryAfterMs: number | null): CallStep {
  return step(
    { ...call, media: { ...call.media, persisted: null, writes: 'limited' } },
    { kind: 'startTimer', timer: { kind: 'mediaRest' }, delayMs: retryAfterMs ?? HEARTBEAT_INTERVAL_MS },
  )
}

export function handleRestEnded(call: LiveCall): CallStep {
  return flushUnlessGathering({ ...call, media: { ...call.media, writes: 'open' } })
}

/** Brings what could not be written. */
export function persistAgain(call: LiveCall): CallStep {
  const writes = call.media.writes === 'limited' ? 'limited' : 'open'
  return flushUnlessGathering({ ...call, media: { ...call.media, writes } })
}

function flushUnlessGathering(call: LiveCall): CallStep {
  return call.media.window === 'running' ? step(call) : flush(call)
}
