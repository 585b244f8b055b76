/** Loudness is measured over this many samples: 10 ms. */
const BLOCK_MS = 10
/** Silent below this share of the usual loudness. */
const SILENT_RATIO = 0.3
/** Twice at once above this many copies: a fade in and a fade out are together one. */
const DOUBLED_COPIES = 1.1
/** Volumes are read this often. */
const VOLUME_INTERVAL_MS = 10

/** What was heard of somebody who speaks by a steady tone. */
export interface HeardVoice {
  readonly longestSilenceMs: number
  /** The longest time in which they were heard more than once at a time. */
  readonly longestDoubledMs: number
  readonly mostCopies: number
  readonly measuredMs: number
}

/** Listens to every element that plays sound in the page. */
export interface VoiceWatch {
  takeHeard(nameOf: (connectionId: string) => string | null): Promise<Record<string, HeardVoice>>
}

const worklet = `
  registerProcessor('loudness', class extends AudioWorkletProcessor {
    sum = 0; count = 0; blocks = []
    process([input]) {
      for (const sample of input[0] ?? new Float32Array(128)) { this.sum += sample * sample; this.count += 1 }
      if (this.count >= sampleRate * ${BLOCK_MS / 1_000}) {
        this.blocks.push([currentTime * 1000, Math.sqrt(this.sum / this.count)])
        this.sum = 0; this.count = 0
        if (this.blocks.length >= 10) { this.port.postMessage(this.blocks); this.blocks = [] }
      }
      return true
    }
  })`

interface Copy {
  readonly element: HTMLAudioElement
  /** Pairs of time and loudness, and of time and volume. */
  readonly loudness: [number, number][]
  readonly volumes: [number, number][]
}

/** Sound is measured in the tracks that elements play, times the volume at which they play it. */
export async function watchVoices(): Promise<VoiceWatch> {
  const context = new AudioContext()
  await context.audioWorklet.addModule(URL.createObjectURL(new Blob([worklet], { type: 'text/javascript' })))
  await context.resume()
  const copies = new Map<HTMLAudioElement, Copy>()
  const gone: Copy[] = []
  let measuredFromMs = context.currentTime * 1_000

  function listen(element: HTMLAudioElement): void {
    const [track] = element.srcObject instanceof MediaStream ? element.srcObject.getAudioTracks() : []
    if (track === undefined || copies.has(element)) return
    const copy: Copy = { element, loudness: [], volumes: [[context.currentTime * 1_000, element.volume]] }
    copies.set(element, copy)
    const node = new AudioWorkletNode(context, 'loudness', { numberOfOutputs: 0 })
    node.port.addEventListener('message', ({ data }: MessageEvent<[number, number][]>) => {
      copy.loudness.push(...data)
    })
    node.port.start()
    context.createMediaStreamSource(new MediaStream([track])).connect(node)
  }

  setInterval(() => {
    const nowMs = context.currentTime * 1_000
    for (const element of document.querySelectorAll('audio')) listen(element)
    for (const [element, copy] of copies) {
      const volume = element.isConnected && element.srcObject !== null ? element.volume : 0
      if (copy.volumes.at(-1)?.[1] !== volume) copy.volumes.push([nowMs, volume])
      if (element.isConnected) continue
      copies.delete(element)
      gone.push(copy)
    }
  }, VOLUME_INTERVAL_MS)

  return {
    async takeHeard(nameOf) {
      // What the worklet has gathered is on its way.
      await new Promise((resolve) => setTimeout(resolve, 20 * BLOCK_MS))
      const fromMs = measuredFromMs
      const untilMs = context.currentTime * 1_000 - 20 * BLOCK_MS
      measuredFromMs = untilMs
      const byName = new Map<string, Copy[]>()
      for (const copy of [...gone, ...copies.values()]) {
        const name = nameOf(copy.element.dataset['connectionId'] ?? '')
        if (name !== null) byName.set(name, [...(byName.get(name) ?? []), copy])
      }
      return Object.fromEntries(
        [...byName].map(([name, theirs]) => [name, describeVoice(theirs, fromMs, untilMs)]),
      )
    },
  }
}

function describeVoice(copies: readonly Copy[], fromMs: number, untilMs: number): HeardVoice {
  const usual = median(
    copies
      .flatMap((copy) => copy.loudness.map(([, loudness]) => loudness))
      .filter((loudness) => loudness > 0.01),
  )
  const readers = copies.map((copy) => ({
    loudness: createReader(copy.loudness),
    volume: createReader(copy.volumes),
  }))
  const heard = (atMs: number): number =>
    readers.reduce((sum, { loudness, volume }) => sum + volume(atMs) * Math.min(1, loudness(atMs) / usual), 0)
  // Whoever came only meanwhile is not missed before.
  const startMs = Math.max(
    fromMs,
    Math.min(
      ...copies.map((copy) => copy.loudness.find(([, loudness]) => loudness > usual / 2)?.[0] ?? untilMs),
    ),
  )
  let [silentMs, doubledMs, longestSilenceMs, longestDoubledMs, mostCopies] = [0, 0, 0, 0, 0]
  for (let atMs = startMs; atMs < untilMs; atMs += BLOCK_MS) {
    const copiesNow = heard(atMs)
    silentMs = copiesNow < SILENT_RATIO ? silentMs + BLOCK_MS : 0
    doubledMs = copiesNow > DOUBLED_COPIES ? doubledMs + BLOCK_MS : 0
    longestSilenceMs = Math.max(longestSilenceMs, silentMs)
    longestDoubledMs = Math.max(longestDoubledMs, doubledMs)
    mostCopies = Math.max(mostCopies, copiesNow)
  }
  return { longestSilenceMs, longestDoubledMs, mostCopies, measuredMs: untilMs - startMs }
}

/** Reads the value that held at a time, zero before the first. Times must not fall. */
function createReader(series: readonly [number, number][]): (atMs: number) => number {
  let index = -1
  return (atMs) => {
    while ((series[index + 1]?.[0] ?? Infinity) <= atMs) index += 1
    return series[index]?.[1] ?? 0
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 1
}
