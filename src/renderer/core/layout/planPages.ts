/** Tiles on one page, one's own included. More than nine faces are a crowd, and each costs as much as the first. */
export const PAGE_MAX_TILES = 9

/** Which of the others stand on a page; one's own tile stands last on each. */
export interface PagePlan {
  /** From 0; the wanted one, or the last there is. */
  readonly page: number
  readonly pageCount: number
  /** Of the others, in their order: the first on this page, and the one after its last. */
  readonly start: number
  readonly end: number
}

/**
 * Everybody on one page as long as there is room; else pages in the order of people, which turn only when somebody turns them. `perPage` others
 * stand on one.
 */
export function planPages(othersCount: number, wantedPage: number, perPage = PAGE_MAX_TILES - 1): PagePlan {
  const pageCount = Math.max(1, Math.ceil(othersCount / perPage))
  const page = Math.min(Math.max(0, wantedPage), pageCount - 1)
  const start = page * perPage
  return { page, pageCount, start, end: Math.min(othersCount, start + perPage) }
}
