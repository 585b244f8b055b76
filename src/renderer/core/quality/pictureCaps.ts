import type { QualityChoice } from '../../../shared/settings/settings.ts'
import type { Picture } from './picture.ts'
import type { DeviceClass, QualityInput, ReceiverWish, ShownTile } from './qualityInput.ts'

const NO_PICTURE: Picture = { shortSide: 0, framerate: 0 }
/** Of a grid of four and more each picture is a thumbnail. */
const THUMBNAIL_SHORT_SIDE = 360
const GRID_OF_THUMBNAILS_FROM = 4
/** People who study sit still: in a focus phase they see no difference, and hear a quieter fan. */
const FOCUS_FRAMERATE = 8
const FOCUS_SHORT_SIDE = 180

/** What somebody gets who leaves it to us: a laptop sends 480p, a strong one 720p where there is room, a weak one 360p at 15. */
const AUTOMATIC: Record<DeviceClass, Picture> = {
  weak: { shortSide: 360, framerate: 15 },
  ordinary: { shortSide: 480, framerate: 24 },
  strong: { shortSide: 720, framerate: 30 },
}

const CHOSEN: Record<Exclude<QualityChoice, 'auto'>, Picture> = {
  audioOnly: NO_PICTURE,
  dataSaver: { shortSide: 180, framerate: 15 },
  '360p': { shortSide: 360, framerate: 24 },
  '480p': { shortSide: 480, framerate: 24 },
  '720p': { shortSide: 720, framerate: 30 },
}

/** What the person chose to send; a weak machine's rate stays low whatever it sends. */
export function selectSendCap({
  choice,
  deviceClass,
}: Pick<QualityInput, 'choice' | 'deviceClass'>): Picture {
  if (choice === 'auto') return AUTOMATIC[deviceClass]
  const { shortSide, framerate } = CHOSEN[choice]
  return {
    shortSide,
    framerate: deviceClass === 'weak' ? Math.min(framerate, AUTOMATIC.weak.framerate) : framerate,
  }
}

/** What the person chose to receive. Left to us, others' pictures may be as large as their tiles. */
function selectReceiveCap(choice: QualityChoice, deviceClass: DeviceClass): Picture {
  if (choice === 'auto') return deviceClass === 'weak' ? AUTOMATIC.weak : AUTOMATIC.strong
  return CHOSEN[choice]
}

/** What the shared timer's phase leaves, whatever was chosen: a choice says how large pictures may be, and not how large they have to be. */
export function selectPhaseCap({ focusPhase }: Pick<QualityInput, 'focusPhase'>): Picture {
  const isCalm = focusPhase === 'focus'
  return {
    shortSide: isCalm ? FOCUS_SHORT_SIDE : Number.POSITIVE_INFINITY,
    framerate: isCalm ? FOCUS_FRAMERATE : Number.POSITIVE_INFINITY,
  }
}

/** What a receiver has use for. Of one that does not say, it is what their screen would show by the number of people. */
export function selectWishCap(wish: ReceiverWish, peopleCount: number): Picture {
  switch (wish.kind) {
    case 'hidden':
      return NO_PICTURE
    case 'shown':
      return wish
    case 'unknown':
      return { shortSide: selectGridShortSide(peopleCount), framerate: Number.POSITIVE_INFINITY }
  }
}

function selectGridShortSide(peopleCount: number): number {
  if (peopleCount >= GRID_OF_THUMBNAILS_FROM) return THUMBNAIL_SHORT_SIDE
  return peopleCount === 3 ? 480 : 720
}

/**
 * What we want of somebody, from the tile that shows them; null without one, or behind a hidden window. `limit`: what the machine and the
 * beginning leave.
 */
export function selectTileWish(
  tile: ShownTile | undefined,
  input: QualityInput,
  limit: Picture,
): Picture | null {
  const chosen = selectReceiveCap(input.choice, input.deviceClass)
  if (tile === undefined || !input.isWindowVisible) return null
  if (!input.receivesVideo || chosen.shortSide === 0) return null
  const tileSide = Math.floor(Math.min(tile.width, tile.height))
  if (tileSide < 1) return null
  const isLarge = input.view === 'speaker' && tile.isMain
  const byView = isLarge
    ? 720
    : input.view === 'speaker'
      ? THUMBNAIL_SHORT_SIDE
      : selectGridShortSide(input.people.length + 1)
  const phase = selectPhaseCap(input)
  return {
    shortSide: Math.min(tileSide, byView, chosen.shortSide, phase.shortSide, limit.shortSide),
    framerate: Math.min(chosen.framerate, phase.framerate, limit.framerate),
  }
}
