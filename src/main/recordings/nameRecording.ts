/** Characters of the room's name that a file's name keeps: with four bytes each they fit into the 255 that file systems take. */
const ROOM_MAX_LENGTH = 48

/**
 * The name of a recording that begins now, by the clock of this computer: `2026-11-27 09-05 Thesis hour.webm`. `count` tells those of the
 * same minute apart.
 * SECURITY: nothing of the room's name can lead out of the folder, hide what kind of file it is, or be refused by a system: separators,
 * control and format characters and what Windows reserves become dashes, and it ends neither with a dot nor with a space.
 */
export function nameRecording(roomName: string, now: Date, count: number): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
  const time = `${two(now.getHours())}-${two(now.getMinutes())}`
  const safe = Array.from(roomName.normalize('NFC').replaceAll(/[\p{C}\p{Zl}\p{Zp}<>:"/\\|?*]/gu, '-'))
    .slice(0, ROOM_MAX_LENGTH)
    .join('')
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/^[\s.]+|[\s.]+$/gu, '')
  return `${[day, time, safe, count === 0 ? '' : `(${count + 1})`].filter(Boolean).join(' ')}.webm`
}
