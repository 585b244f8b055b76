import { type CaptureChoice, followCapture, selectCaptureProfile } from './captureChoice.ts'
import {
  allowLevel,
  AUDIO_FLOOR_BPS,
  AUDIO_FULL_BPS,
  followReading,
  type LinkLevel,
  openLinkLevel,
} from './linkLevel.ts'
import {
  followLoad,
  initialMachineLoad,
  type MachineLoad,
  selectIsAtEase,
  selectMachineCap,
} from './machineLoad.ts'
import { type Picture, selectBitrateBps, selectLevel, selectSmallest } from './picture.ts'
import { planScreen } from './screenEncoding.ts'
import { selectPhaseCap, selectSendCap, selectTileWish, selectWishCap } from './pictureCaps.ts'
import type { OutgoingLink, QualityInput } from './qualityInput.ts'
import { followStart, selectEffectsPlan, selectStartingPictures, type StartingCap } from './startingCap.ts'
import type {
  CpuRelief,
  LinkEncoding,
  PersonPicture,
  QualityPlan,
  QualityReason,
  QualityWarning,
} from './qualityPlan.ts'

/** What is remembered from one planning to the next. */
export interface QualityState {
  readonly load: MachineLoad
  /** By link id; links that are gone are forgotten. */
  readonly levels: ReadonlyMap<string, LinkLevel>
  readonly capture: CaptureChoice | null
  /** What is left of how the call began; null: nothing held it down. */
  readonly start: StartingCap | null
}

export const initialQualityState: QualityState = {
  load: initialMachineLoad,
  levels: new Map(),
  capture: null,
  start: null,
}

/** What the machine, the beginning, the phase and the person leave to every picture of ours. */
interface CommonCap {
  readonly picture: Picture
  /** What the phase and the person alone leave, to tell what the others take away. */
  readonly unhampered: Picture
  /** What takes it away. */
  readonly reason: QualityReason | null
  readonly machineFramerate: number
}

/**
 * Everything about quality, decided in one place: pure, with time as an input. A picture is the smallest of what the person chose, the
 * receiver shows, the timer's phase leaves, the machine can do, the path carries, and what the call began with until it has shown that
 * more works. Sound is never less than its floor, and not
 * less than full while any picture goes the same way. May be called as often as one likes; what takes time is measured by `nowMs`.
 */
export function planQuality(
  state: QualityState,
  input: QualityInput,
): { readonly state: QualityState; readonly plan: QualityPlan } {
  const { nowMs, machine, links } = input
  const readings = links.flatMap(({ reading }) => (reading === null ? [] : [reading]))
  const load = followLoad(state.load, input, readings)
  const machineCap = selectMachineCap(load, machine)
  const start = followStart(state.start, input, selectIsAtEase(load, machine))
  const starting = selectStartingPictures(start, input.choice)
  const unhampered = selectSmallest(selectSendCap(input), selectPhaseCap(input))
  const byMachine = selectSmallest(unhampered, machineCap.picture)
  const picture = selectSmallest(byMachine, starting.sent)
  const common: CommonCap = {
    picture,
    unhampered,
    reason: isLess(picture, byMachine) ? (start?.point.reason ?? null) : machineCap.reason,
    machineFramerate: machineCap.picture.framerate,
  }
  const uplinkBps = input.start?.uplinkBps ?? null
  const startBps = uplinkBps === null ? null : uplinkBps / Math.max(1, links.length)
  const planned = links.map((link) => {
    const known = state.levels.get(link.linkId) ?? openLinkLevel(nowMs, startBps)
    return planLink(link, followReading(known, link, nowMs), common, input)
  })
  const largestSent = Math.max(0, ...planned.map(({ encoding }) => encoding.video.shortSide))
  const captureCap = selectSmallest(selectSendCap(input), machineCap.picture)
  // With nobody there yet, the camera shows what it will send.
  const capture = followCapture(
    state.capture,
    selectCaptureProfile(
      input.choice === 'audioOnly' ? selectSendCap({ ...input, choice: 'dataSaver' }) : captureCap,
      links.length === 0 && input.choice === '720p' ? captureCap.shortSide : largestSent,
      links.some(({ path }) => path === 'sfu'),
    ),
    nowMs,
  )
  return {
    state: {
      load,
      levels: new Map(planned.map(({ linkId, level }) => [linkId, level])),
      capture,
      start,
    },
    plan: {
      capture: capture.profile,
      encodings: planned.map(({ linkId, encoding }) => ({ linkId, ...encoding })),
      subscriptions: input.people.map((connectionId) => ({
        connectionId,
        picture: selectTileWish(
          input.tiles.find((tile) => tile.connectionId === connectionId),
          input,
          selectSmallest(machineCap.picture, starting.received),
        ),
      })),
      effects: selectEffectsPlan(machineCap.effects, start, input),
      warning: selectWarning(load, input),
      pictures: planned.map(({ picture }) => picture),
    },
  }
}

interface PlannedLink {
  readonly linkId: string
  readonly level: LinkLevel
  readonly encoding: LinkEncoding
  readonly picture: PersonPicture
}

function planLink(link: OutgoingLink, level: LinkLevel, common: CommonCap, input: QualityInput): PlannedLink {
  const wished = selectWishCap(link.wish, input.people.length + 1)
  const wanted = selectSmallest(common.picture, wished)
  const step = selectLevel(level.index)
  const sent = selectSmallest(wanted, step)
  const isWorthSending = sent.shortSide >= 1 && sent.framerate >= 1
  // What is sent into a cut path is lost, lowers the browser's estimate, and is asked for again when it is
  // back. What is taken up then begins with a whole picture, which a decoder would ask for only every 3 s.
  const isActive = isWorthSending && !link.isInterrupted
  const maxBitrateBps = isActive ? Math.min(step.maxBitrateBps, selectBitrateBps(sent)) : 0
  const screen = planScreen({
    content: input.sharedScreen,
    isSeen: link.isScreenSeen && !link.isInterrupted,
    levelIndex: level.index,
    machineFramerate: common.machineFramerate,
  })
  const carriesPicture = input.isCameraOn && isActive
  const allowedBps = (carriesPicture ? maxBitrateBps : 0) + screen.maxBitrateBps
  return {
    linkId: link.linkId,
    level: allowLevel(level, allowedBps > 0 ? allowedBps : null, input.nowMs),
    encoding: {
      video: {
        isActive,
        maxBitrateBps,
        shortSide: isActive ? sent.shortSide : 0,
        framerate: isActive ? sent.framerate : 0,
      },
      audio: { maxBitrateBps: selectAudioBps(isWorthSending, link.reading?.availableOutgoingBps ?? null) },
      screen,
    },
    picture: {
      linkId: link.linkId,
      ...selectPicture(
        { wanted, sent, isActive: isWorthSending, unhampered: selectSmallest(common.unhampered, wished) },
        [level.reason, common.reason],
      ),
    },
  }
}

/** The sound gives way last: only on a path that has no picture any more, and never below its floor. */
function selectAudioBps(isVideoActive: boolean, availableBps: number | null): number {
  if (isVideoActive || availableBps === null) return AUDIO_FULL_BPS
  // A fifth for headers: a small packet is largely its headers.
  const payload = Math.floor((availableBps * 0.8) / 1_000) * 1_000
  return Math.min(AUDIO_FULL_BPS, Math.max(AUDIO_FLOOR_BPS, payload))
}

function selectPicture(
  pictures: {
    readonly wanted: Picture
    readonly sent: Picture
    readonly isActive: boolean
    readonly unhampered: Picture
  },
  [linkReason, commonReason]: readonly [QualityReason | null, QualityReason | null],
): Pick<PersonPicture, 'kind' | 'reason'> {
  const { wanted, sent, isActive, unhampered } = pictures
  if (unhampered.shortSide < 1) return { kind: 'full', reason: null }
  if (!isActive) return { kind: 'paused', reason: linkReason }
  if (isLess(sent, wanted)) return { kind: 'lowered', reason: linkReason }
  return isLess(sent, unhampered) ? { kind: 'lowered', reason: commonReason } : { kind: 'full', reason: null }
}

function isLess(a: Picture, b: Picture): boolean {
  return a.shortSide < b.shortSide || a.framerate < b.framerate
}

function selectWarning(load: MachineLoad, input: QualityInput): QualityWarning | null {
  if (load.warnedPercent === null) return null
  return { kind: 'cpuHigh', cpuLoadPercent: load.warnedPercent, relief: selectRelief(input) }
}

/** What to name first is what costs most for what it gives. */
function selectRelief({ usesBlur, choice }: QualityInput): CpuRelief | null {
  if (usesBlur) return 'blur'
  switch (choice) {
    case '720p':
      return 'highResolution'
    case 'auto':
    case '480p':
    case '360p':
      return 'largePictures'
    case 'dataSaver':
      return 'video'
    case 'audioOnly':
      return null
  }
}
