import { createStore } from 'zustand/vanilla'
import type { Settings, SettingsPatch } from '../../../shared/settings/settings.ts'
import type { VideoWishesMessage } from '../../../shared/realtime/roomEvents.ts'
import type { CallSnapshot } from '../../core/call/callSnapshot.ts'
import type { CapturePort } from '../../core/ports/capture.ts'
import type { CameraDemandPort } from '../../core/ports/cameraDemand.ts'
import type { Clock } from '../../core/ports/clock.ts'
import { type EncodingsPort, SFU_LINK_ID } from '../../core/ports/encodings.ts'
import type { Perceptions } from '../../core/ports/perception.ts'
import type { MachinePort } from '../../core/ports/machine.ts'
import type { ConnectionReading } from '../../core/ports/statistics.ts'
import type { SubscriptionsPort } from '../../core/ports/subscriptions.ts'
import { initialQualityState, planQuality } from '../../core/quality/planQuality.ts'
import type {
  DeviceClass,
  LinkReading,
  OutgoingLink,
  QualityInput,
  ShownTile,
  StartingPoint,
} from '../../core/quality/qualityInput.ts'
import type { CaptureProfile, QualityPlan, QualityWarning } from '../../core/quality/qualityPlan.ts'
import { selectLinkReading } from '../../core/quality/selectLinkReading.ts'
import { selectLayerWish } from '../../core/quality/simulcast.ts'
import type {
  EffectsSnapshot,
  LocalMediaController,
  QualityController,
  QualitySnapshot,
  ReadableStore,
  ScreenShareSnapshot,
} from '../contracts.ts'
import type { Effects } from '../effects/createEffects.ts'
import type { ReadingListener } from '../statistics/createReadingLoop.ts'
import { createMachineWatch } from './createMachineWatch.ts'
import { createReceivedWishes } from './createReceivedWishes.ts'
import { createWarningFilter } from './createWarningFilter.ts'
import { createWishSender, type VideoWishExchange } from './createWishSender.ts'

/** A picture that was asked for is not expected before it can have come. */
const EXPECTED_AFTER_MS = 4_000
/** Of somebody who is not to see us. */
const unseenWish = { wish: { kind: 'hidden' }, isScreenSeen: false } as const

/** What the person chose, kept between sessions. */
export interface QualityPreferences {
  current(): Pick<Settings, 'videoQuality' | 'receiveVideo'>
  update(patch: Pick<SettingsPatch, 'videoQuality' | 'receiveVideo'>): void
  /** Calls back after each change, wherever it was made; the answer ends it. */
  subscribe(listener: () => void): () => void
}

export interface QualityDependencies {
  readonly call: { readonly store: ReadableStore<CallSnapshot> } & VideoWishExchange
  readonly localMedia: Pick<LocalMediaController, 'store' | 'setCameraOn'>
  readonly screenShare: { readonly store: ReadableStore<ScreenShareSnapshot> }
  /** Hears each round of readings of all connections. */
  readonly listen: (listener: ReadingListener) => () => void
  readonly encodings: EncodingsPort
  readonly subscriptions: SubscriptionsPort
  /** Null: the camera stays as it was opened. */
  readonly capture: Pick<CapturePort, 'shapeCamera'> | null
  readonly preferences: QualityPreferences
  /** What is done to our picture and voice; null: nothing. */
  readonly background: Pick<Effects, 'store' | 'chooseBackground' | 'relieve'> | null
  /** Null: nobody measures the machine. */
  readonly machine: MachinePort | null
  readonly deviceClass: DeviceClass
  readonly clock: Clock
}

/** The controller together with what its owner needs. */
export interface OwnedQualityController extends QualityController {
  /** How much of our picture is wanted of the media server. */
  readonly handleDemand: CameraDemandPort['set']
  /** A recording draws everybody at least so large, whatever the screen shows; null: there is none. */
  setRecorded(size: { readonly width: number; readonly height: number } | null): void
  /** Whether a picture of somebody should be arriving, as far as it depends on us. */
  isExpected(connectionId: string): boolean
  /** Whoever is not to be seen is not asked for a picture, and whoever is not to see us gets none, whatever they ask for. */
  setPerceptions(perceptions: Perceptions): void
  /** What the test before joining found. It holds until the call has shown that more works; the same again changes nothing. */
  setStart(start: StartingPoint): void
  dispose(): void
}

/** Plans again with each round of readings and whenever something changes, and has the plan carried out. */
export function createQualityController(deps: QualityDependencies): OwnedQualityController {
  const { call, localMedia, screenShare, encodings, preferences, background, clock } = deps
  const store = createStore<QualitySnapshot>(() => ({ ...selectPreferences(preferences), warning: null }))
  const wishSender = createWishSender({ clock, send: (wishes) => call.sendVideoWishes(wishes) })
  /** Null: not on the screen. Of whom nothing is said, it is not known yet. */
  const tiles = new Map<string, ShownTile | null>()
  const received = createReceivedWishes()
  const askedSinceMs = new Map<string, number>()
  let state = initialQualityState
  let readings: readonly ConnectionReading[] = []
  let linkReadings: ReadonlyMap<string, LinkReading> = new Map()
  let start: StartingPoint | null = null
  let focusPhase: QualityInput['focusPhase'] = null
  let demand: Parameters<CameraDemandPort['set']>[0] = null
  let isWindowVisible = true
  let areScreensShown = true
  let perceptions: Perceptions = new Map()
  let recorded: { readonly width: number; readonly height: number } | null = null
  let shaped: CaptureProfile | null = null
  let said: QualityPlan['encodings'] = []
  let stopListening: (() => void) | null = null
  const machine = createMachineWatch(deps.machine, plan)
  const warnings = createWarningFilter(clock)

  const isSeen = (connectionId: string): boolean => perceptions.get(connectionId)?.isSeen ?? true
  const seesUs = (connectionId: string): boolean => perceptions.get(connectionId)?.seesUs ?? true

  function isLookedAt(): boolean {
    return isWindowVisible && !machine.isLocked()
  }

  /** What the screen shows, and what a recording draws behind a screen that nobody sees. */
  function selectShown(others: readonly { readonly connectionId: string }[]): readonly ShownTile[] {
    const seen = [...tiles.values()].filter((tile) => tile !== null)
    const size = recorded
    if (size === null) return seen
    return others.map(({ connectionId }) => {
      const tile = isLookedAt() ? (tiles.get(connectionId) ?? null) : null
      const { width = 0, height = 0, isMain = false } = tile ?? {}
      const larger = { width: Math.max(width, size.width), height: Math.max(height, size.height) }
      return { connectionId, ...larger, isMain }
    })
  }

  function selectInput(): QualityInput {
    const snapshot = call.store.getState()
    const others = snapshot.kind === 'live' ? snapshot.others : []
    const { videoQuality, receiveVideo } = preferences.current()
    const direct = others.filter(
      ({ connectionId, path }) => path === 'mesh' || linkReadings.has(connectionId),
    )
    const links: OutgoingLink[] = direct.map(({ connectionId, link }) => {
      const { wish, isScreenSeen } = seesUs(connectionId) ? received.of(connectionId) : unseenWish
      const reading = linkReadings.get(connectionId) ?? null
      const isInterrupted = link === 'reconnecting' || link === 'failed'
      return { linkId: connectionId, path: 'mesh', reading, isInterrupted, wish, isScreenSeen }
    })
    // Media goes there before anybody has come over.
    const isOnServer = snapshot.kind === 'live' && snapshot.mediaServer !== 'notNeeded'
    if (isOnServer || others.some(({ path }) => path === 'sfu')) {
      const reading = linkReadings.get(SFU_LINK_ID) ?? null
      const wish = selectLayerWish(demand ?? 'high')
      const isInterrupted = snapshot.kind === 'live' && snapshot.mediaServer === 'reconnecting'
      links.push({ linkId: SFU_LINK_ID, path: 'sfu', reading, isInterrupted, wish, isScreenSeen: true })
    }
    const shown = selectShown(others).filter((tile) => isSeen(tile.connectionId))
    return {
      nowMs: clock.now(),
      choice: videoQuality,
      receivesVideo: receiveVideo,
      isCameraOn: localMedia.store.getState().camera.kind === 'on',
      sharedScreen: selectSharedContent(screenShare.store.getState()),
      deviceClass: deps.deviceClass,
      machine: machine.reading(),
      ...selectEffects(background?.store.getState()),
      view: shown.some(({ isMain }) => isMain) ? 'speaker' : 'grid',
      focusPhase,
      isWindowVisible: isLookedAt() || recorded !== null,
      people: others.map(({ connectionId }) => connectionId),
      tiles: shown,
      links,
      start,
    }
  }

  function plan(): void {
    const next = planQuality(state, selectInput())
    state = next.state
    said = next.plan.encodings
    encodings.set(said)
    void shapeCamera(next.plan.capture)
    background?.relieve(next.plan.effects)
    ask(next.plan)
    tell(next.plan.warning)
  }

  async function shapeCamera(profile: CaptureProfile): Promise<void> {
    if (deps.capture === null || isSameProfile(profile, shaped)) return
    shaped = profile
    await deps.capture.shapeCamera(profile)
    // Scales are of the size that the camera has by now.
    if (shaped === profile) encodings.set(said)
  }

  function ask({ subscriptions }: QualityPlan): void {
    const snapshot = call.store.getState()
    if (snapshot.kind !== 'live') return
    for (const { connectionId, picture } of subscriptions) {
      if (picture === null) askedSinceMs.delete(connectionId)
      else if (!askedSinceMs.has(connectionId)) askedSinceMs.set(connectionId, clock.now())
    }
    // Whoever comes over to the other path is waited for there, and not limited before they are seen by it.
    const known = snapshot.others.filter(
      ({ connectionId }) => recorded !== null || tiles.has(connectionId) || !isSeen(connectionId),
    )
    const paths = new Map(known.map(({ connectionId, path }) => [connectionId, path]))
    wishSender.want(
      subscriptions
        .filter(({ connectionId }) => paths.get(connectionId) === 'mesh')
        .map(({ connectionId, picture }) => ({
          connectionId,
          picture,
          // Shared screens stand on every page, in every view that has others in it, and in a recording.
          isScreenSeen: ((isLookedAt() && areScreensShown) || recorded !== null) && isSeen(connectionId),
        })),
    )
    deps.subscriptions.set(subscriptions.filter(({ connectionId }) => paths.get(connectionId) === 'sfu'))
  }

  function tell(warning: QualityWarning | null): void {
    const before = store.getState()
    const now: QualitySnapshot = { ...selectPreferences(preferences), warning: warnings.select(warning) }
    if (!isSameSnapshot(before, now)) store.setState(now, true)
  }

  function handleReadings(round: readonly ConnectionReading[]): void {
    const before = readings
    readings = round
    linkReadings = new Map(
      round.map((reading) => [
        reading.topology === 'sfu' ? SFU_LINK_ID : selectPeer(reading.id),
        selectLinkReading(
          reading,
          before.find(({ id }) => id === reading.id),
        ),
      ]),
    )
    plan()
  }

  function handleCall(snapshot: CallSnapshot, before: CallSnapshot): void {
    if (snapshot.kind !== 'live') {
      if (before.kind === 'live') forgetCall()
      return
    }
    stopListening ??= deps.listen(handleReadings)
    machine.start()
    const present = new Set(snapshot.others.map(({ connectionId }) => connectionId))
    for (const known of [tiles, askedSinceMs]) {
      for (const connectionId of known.keys()) if (!present.has(connectionId)) known.delete(connectionId)
    }
    received.keep(snapshot.others)
    plan()
    if (mayHaveMissedWishes(snapshot, before)) wishSender.repeat()
  }

  function forgetCall(): void {
    stopListening?.()
    stopListening = null
    machine.stop()
    wishSender.stop()
    deps.subscriptions.set([])
    for (const known of [tiles, askedSinceMs]) known.clear()
    received.keep([])
    readings = []
    linkReadings = new Map()
    plan()
  }

  /** SECURITY: nobody outside the room is listened to, and nothing said here gets more of us than the person chose to send. */
  function handleWishes({ from, wishes }: VideoWishesMessage): void {
    const snapshot = call.store.getState()
    if (snapshot.kind !== 'live' || !snapshot.others.some(({ connectionId }) => connectionId === from)) return
    const own = wishes.find(({ to }) => to === snapshot.self.connectionId)
    if (own === undefined) return
    received.take(from, own)
    plan()
  }

  function handleBackground(effects: EffectsSnapshot, before: EffectsSnapshot): void {
    const [now, earlier] = [selectEffects(effects), selectEffects(before)]
    const isSame =
      now.usesBlur === earlier.usesBlur &&
      now.usesStrongNoise === earlier.usesStrongNoise &&
      now.keepsBackground === earlier.keepsBackground
    if (!isSame) plan()
  }

  const unsubscribe = [
    call.store.subscribe(handleCall),
    call.subscribeToVideoWishes(handleWishes),
    preferences.subscribe(plan),
    screenShare.store.subscribe((share, before) => {
      if (selectSharedContent(share) !== selectSharedContent(before)) plan()
    }),
    ...(background === null ? [] : [background.store.subscribe(handleBackground)]),
    localMedia.store.subscribe((media, before) => {
      if (media.camera.kind === before.camera.kind) return
      const isWantedAgain =
        media.camera.kind === 'starting' && preferences.current().videoQuality === 'audioOnly'
      if (isWantedAgain) preferences.update({ videoQuality: 'auto' })
      plan()
    }),
  ]
  plan()

  function choose(videoQuality: Settings['videoQuality']): void {
    preferences.update({ videoQuality })
    if (videoQuality === 'audioOnly') void localMedia.setCameraOn(false)
  }

  return {
    store,
    choose,
    setReceivesVideo: (receiveVideo) => preferences.update({ receiveVideo }),
    showTile(connectionId, tile) {
      tiles.set(connectionId, tile === null ? null : { connectionId, ...tile })
      plan()
    },
    setWindowVisible(isVisible) {
      isWindowVisible = isVisible
      plan()
    },
    setScreensShown(areShown) {
      if (areShown === areScreensShown) return
      areScreensShown = areShown
      plan()
    },
    setPerceptions(next) {
      perceptions = next
      plan()
    },
    setStart(point) {
      start = point
      plan()
    },
    setRecorded(size) {
      recorded = size
      plan()
    },
    setFocusPhase(phase) {
      focusPhase = phase
      plan()
    },
    relieve() {
      const { warning } = store.getState()
      const relief = warning?.relief ?? null
      warnings.noteRelief()
      tell(warning)
      if (relief === 'blur') background?.chooseBackground('none')
      if (relief === 'highResolution') choose('auto')
      if (relief === 'largePictures') choose('dataSaver')
      if (relief === 'video') choose('audioOnly')
    },
    dismissWarning() {
      warnings.dismiss()
      tell(store.getState().warning)
    },
    handleDemand(layer) {
      if (layer === demand) return
      demand = layer
      plan()
    },
    isExpected(connectionId) {
      if (!isSeen(connectionId)) return false
      if (!tiles.has(connectionId)) return preferences.current().receiveVideo
      const sinceMs = askedSinceMs.get(connectionId)
      return sinceMs !== undefined && clock.now() - sinceMs >= EXPECTED_AFTER_MS
    },
    dispose() {
      for (const end of unsubscribe) end()
      stopListening?.()
      stopListening = null
      machine.stop()
      wishSender.stop()
    },
  }
}

function selectPreferences(
  preferences: QualityPreferences,
): Pick<QualitySnapshot, 'choice' | 'receivesVideo'> {
  const { videoQuality, receiveVideo } = preferences.current()
  return { choice: videoQuality, receivesVideo: receiveVideo }
}

function selectEffects(
  effects: EffectsSnapshot | undefined,
): Pick<QualityInput, 'usesBlur' | 'usesStrongNoise' | 'keepsBackground'> {
  return {
    usesBlur: effects !== undefined && effects.background.choice !== 'none',
    usesStrongNoise: effects?.noiseSuppression.choice === 'strong',
    keepsBackground: effects?.keepsBackground === true,
  }
}

function selectSharedContent({ share }: ScreenShareSnapshot): QualityInput['sharedScreen'] {
  return share.kind === 'on' ? share.content : null
}

/** The other side of a mesh's connection, from its name. */
function selectPeer(readingId: string): string {
  return readingId.slice(0, readingId.lastIndexOf(':'))
}

/** The channel is back, or somebody has just come within reach. */
function mayHaveMissedWishes(snapshot: CallSnapshot, before: CallSnapshot): boolean {
  if (snapshot.kind !== 'live' || snapshot.signaling !== 'joined') return false
  if (before.kind !== 'live' || before.signaling !== 'joined') return true
  const connected = new Set(
    before.others.filter(({ link }) => link === 'connected').map(({ connectionId }) => connectionId),
  )
  return snapshot.others.some(
    ({ link, connectionId }) => link === 'connected' && !connected.has(connectionId),
  )
}

function isSameProfile(a: CaptureProfile, b: CaptureProfile | null): boolean {
  return b !== null && a.width === b.width && a.height === b.height && a.frameRate === b.frameRate
}

function isSameSnapshot(a: QualitySnapshot, b: QualitySnapshot): boolean {
  return (
    a.choice === b.choice &&
    a.receivesVideo === b.receivesVideo &&
    a.warning?.relief === b.warning?.relief &&
    (a.warning === null) === (b.warning === null)
  )
}
