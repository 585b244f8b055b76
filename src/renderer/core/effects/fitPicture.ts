/** A width and a height, in pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** No camera of a call is larger (docs/quality.md). */
export const PICTURE_LIMIT: Size = { width: 1280, height: 720 }

/** The size to keep a picture in: within the limit, in its own proportions, never made larger, at least a pixel each way. */
export function fitPicture({ width, height }: Size): Size {
  const scale = Math.min(1, PICTURE_LIMIT.width / width, PICTURE_LIMIT.height / height)
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** Where a picture goes so that it covers all of a canvas and nothing is stretched: its middle is seen. */
export function coverPicture(
  picture: Size,
  canvas: Size,
): Size & { readonly left: number; readonly top: number } {
  const scale = Math.max(canvas.width / picture.width, canvas.height / picture.height)
  const width = picture.width * scale
  const height = picture.height * scale
  return { width, height, left: (canvas.width - width) / 2, top: (canvas.height - height) / 2 }
}
