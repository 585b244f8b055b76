import { afterEach, expect, test } from 'vitest'
import { type Caller, type CallBrowser, launchCallBrowser } from './callBrowser.ts'

const everything = { camera: true, microphone: true }
let browser: CallBrowser | null = null

afterEach(async () => {
  await browser?.close()
  browser = null
})

async function openPeople(...names: readonly string[]): Promise<readonly Caller[]> {
  browser = await launchCallBrowser()
  const people: Caller[] = []
  for (const name of names) people.push(await browser.open(name))
  return people
}

async function joinInTurn(people: readonly Caller[]): Promise<void> {
  for (const person of people) {
    await person.run((page) => page.prepare({ camera: true, microphone: true }))
    await person.run((page) => page.join())
  }
}

async function expectEverybodySeesAndHears(people: readonly Caller[]): Promise<void> {
  for (const person of people) {
    for (const other of people) if (other !== person) await untilNewFrames(person, other.name)
    await untilHearing(person)
  }
}

async function untilNewFrames(person: Caller, name: string, count = 5): Promise<void> {
  const before = (await person.run((page) => page.frames()))[name] ?? 0
  await person.page.waitForFunction(
    ([other, wanted]) => (window.callPage.frames()[other] ?? 0) >= wanted,
    [name, before + count] as const,
    { timeout: 20_000, polling: 50 },
  )
}

async function untilHearing(person: Caller): Promise<void> {
  const { audioPacketsReceived } = await person.run((page) => page.traffic())
  await person.page.waitForFunction(
    async (before) => (await window.callPage.traffic()).audioPacketsReceived > before + 5,
    audioPacketsReceived,
    { timeout: 15_000, polling: 100 },
  )
}

test('two people see and hear each other', async () => {
  const [ada, ben] = await openPeople('Ada', 'Ben')
  if (ada === undefined || ben === undefined) throw new Error('nobody')
  await joinInTurn([ada, ben])
  await expectEverybodySeesAndHears([ada, ben])
  const ms = await ben.run((page) => page.firstFrameMs())
  process.stderr.write(`first remote frame after ${ms} ms\n`)
  expect(everything).toBeTruthy()
})
