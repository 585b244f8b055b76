import {
  initialQualityState,
  planQuality,
  type QualityState,
} from '../../src/renderer/core/quality/planQuality.ts'
import type {
  LinkReading,
  MachineReading,
  OutgoingLink,
  QualityInput,
  ShownTile,
  StartingPoint,
} from '../../src/renderer/core/quality/qualityInput.ts'
import type { QualityPlan } from '../../src/renderer/core/quality/qualityPlan.ts'

/** A path of which nothing is wrong. */
export const perfectReading: LinkReading = {
  roundTripMs: 30,
  sentLossRatio: 0,
  receivedLossRatio: 0,
  jitterMs: 2,
  availableOutgoingBps: 8_000_000,
  sentBps: null,
  limitation: 'none',
  framesDecoded: 48,
  framesDropped: 0,
}

export const idleMachine: MachineReading = { cpuLoadPercent: 20, battery: null, thermalState: null }

/** A test before joining that found nothing in the way. */
export const freeStart: StartingPoint = {
  uplinkBps: null,
  sends: '720p',
  receives: '720p',
  reason: 'bandwidth',
  carriesBackground: true,
}

export function createLink(linkId: string, fields: Partial<OutgoingLink> = {}): OutgoingLink {
  return {
    linkId,
    path: 'mesh',
    reading: perfectReading,
    isInterrupted: false,
    wish: { kind: 'unknown' },
    isScreenSeen: true,
    ...fields,
  }
}

export function createTile(connectionId: string, fields: Partial<ShownTile> = {}): ShownTile {
  return { connectionId, width: 1_280, height: 720, isMain: false, ...fields }
}

/** Ada's view of a call with Ben, on an ordinary laptop, all well. */
export function createQualityInput(fields: Partial<QualityInput> = {}): QualityInput {
  const people = fields.people ?? ['Ben']
  return {
    nowMs: 0,
    choice: 'auto',
    receivesVideo: true,
    isCameraOn: true,
    sharedScreen: null,
    deviceClass: 'ordinary',
    machine: idleMachine,
    usesBlur: false,
    usesStrongNoise: false,
    keepsBackground: false,
    view: 'grid',
    focusPhase: null,
    isWindowVisible: true,
    people,
    tiles: people.map((connectionId) => createTile(connectionId)),
    links: people.map((linkId) => createLink(linkId)),
    start: null,
    ...fields,
  }
}

/** Quality over time, one planning every two seconds as the app does it. */
export interface QualityTimeline {
  readonly plans: readonly QualityPlan[]
  latest(): QualityPlan
  /** Goes on with what changes at this moment. `change` may differ from planning to planning. */
  run(
    durationMs: number,
    change?: Partial<QualityInput> | ((nowMs: number) => Partial<QualityInput>),
  ): QualityPlan
}

export const PLAN_INTERVAL_MS = 2_000

export function createQualityTimeline(start: Partial<QualityInput> = {}): QualityTimeline {
  let state: QualityState = initialQualityState
  let input = createQualityInput(start)
  let nowMs = input.nowMs
  const plans: QualityPlan[] = []

  function latest(): QualityPlan {
    const plan = plans.at(-1)
    if (plan === undefined) throw new Error('nothing was planned yet')
    return plan
  }

  return {
    plans,
    latest,
    run(durationMs, change = {}) {
      const until = nowMs + durationMs
      while (nowMs < until) {
        nowMs += PLAN_INTERVAL_MS
        input = Object.assign({}, input, typeof change === 'function' ? change(nowMs) : change, { nowMs })
        const next = planQuality(state, input)
        state = next.state
        plans.push(next.plan)
      }
      return latest()
    },
  }
}
