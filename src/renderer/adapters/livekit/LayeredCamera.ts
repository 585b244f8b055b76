import { LocalVideoTrack, type Track } from 'livekit-client'
import type { LinkEncoding } from '../../core/quality/qualityPlan.ts'
import { type LayerName, planPublishedLayers, SIMULCAST_LAYERS } from '../../core/quality/simulcast.ts'
import { selectNominalSize } from './nominalSize.ts'

/** The layers that somebody in the room wants, as the server tells them (`dynacast`). */
type WantedLayers = Parameters<LocalVideoTrack['setPublishingLayers']>[1]

/** What decides about a camera. */
export interface CameraDirections {
  /** What may be sent at the moment; null: whatever the camera gives. */
  allowed(): LinkEncoding['video'] | null
  /** Somebody in the room wants this layer at most; null: the server has not said yet. */
  handleWanted(layer: LayerName | 'none' | null): void
}

/** LiveKit's names of layers within a sender. */
const layers: Readonly<Record<string, LayerName>> = { q: 'low', h: 'medium', f: 'high' }

/** A sender refuses parameters when somebody else has read them in between; they are read again then. */
const TRIES = 3

/**
 * A camera that is always published in the same three layers, of which each is sent in the size and at the rate that we allow, and only while
 * somebody wants it.
 *
 * LiveKit has two layers of a picture of less than 960 pixels, in sizes by what the camera gives at that moment, and lets them only be turned
 * on and off. So it is told of a larger picture, and what the sender sends is set here instead of there: the server's wishes pass
 * through `setPublishingLayers`.
 */
export class LayeredCamera extends LocalVideoTrack {
  readonly #directions: CameraDirections
  /** Null: the server has not said yet. */
  #wanted: ReadonlySet<LayerName> | null = null
  #work: Promise<void> = Promise.resolve()

  constructor(track: MediaStreamTrack, directions: CameraDirections) {
    super(track)
    this.#directions = directions
  }

  override get sender(): RTCRtpSender | undefined {
    return super.sender
  }

  override set sender(sender: RTCRtpSender | undefined) {
    super.sender = sender
    // Published, or published anew after a connection that was lost.
    this.#wanted = null
    this.#directions.handleWanted(null)
    void this.refresh()
  }

  override async waitForDimensions(timeoutMs?: number): Promise<Track.Dimensions> {
    return selectNominalSize(await super.waitForDimensions(timeoutMs))
  }

  override async setPublishingLayers(_isSvc: boolean, wanted: WantedLayers): Promise<void> {
    this.#wanted = toLayers(wanted)
    this.#directions.handleWanted([...this.#wanted].at(-1) ?? 'none')
    await this.refresh()
  }

  protected override async onSenderTrackSwapped(): Promise<void> {
    await this.refresh()
  }

  /** What may be sent, or the camera's size, has changed. Resolves once it is sent so; never rejects. */
  refresh(): Promise<void> {
    this.#work = this.#work.then(() => this.#apply())
    return this.#work
  }

  async #apply(): Promise<void> {
    const { sender } = this
    if (sender === undefined) return
    for (let tries = 0; tries < TRIES; tries += 1) {
      const parameters = sender.getParameters()
      const encodings = parameters.encodings.map((known) => this.#shape(known))
      const isSaid = encodings.every((wanted, index) => isSame(wanted, parameters.encodings[index]))
      if (isSaid) return
      const isSet = await sender.setParameters({ ...parameters, encodings }).then(
        () => true,
        () => false,
      )
      if (isSet) return
    }
  }

  #shape(known: RTCRtpEncodingParameters): RTCRtpEncodingParameters {
    const name = layers[known.rid ?? '']
    const { width, height } = this.mediaStreamTrack.getSettings()
    if (name === undefined || !width || !height) return known
    const allowed = this.#directions.allowed() ?? LARGEST
    const planned = planPublishedLayers(allowed, { width, height }).find((layer) => layer.name === name)
    if (planned === undefined) return known
    const isWanted = this.#wanted?.has(name) ?? true
    // What it was allowed before may stand where nothing of it is sent.
    if (!planned.isActive || !isWanted) return { ...known, active: false }
    return {
      ...known,
      active: true,
      scaleResolutionDownBy: planned.scaleDown,
      maxBitrate: planned.maxBitrateBps,
      maxFramerate: planned.framerate,
    }
  }
}

const LARGEST: LinkEncoding['video'] = {
  isActive: true,
  shortSide: 720,
  framerate: 30,
  maxBitrateBps: 1_500_000,
}

/** LiveKit counts them from the smallest, too. */
function toLayers(wanted: WantedLayers): ReadonlySet<LayerName> {
  const enabled = new Set<number>(wanted.filter((layer) => layer.enabled).map(({ quality }) => quality))
  const named = SIMULCAST_LAYERS.filter((_, index) => enabled.has(index))
  return new Set(named.map(({ name }) => name))
}

function isSame(a: RTCRtpEncodingParameters, b: RTCRtpEncodingParameters | undefined): boolean {
  return (
    a.active === b?.active &&
    a.scaleResolutionDownBy === b?.scaleResolutionDownBy &&
    a.maxBitrate === b?.maxBitrate &&
    a.maxFramerate === b?.maxFramerate
  )
}
