/** How somebody else is perceived by us, and we by them. */
export interface Perception {
  /** Their picture and their screen are wanted. */
  readonly isSeen: boolean
  /** How loud they are, 0 to 1, of how loud they come; at 0 their sound is not wanted at all. */
  readonly volume: number
  /** They get our picture and our screen. */
  readonly seesUs: boolean
}

/** By connection; whoever is not named is perceived as ever. */
export type Perceptions = ReadonlyMap<string, Perception>
