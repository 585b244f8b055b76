import { writeFile } from 'node:fs/promises'

/**
 * A YUV4MPEG2 file for `--use-file-for-fake-video-capture`: a moving gradient with sensor-like noise, because Chromium's own
 * pattern is far cheaper to encode than a camera. The noise is pseudo-random from a fixed seed: the same in every run.
 */
export async function writeNoisyCameraFile(
  path: string,
  picture: { readonly width: number; readonly height: number; readonly frameRate: number },
): Promise<void> {
  const { width, height, frameRate } = picture
  const parts: Buffer[] = [Buffer.from(`YUV4MPEG2 W${width} H${height} F${frameRate}:1 Ip A1:1 C420jpeg\n`)]
  let seed = 1
  for (let frame = 0; frame < frameRate * 2; frame += 1) {
    const planes = Buffer.alloc((width * height * 3) / 2, 128)
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
        const noise = ((seed / 2_147_483_648) * 2 - 1) * 6
        planes[y * width + x] = 128 + 60 * Math.sin((x + y + frame * 4) / 40) + noise
      }
    }
    parts.push(Buffer.from('FRAME\n'), planes)
  }
  await writeFile(path, Buffer.concat(parts))
}
