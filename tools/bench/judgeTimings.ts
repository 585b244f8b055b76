/** One case beside the reference of its group. */
export interface TimingComparison {
  readonly what: string
  /** Two-sided, of this comparison alone. */
  readonly pValue: number
  /** How often the case takes longer than the reference, pair by pair: 0.5 where they cannot be told apart. */
  readonly probabilityOfSuperiority: number
}

/** Of all comparisons together: how likely it may be that any of them is called different though none is. */
export const FAMILY_ERROR_RATE = 0.01
/**
 * From here on a difference could be used: below it, whoever asks needs hundreds of answers for one guess, and the limits
 * give them ten in five minutes.
 */
export const SMALLEST_EFFECT = 0.05

/**
 * The comparisons that tell apart what must not be told apart: different beyond chance, with Holm's correction for many tests
 * (S. Holm: A simple sequentially rejective multiple test procedure, 1979), and by an effect that matters. Empty where all
 * is well.
 */
export function findTellingTimings(comparisons: readonly TimingComparison[]): readonly TimingComparison[] {
  const byPValue = comparisons.toSorted((left, right) => left.pValue - right.pValue)
  const firstByChance = byPValue.findIndex(
    ({ pValue }, index) => pValue * (byPValue.length - index) > FAMILY_ERROR_RATE,
  )
  const significant = firstByChance === -1 ? byPValue : byPValue.slice(0, firstByChance)
  return significant.filter(
    ({ probabilityOfSuperiority }) => Math.abs(probabilityOfSuperiority - 0.5) >= SMALLEST_EFFECT,
  )
}
