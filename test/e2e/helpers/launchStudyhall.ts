import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchApp } from './launchApp.ts'
import type { RunningApp } from './launchApp.ts'
import { createPerson } from './person.ts'
import type { Person } from './person.ts'

/** Chromium's own camera and microphone, which need neither a device nor an answer. A slow camera: four share two cores. */
const FAKE_DEVICES = ['--use-fake-device-for-media-stream=fps=10', '--use-fake-ui-for-media-stream']

export interface OpenOptions {
  readonly switches?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

/** Some people on one machine: a data folder of their own, one app and profile each. Ends all of them when disposed. */
export interface Studyhall extends AsyncDisposable {
  readonly dataFolder: string
  /** Starts the app for a person who has not been here yet. */
  open(name: string, options?: OpenOptions): Promise<Person>
  /** Presses a combination while another program has the focus, as the person's own system would hand it on. */
  pressEverywhere(person: Person, accelerator: string): void
  /** The process of a person's app. */
  processOf(person: Person): ChildProcess
  /** Quits a person's app as they would. */
  close(person: Person): Promise<void>
  /** Ends all processes of a person's app at once, as a crash or a pulled plug would. */
  kill(person: Person): Promise<void>
}

export async function launchStudyhall(): Promise<Studyhall> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'studyhall-e2e-'))
  const apps = new Map<Person, RunningApp>()
  const find = (person: Person): RunningApp => {
    const app = apps.get(person)
    if (app === undefined) throw new Error(`${person.name} has no app open`)
    return app
  }
  const take = (person: Person): RunningApp => {
    const app = find(person)
    apps.delete(person)
    return app
  }
  return {
    dataFolder,
    async open(name, { switches = FAKE_DEVICES, environment = {} } = {}) {
      const app = await launchApp({
        profile: name.toLowerCase(),
        dataDir: dataFolder,
        args: [...switches],
        env: { ...environment },
      })
      const person = createPerson(app.page, name)
      apps.set(person, app)
      return person
    },
    pressEverywhere(person, accelerator) {
      apps.get(person)?.pressEverywhere(accelerator)
    },
    processOf: (person) => find(person).process,
    close: (person) => take(person).close(),
    kill: (person) => take(person).kill(),
    async [Symbol.asyncDispose]() {
      // Guests first: nobody has to take the backend over only to stop it again.
      for (const app of [...apps.values()].toReversed()) await app.close()
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}
