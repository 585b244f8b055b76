import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { chromiumFlags } from './callBrowser.ts'
import { playFile } from '../e2e/helpers/playFile.ts'
import { seekFilm } from '../support/seekFilm.ts'
import { findChromium } from '../../tools/setup/ensureChromium.mjs'
import { makeSeekable } from '../../src/main/recordings/makeSeekable.ts'

let browser: Browser
let page: Page
let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'studyhall-film-'))
  browser = await chromium.launch({ executablePath: findChromium() ?? '', args: chromiumFlags })
  page = await browser.newPage()
})
afterEach(async () => {
  await browser.close()
  await rm(folder, { recursive: true, force: true })
})

/** Records a moving picture and a tone as the app does, with a pause in the middle; in base64. */
async function record(): Promise<string> {
  return await page.evaluate(async () => {
    const canvas = document.createElement('canvas')
    canvas.width = 320
    canvas.height = 180
    const context = canvas.getContext('2d')
    const audio = new AudioContext()
    const tone = audio.createOscillator()
    const target = audio.createMediaStreamDestination()
    tone.connect(target)
    tone.start()
    const drawing = setInterval(() => {
      if (context === null) return
      context.fillStyle = `hsl(${(performance.now() / 20) % 360} 90% 50%)`
      context.fillRect(0, 0, 320, 180)
    }, 40)
    const stream = new MediaStream([...canvas.captureStream(20).getTracks(), ...target.stream.getTracks()])
    const options: MediaRecorderOptions & { readonly videoKeyFrameIntervalDuration: number } = {
      mimeType: 'video/webm;codecs=vp8,opus',
      videoKeyFrameIntervalDuration: 1_000,
    }
    const recorder = new MediaRecorder(stream, options)
    const pieces: Blob[] = []
    let arrived = (): void => undefined
    recorder.addEventListener('dataavailable', ({ data }) => {
      if (data.size > 0) pieces.push(data)
      arrived()
    })
    const untilPieces = async (count: number): Promise<void> => {
      while (pieces.length < count) await new Promise<void>((resolve) => (arrived = resolve))
    }
    recorder.start(500)
    await untilPieces(6)
    recorder.pause()
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    recorder.resume()
    await untilPieces(12)
    const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve, { once: true }))
    recorder.stop()
    await stopped
    clearInterval(drawing)
    await audio.close()
    const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer())
    return btoa(Array.from(bytes, (byte) => String.fromCodePoint(byte)).join(''))
  })
}

test.each([
  ['whole', 1],
  ['cut off by a crash', 0.8],
])('a film of Chromium’s recorder, %s, has a length at once and can be jumped in', async (_, share) => {
  const recorded = Buffer.from(await record(), 'base64')
  const left = recorded.subarray(0, Math.floor(recorded.length * share))
  // What this is for.
  expect((await seekFilm(page, left)).durationS).toBeNull()

  const path = join(folder, 'film.webm')
  await writeFile(path, left)
  expect(await makeSeekable(path, new AbortController().signal)).toEqual({ ok: true, value: undefined })
  const film = await readFile(path)
  const { durationS, seekableToS, middle } = await seekFilm(page, film)
  const before = await playFile(page, left)
  const after = await playFile(page, film)
  // As long as what is played of the old one, to the pictures that end it.
  expect(Math.abs((durationS ?? 0) - before.playedMs / 1_000)).toBeLessThan(0.2)
  expect(Math.abs(after.playedMs - before.playedMs)).toBeLessThan(200)
  expect(seekableToS).toBeCloseTo(durationS ?? 0, 1)
  expect(middle.atS).toBeCloseTo((durationS ?? 0) / 2, 1)
  expect(middle.colouredRatio).toBeGreaterThan(0.9)
  expect(after.colouredRatio).toBeGreaterThan(0.9)
})
