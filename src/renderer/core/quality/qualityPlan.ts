import type { EffectRelief } from '../ports/effects.ts'
import type { Picture } from './picture.ts'
import type { ScreenEncoding } from './screenEncoding.ts'

/** What the camera is asked for. */
export interface CaptureProfile {
  readonly width: number
  readonly height: number
  readonly frameRate: number
}

/** What goes out on one connection. */
export interface LinkEncoding {
  /** `isActive` false sends no picture at all; the sound is not touched by it. */
  readonly video: { readonly isActive: boolean; readonly maxBitrateBps: number } & Picture
  readonly audio: { readonly maxBitrateBps: number }
  /** Of a screen that we share. */
  readonly screen: ScreenEncoding
}

/** What lowers a picture that somebody could otherwise have. */
export type QualityReason = 'bandwidth' | 'loss' | 'delay' | 'cpu' | 'heat' | 'battery'

/** How our picture reaches somebody. */
export interface PersonPicture {
  readonly linkId: string
  readonly kind: 'full' | 'lowered' | 'paused'
  /** Null when nothing is lowered, or only by what people chose or show. */
  readonly reason: QualityReason | null
}

/** What we want of somebody else's picture. Sound is never part of it: it always comes. */
export interface Subscription {
  readonly connectionId: string
  /** Null: nothing of it is shown, so nothing is to be sent. */
  readonly picture: Picture | null
}

/**
 * What to turn off to make it easier for the machine: the blur of the background; high resolution; large pictures, of oneself
 * and others; video altogether. Null when nothing of ours is left to turn off.
 */
export type CpuRelief = 'blur' | 'highResolution' | 'largePictures' | 'video'

/** How far what is done to our own picture and voice gives way, and why: the machine is busy, hot or low, or this is only the beginning. */
export type EffectsPlan =
  | { readonly relief: 'none'; readonly reason: null }
  | { readonly relief: Exclude<EffectRelief, 'none'>; readonly reason: 'busy' | 'beginning' }

export interface QualityWarning {
  readonly kind: 'cpuHigh'
  readonly cpuLoadPercent: number
  readonly relief: CpuRelief | null
}

/** What is to be done about everything that `QualityInput` says. */
export interface QualityPlan {
  readonly capture: CaptureProfile
  /** One a link, in their order. */
  readonly encodings: readonly ({ readonly linkId: string } & LinkEncoding)[]
  /** One a person, in their order. */
  readonly subscriptions: readonly Subscription[]
  readonly effects: EffectsPlan
  readonly warning: QualityWarning | null
  /** One a link, in their order. */
  readonly pictures: readonly PersonPicture[]
}
