import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultPerson } from './faultPerson.ts'
import type { ProbeSample } from './probeScript.ts'

/** How a person sees and hears another over some time. */
export interface Impression {
  /** The longest time without a new frame, and without a new audio packet. */
  readonly longestWithoutFrameMs: number
  readonly longestWithoutAudioMs: number
  /** Whether the other ever had no tile, as somebody who has left. */
  readonly wasGone: boolean
  /** Whether the other's tile ever said so. */
  readonly wasReconnecting: boolean
  readonly wasWaitingForNetwork: boolean
}

function framesOf(sample: ProbeSample, name: string): number {
  return sample.tiles[name]?.frames ?? 0
}

/**
 * The longest time over which samples showed the same figure. A page that was too busy to write anything down for a while is
 * no pause: its next sample shows what came meanwhile.
 */
function longestPauseMs(samples: readonly ProbeSample[], figure: (sample: ProbeSample) => number): number {
  let longestMs = 0
  let [risen] = samples
  for (const sample of samples) {
    if (risen !== undefined && figure(sample) === figure(risen)) {
      longestMs = Math.max(longestMs, sample.atMs - risen.atMs)
    } else risen = sample
  }
  return longestMs
}

/** What has come of the other since then. */
export async function lookBack(person: FaultPerson, other: string, sinceMs: number): Promise<Impression> {
  const samples = await person.samples(sinceMs)
  if (samples.length < 3) throw new Error(`${person.name} has written nothing down since then`)
  return {
    longestWithoutFrameMs: longestPauseMs(samples, (sample) => framesOf(sample, other)),
    longestWithoutAudioMs: longestPauseMs(samples, (sample) => sample.audioPackets),
    wasGone: samples.some((sample) => sample.tiles[other] === undefined),
    wasReconnecting: samples.some((sample) =>
      /Reconnecting|No connection/.test(sample.tiles[other]?.words ?? ''),
    ),
    wasWaitingForNetwork: samples.some((sample) => sample.isWaitingForNetwork),
  }
}

/**
 * Waits until the person both sees new frames of the other and hears new packets.
 * @returns milliseconds from `sinceMs` to the later one of both
 */
export async function untilMediaFlows(
  person: FaultPerson,
  other: string,
  sinceMs: number,
  timeoutMs = 30_000,
): Promise<number> {
  const untilMs = Date.now() + timeoutMs
  for (;;) {
    const samples = await person.samples(sinceMs)
    const [first] = samples
    if (first !== undefined) {
      const seen = samples.find((sample) => framesOf(sample, other) > framesOf(first, other))
      const heard = samples.find((sample) => sample.audioPackets > first.audioPackets)
      if (seen !== undefined && heard !== undefined) return Math.max(seen.atMs, heard.atMs) - sinceMs
    }
    if (Date.now() > untilMs) {
      throw new Error(
        `${person.name} got no media of ${other} within ${timeoutMs} ms: ${JSON.stringify(samples.at(-1))}`,
      )
    }
    await sleep(100)
  }
}

/** The same for both; the later one counts. */
export async function untilBothMeet(
  ada: FaultPerson,
  ben: FaultPerson,
  sinceMs = Date.now(),
  timeoutMs = 30_000,
): Promise<number> {
  return Math.max(
    ...(await Promise.all([
      untilMediaFlows(ada, ben.name, sinceMs, timeoutMs),
      untilMediaFlows(ben, ada.name, sinceMs, timeoutMs),
    ])),
  )
}

/** Waits until a sample that was taken since then fits. @returns milliseconds from `sinceMs` to it */
export async function untilSample(
  person: FaultPerson,
  sinceMs: number,
  fits: (sample: ProbeSample) => boolean,
  timeoutMs: number,
): Promise<number> {
  const untilMs = Date.now() + timeoutMs
  for (;;) {
    const found = (await person.samples(sinceMs)).find(fits)
    if (found !== undefined) return found.atMs - sinceMs
    if (Date.now() > untilMs) throw new Error(`${person.name} did not come to see it within ${timeoutMs} ms`)
    await sleep(100)
  }
}
