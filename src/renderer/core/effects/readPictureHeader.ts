/** What a picture's file may weigh, and how many pixels it may have: a small file can be very large once it is decoded. */
export const PICTURE_MAX_BYTES = 10_000_000
export const PICTURE_MAX_PIXELS = 50_000_000

/** What the first bytes of a picture's file say, in pixels as they are stored. */
export interface PictureHeader {
  readonly format: 'png' | 'jpeg' | 'webp'
  readonly width: number
  readonly height: number
}

/**
 * Tells PNG, JPEG and WebP by their bytes, whatever the file is called; null for everything else, and for files that end too early.
 * SECURITY: read before anything is decoded, so that a small file that would unpack to gigabytes is refused.
 */
export function readPictureHeader(bytes: Uint8Array): PictureHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const header = readPng(view) ?? readWebp(view) ?? readJpeg(view)
  return header !== null && header.width > 0 && header.height > 0 ? header : null
}

/** PNG, section 11.2.1: IHDR comes first. */
function readPng(view: DataView): PictureHeader | null {
  if (view.byteLength < 24 || view.getUint32(0) !== 0x89504e47 || view.getUint32(4) !== 0x0d0a1a0a)
    return null
  if (textAt(view, 12) !== 'IHDR') return null
  return { format: 'png', width: view.getUint32(16), height: view.getUint32(20) }
}

/** WebP (RFC 9649): one of three chunks comes first. */
function readWebp(view: DataView): PictureHeader | null {
  if (view.byteLength < 30 || textAt(view, 0) !== 'RIFF' || textAt(view, 8) !== 'WEBP') return null
  const size = (width: number, height: number): PictureHeader => ({ format: 'webp', width, height })
  switch (textAt(view, 12)) {
    case 'VP8 ':
      return size(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff)
    case 'VP8L': {
      const bits = view.getUint32(21, true)
      return size(1 + (bits & 0x3fff), 1 + ((bits >>> 14) & 0x3fff))
    }
    case 'VP8X':
      return size(1 + (view.getUint32(24, true) & 0xffffff), 1 + (view.getUint32(26, true) >>> 8))
    default:
      return null
  }
}

/** JPEG (ITU-T T.81, B.2.2): segments are passed over until one that begins a frame. */
function readJpeg(view: DataView): PictureHeader | null {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null
  let at = 2
  while (at + 9 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      // Padding before a marker.
      at += 1
      continue
    }
    if (isFrame(marker)) {
      return { format: 'jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    }
    const length = view.getUint16(at + 2)
    if (length < 2) return null
    at += 2 + length
  }
  return null
}

/** SOF0 to SOF15, without the tables that lie between them. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
}

function textAt(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((offset) => view.getUint8(at + offset)))
}
