import type { ShortSound } from '../../core/ports/capture.ts'

const SAMPLE_RATE_HZ = 24_000
const HEADER_BYTES = 44
interface Note {
  readonly frequencyHz: number
  /** Seconds from the beginning. */
  readonly startS: number
  readonly durationS: number
}

/** Soft notes: a fifth upwards, the same downwards where it is to get quiet, and a chord that opens for a break. */
const chimes: Readonly<Record<ShortSound, readonly Note[]>> = {
  test: [
    { frequencyHz: 440, startS: 0, durationS: 0.5 },
    { frequencyHz: 659.26, startS: 0.28, durationS: 0.7 },
  ],
  focus: [
    { frequencyHz: 659.26, startS: 0, durationS: 0.5 },
    { frequencyHz: 440, startS: 0.28, durationS: 0.7 },
  ],
  break: [
    { frequencyHz: 440, startS: 0, durationS: 0.5 },
    { frequencyHz: 554.37, startS: 0.2, durationS: 0.5 },
    { frequencyHz: 659.26, startS: 0.4, durationS: 0.6 },
  ],
}
const DURATION_S = 1
const PEAK = 0.3
const ATTACK_S = 0.02

/** A chime of one second as a WAV file: 24 kHz, one channel, 16 bits. */
export function createChimeWave(sound: ShortSound): Uint8Array<ArrayBuffer> {
  const count = SAMPLE_RATE_HZ * DURATION_S
  const file = new DataView(new ArrayBuffer(HEADER_BYTES + count * 2))
  writeHeader(file, count * 2)
  for (let index = 0; index < count; index += 1) {
    const sample = chimes[sound].reduce((sum, note) => sum + selectNote(note, index / SAMPLE_RATE_HZ), 0)
    file.setInt16(HEADER_BYTES + index * 2, Math.round(sample * PEAK * 0x7fff), true)
  }
  return new Uint8Array(file.buffer)
}

/** A sine that begins softly and dies away. */
function selectNote(note: Note, atS: number): number {
  const sinceS = atS - note.startS
  if (sinceS < 0 || sinceS > note.durationS) return 0
  const attack = Math.min(1, sinceS / ATTACK_S)
  const decay = (1 - sinceS / note.durationS) ** 2
  return Math.sin(2 * Math.PI * note.frequencyHz * sinceS) * attack * decay
}

/** RIFF with PCM, as in Microsoft's "Multimedia Programming Interface and Data Specifications 1.0". */
function writeHeader(file: DataView, dataBytes: number): void {
  const text = (offset: number, word: string) => {
    for (let index = 0; index < word.length; index += 1) file.setUint8(offset + index, word.charCodeAt(index))
  }
  text(0, 'RIFF')
  file.setUint32(4, HEADER_BYTES - 8 + dataBytes, true)
  text(8, 'WAVEfmt ')
  file.setUint32(16, 16, true)
  file.setUint16(20, 1, true)
  file.setUint16(22, 1, true)
  file.setUint32(24, SAMPLE_RATE_HZ, true)
  file.setUint32(28, SAMPLE_RATE_HZ * 2, true)
  file.setUint16(32, 2, true)
  file.setUint16(34, 16, true)
  text(36, 'data')
  file.setUint32(40, dataBytes, true)
}
