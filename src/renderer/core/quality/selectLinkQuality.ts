/** How good a link is; `unknown` before it was measured. */
export type LinkGrade = 'good' | 'fair' | 'poor' | 'unknown'

/** Why it is no better. */
export interface LinkReason {
  /** `bandwidth` and `cpu`: our own picture is held back by it. */
  readonly cause: 'delay' | 'loss' | 'jitter' | 'bandwidth' | 'cpu'
  /** `ours` when everybody's link suffers, `theirs` when only this one does; `unknown` when there is nothing to compare with. */
  readonly side: 'ours' | 'theirs' | 'unknown'
}

/** Quality of a link, always told with a reason in words as well. */
export interface LinkQuality {
  readonly grade: LinkGrade
  /** Null when it is good, or not known. */
  readonly reason: LinkReason | null
  /** Whether the picture is what it has been: `lowered` in size or rate, `paused` when none comes though the camera is on. */
  readonly video: 'full' | 'lowered' | 'paused'
}

export const unknownQuality: LinkQuality = { grade: 'unknown', reason: null, video: 'full' }

/** What a link is judged by; null is what could not be measured. */
export interface LinkFigures {
  readonly rttMs: number | null
  /** Share of the packets from the other side that were lost, 0 to 1. */
  readonly lossRatio: number | null
  readonly jitterMs: number | null
}

type Judged = Pick<LinkQuality, 'grade'> & { readonly cause: 'delay' | 'loss' | 'jitter' | null }

/**
 * From the most telling cause to the least. Delay: people begin to talk over each other (ITU-T G.114 names 150 ms one way as
 * the limit of good). Loss: Opus hides about 3 %; then video begins to stall. Jitter: what the buffers of voice take up without
 * being heard.
 */
const BOUNDS = [
  { cause: 'loss', figure: 'lossRatio', fair: 0.03, poor: 0.1 },
  { cause: 'delay', figure: 'rttMs', fair: 300, poor: 600 },
  { cause: 'jitter', figure: 'jitterMs', fair: 50, poor: 120 },
] as const

const RANKS: Record<LinkGrade, number> = { unknown: 0, good: 1, fair: 2, poor: 3 }

/**
 * How good a link is by its figures, and what is worst about it. `unknown` without any figure. To get better again it must be
 * better than the bound by a fifth, so that it does not flicker.
 */
export function judgeLink(figures: LinkFigures | null, previous: LinkGrade): Judged {
  if (figures === null || BOUNDS.every(({ figure }) => figures[figure] === null)) {
    return { grade: 'unknown', cause: null }
  }
  const raw = judge(figures, 1)
  return RANKS[raw.grade] < RANKS[previous] ? judge(figures, 0.8) : raw
}

function judge(figures: LinkFigures, margin: number): Judged {
  for (const grade of ['poor', 'fair'] as const) {
    const worst = BOUNDS.find((bound) => (figures[bound.figure] ?? 0) >= bound[grade] * margin)
    if (worst !== undefined) return { grade, cause: worst.cause }
  }
  return { grade: 'good', cause: null }
}

const isBad = ({ grade }: { readonly grade: LinkGrade }): boolean => grade === 'fair' || grade === 'poor'

/** Tells, of links that were judged one by one, on which side what is wrong lies. */
export function selectLinkSides<K>(links: ReadonlyMap<K, Judged>): ReadonlyMap<K, LinkReason | null> {
  const measured = [...links.values()].filter(({ grade }) => grade !== 'unknown')
  const badCount = measured.filter(isBad).length
  const side = measured.length < 2 ? 'unknown' : badCount === measured.length ? 'ours' : ('theirs' as const)
  return new Map(
    [...links].map(([key, { cause }]) => [key, cause === null ? null : { cause, side }] as const),
  )
}

/**
 * How our own side does: by what holds our picture back, else by what everybody's link has in common. `limitation` is what has
 * held it back for some seconds.
 */
export function selectOwnQuality(
  links: ReadonlyMap<unknown, Judged>,
  limitation: 'cpu' | 'bandwidth' | null,
): LinkQuality {
  const measured = [...links.values()].filter(({ grade }) => grade !== 'unknown')
  const best = measured.reduce<Judged | null>(
    (known, link) => (known === null || RANKS[link.grade] < RANKS[known.grade] ? link : known),
    null,
  )
  const isOurs = measured.length >= 2 && best !== null && isBad(best)
  const video = limitation === null ? 'full' : 'lowered'
  if (isOurs && best.cause !== null) {
    return { grade: best.grade, reason: { cause: best.cause, side: 'ours' }, video }
  }
  if (limitation !== null) return { grade: 'fair', reason: { cause: limitation, side: 'ours' }, video }
  return best === null ? unknownQuality : { grade: 'good', reason: null, video }
}
