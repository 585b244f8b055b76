import { isDeepStrictEqual } from 'node:util'
import type { Caller } from './callBrowser.ts'

const LOOK_EVERY_MS = 100

/** Resolves once each of them is reached by all the others by this path, and by no other connection than that takes. */
export async function untilAllOn(
  people: readonly Caller[],
  path: 'mesh' | 'sfu',
  timeoutMs = 45_000,
): Promise<void> {
  const others = people.length - 1
  const expected: Paths = {
    links: Array.from({ length: others }, () => `${path} connected`),
    connections: path === 'mesh' ? others : 1,
  }
  const untilMs = performance.now() + timeoutMs
  for (const person of people) {
    // Asked from outside: `waitForFunction` takes a promise of the page for a yes.
    for (let seen = await readPaths(person); !isDeepStrictEqual(seen, expected);) {
      if (performance.now() > untilMs) {
        throw new Error(`${person.name}: ${JSON.stringify(seen)} in place of ${JSON.stringify(expected)}`)
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
      seen = await readPaths(person)
    }
  }
}

interface Paths {
  readonly links: readonly string[]
  readonly connections: number
}

/** How a person gets each of the others, and by how many connections in all. */
async function readPaths(person: Caller): Promise<Paths> {
  const { openConnections } = await person.run((page) => page.traffic())
  const snapshot = await person.run((page) => page.call())
  const others = snapshot.kind === 'live' ? snapshot.others : []
  return { links: others.map(({ path, link }) => `${path} ${link}`), connections: openConnections }
}
