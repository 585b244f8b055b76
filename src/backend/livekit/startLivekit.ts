import { stat } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import type { Sql } from 'postgres'
import type { DataFolder } from '../folder/dataFolder.ts'
import type { Log } from '../log/log.ts'
import { findBarrier, placeCluster, type ServerAccount } from '../postgres/serverAccount.ts'
import { livekitAnswers } from './answers.ts'
import { livekitHttpUrl, type LivekitPlan } from './livekitPlan.ts'
import { createSfuFlag } from './sfuFlag.ts'
import { superviseLivekit, type SupervisedLivekit } from './superviseLivekit.ts'

type StartRequest = {
  readonly plan: LivekitPlan
  readonly folder: DataFolder
  readonly instanceId: string
  /** Where a media server of ours tells who has come into a room. */
  readonly eventsUrl: string
  /** As the schema's owner; ended by `stop`. */
  readonly sql: Sql
  readonly log: Log
}

/** Calls over a server that is gone stand still until somebody has noticed. */
const recheckMs = { answers: 3_000, silent: 1_000 } as const
const probeMs = 2_000

/**
 * As root, LiveKit runs as the database's user where that user can reach the program and the settings; otherwise, as in a
 * project below /root, as root.
 */
async function chooseAccount(
  program: string,
  folder: DataFolder,
  instanceId: string,
): Promise<ServerAccount | null> {
  const place = await placeCluster(folder.root, folder.cluster, instanceId)
  if (!place.ok || place.value.account === null) return null
  const { account } = place.value
  const { mode } = await stat(program)
  if ((mode & 0o001) === 0 || (await findBarrier(program, account, null)) !== null) return null
  return (await findBarrier(folder.livekitConfig, account, folder.root)) === null ? account : null
}

/** Looks at somebody else's server again and again. */
function watchExternal(
  url: string,
  onAnswers: (answers: boolean) => Promise<void>,
  log: Log,
): SupervisedLivekit {
  const stopping = new AbortController()
  const { signal } = stopping
  const watch = async (): Promise<void> => {
    for (let before: boolean | null = null; !signal.aborted;) {
      const answers = await livekitAnswers(url, probeMs)
      if (answers !== before) {
        if (answers) log.info('the LiveKit server of the environment answers')
        else log.warn('the LiveKit server of the environment does not answer: rooms hold four people')
        before = answers
        if (!signal.aborted) await onAnswers(answers)
      }
      await delay(answers ? recheckMs.answers : recheckMs.silent, undefined, { signal, ref: false }).catch(
        () => {},
      )
    }
  }
  const watching = watch()
  return {
    stop: async (): Promise<void> => {
      stopping.abort()
      await watching
    },
    // Whoever runs it has decided that.
    reach: () => {},
  }
}

/**
 * Starts the planned media server, or the watch over it, and from then on tells the database whether it answers. Resolves
 * as soon as the database knows that there is none yet; whether it ever answers is told in the log.
 */
export async function startLivekit(request: StartRequest): Promise<SupervisedLivekit> {
  const { plan, folder, instanceId, sql, log } = request
  const flag = createSfuFlag(sql, log)
  await flag.tell(false)
  if (plan.kind === 'none') {
    await flag.close()
    return { stop: async () => {}, reach: () => {} }
  }
  const httpUrl = livekitHttpUrl(plan.url) ?? plan.url
  const running =
    plan.kind === 'external'
      ? watchExternal(httpUrl, flag.tell, log)
      : superviseLivekit({
          program: plan.program,
          port: plan.port,
          keys: plan.keys,
          eventsUrl: request.eventsUrl,
          configFile: folder.livekitConfig,
          pidFile: folder.livekitPid,
          account: await chooseAccount(plan.program, folder, instanceId).catch(() => null),
          log,
          onAnswers: flag.tell,
        })
  return {
    reach: running.reach,
    stop: async () => {
      await flag.tell(false)
      await running.stop()
      await flag.tell(false)
      await flag.close()
    },
  }
}
