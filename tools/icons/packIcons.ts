/** A square picture as a PNG file. */
export interface IconPicture {
  readonly sizePx: number
  readonly png: Uint8Array
}

/** Windows' .ico of PNG pictures of up to 256 px, as it is read since Vista. */
export function packIco(pictures: readonly IconPicture[]): Uint8Array {
  const headerBytes = 6 + 16 * pictures.length
  const header = Buffer.alloc(headerBytes)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(pictures.length, 4)
  let offset = headerBytes
  pictures.forEach(({ sizePx, png }, index) => {
    const at = 6 + 16 * index
    // 0 stands for 256.
    header.writeUInt8(sizePx % 256, at)
    header.writeUInt8(sizePx % 256, at + 1)
    header.writeUInt16LE(1, at + 4)
    header.writeUInt16LE(32, at + 6)
    header.writeUInt32LE(png.byteLength, at + 8)
    header.writeUInt32LE(offset, at + 12)
    offset += png.byteLength
  })
  return Buffer.concat([header, ...pictures.map(({ png }) => png)])
}

/** Apple's four-letter types by size; those of retina displays share their pictures. */
const icnsTypes: Readonly<Record<number, readonly string[]>> = {
  16: ['icp4'],
  32: ['icp5', 'ic11'],
  64: ['icp6', 'ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
}

/** macOS's .icns of PNG pictures. Sizes that it has no type for are left out. */
export function packIcns(pictures: readonly IconPicture[]): Uint8Array {
  const entries = pictures.flatMap(({ sizePx, png }) =>
    (icnsTypes[sizePx] ?? []).map((type) => {
      const head = Buffer.alloc(8)
      head.write(type, 'latin1')
      head.writeUInt32BE(8 + png.byteLength, 4)
      return Buffer.concat([head, png])
    }),
  )
  const body = Buffer.concat(entries)
  const head = Buffer.alloc(8)
  head.write('icns', 'latin1')
  head.writeUInt32BE(8 + body.byteLength, 4)
  return Buffer.concat([head, body])
}
