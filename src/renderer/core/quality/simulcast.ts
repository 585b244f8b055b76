import { selectBitrateBps, selectScaleDown } from './picture.ts'
import type { ReceiverWish } from './qualityInput.ts'
import type { LinkEncoding, Subscription } from './qualityPlan.ts'

/**
 * The layers of a picture on the media server, from the smallest; by their shorter side at most. The two small ones are thumbnails, and have less
 * than a picture of their size that is sent alone: they are served first, and what they take the largest has to wait for.
 */
export const SIMULCAST_LAYERS = [
  { name: 'low', shortSide: 180, framerate: 15, maxBitrateBps: 100_000 },
  { name: 'medium', shortSide: 360, framerate: 20, maxBitrateBps: 300_000 },
  { name: 'high', shortSide: 720, framerate: 30, maxBitrateBps: 1_500_000 },
] as const

export type LayerName = (typeof SIMULCAST_LAYERS)[number]['name']

/** Of a smaller picture than this, by its longer side, browsers send two layers and never the third (libwebrtc's `simulcast.cc`). */
export const THREE_LAYERS_FROM_PX = 960

/** One layer of what we send. */
export interface PublishedLayer {
  readonly name: LayerName
  /** Whether it may be sent at all; it need not be where nobody wants it. */
  readonly isActive: boolean
  /** By how much the camera's picture is scaled down for it, at least 1. */
  readonly scaleDown: number
  readonly maxBitrateBps: number
  /** Frames a second. */
  readonly framerate: number
}

/**
 * Our picture as layers, one each, so that people get it in sizes of their own. None is larger than `video` allows or the camera gives, and
 * one that would be no larger than the layer below is not sent. Of a small picture the second layer is the whole.
 */
export function planPublishedLayers(
  video: LinkEncoding['video'],
  captured: { readonly width: number; readonly height: number },
): readonly PublishedLayer[] {
  const whole = Math.min(video.shortSide, captured.width, captured.height)
  const isSmall = Math.max(captured.width, captured.height) < THREE_LAYERS_FROM_PX
  const [low, medium, high] = SIMULCAST_LAYERS
  const sizes = isSmall ? [low, { ...high, name: medium.name }, high] : SIMULCAST_LAYERS
  return sizes.map(({ name, ...layer }, index) => {
    const below = sizes[index - 1]?.shortSide ?? 0
    const picture = {
      shortSide: Math.min(layer.shortSide, whole),
      framerate: Math.min(layer.framerate, video.framerate),
    }
    return {
      name,
      isActive: video.isActive && whole > below,
      scaleDown: selectScaleDown(picture.shortSide, captured),
      maxBitrateBps: Math.min(video.maxBitrateBps, layer.maxBitrateBps, selectBitrateBps(picture)),
      framerate: picture.framerate,
    }
  })
}

/** What is sent of a picture of ours of which people want this layer at most. */
export function selectLayerWish(layer: LayerName | 'none'): ReceiverWish {
  const wanted = SIMULCAST_LAYERS.find(({ name }) => name === layer)
  if (wanted === undefined) return { kind: 'hidden' }
  return { kind: 'shown', shortSide: wanted.shortSide, framerate: 30 }
}

/**
 * The layer of somebody else's picture that is wanted: the smallest one that fills what is shown. What people choose and what a busy machine can do
 * are sizes of layers. Only 480 lines are none: who wants those gets the largest, which is 480 as a rule and 720 from those who send it.
 */
export function selectSubscribedLayer(picture: Subscription['picture']): LayerName | 'none' {
  if (picture === null) return 'none'
  const filling = SIMULCAST_LAYERS.find(({ shortSide }) => shortSide >= picture.shortSide)
  return filling?.name ?? 'high'
}
