import type { IpcMainInvokeEvent } from 'electron'
import type { z } from 'zod'
import { isAppUrl } from '../appProtocol/appOrigin.ts'
import type { RequestName } from '../../shared/ipc/channelNames.ts'
import { type IpcFailure, type IpcRequest, type IpcResponse, requests } from '../../shared/ipc/contract.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { MainLog } from '../log/mainLog.ts'

/** Does what a request asks. It gets valid arguments only; an expected failure is `err` with words for a person. */
export type Answer<N extends RequestName> = (
  request: IpcRequest<N>,
) => Promise<Result<IpcResponse<N>, IpcFailure>> | Result<IpcResponse<N>, IpcFailure>

/** One answer for every request of the contract. */
export type Answers = { readonly [N in RequestName]: Answer<N> }

/** The contract's schemas, with the types that are inferred from them. */
const schemas: {
  readonly [N in RequestName]: {
    readonly request: z.ZodType<IpcRequest<N>>
    readonly response: z.ZodType<IpcResponse<N>>
  }
} = requests

/** The part of Electron's event that is looked at. */
export type SenderEvent = {
  readonly senderFrame: Pick<NonNullable<IpcMainInvokeEvent['senderFrame']>, 'url' | 'parent'> | null
}

/** What is registered with Electron for a request. */
export type IpcHandler = (
  event: SenderEvent,
  ...args: readonly unknown[]
) => Promise<Result<unknown, IpcFailure>>

/** SECURITY: only the main frame of the app's own page may call; a frame that is gone, embedded or foreign may not. */
export function isTrustedSender(event: SenderEvent): boolean {
  const frame = event.senderFrame
  return frame !== null && frame.parent === null && isAppUrl(frame.url)
}

/**
 * The handler to register for a request: checks who asks and what they send, and answers with a Result in every case. A
 * bug in an answer is logged and reported as `failed`, never thrown across.
 */
export function createIpcHandler<N extends RequestName>(
  name: N,
  answer: Answer<N>,
  log: MainLog,
): IpcHandler {
  const { request: requestSchema, response: responseSchema } = schemas[name]
  return async (event, ...args) => {
    if (!isTrustedSender(event)) {
      log.warn(`ipc: ${name} refused: not from the app's own page`)
      return err({ kind: 'refused', message: 'Only the app itself may do this.' })
    }
    const parsed = requestSchema.safeParse(args[0])
    if (args.length > 1 || !parsed.success) {
      // The values stay out of the log: they may be a session.
      const paths =
        parsed.error?.issues.map((issue) => `${issue.path.join('.') || '(all)'} ${issue.code}`) ?? []
      log.warn(`ipc: ${name} refused: invalid arguments: ${paths.join(', ') || 'too many'}`)
      return err({ kind: 'invalid_arguments', message: `The arguments of ${name} are not valid.` })
    }
    try {
      const result = await answer(parsed.data)
      return result.ok ? ok(responseSchema.parse(result.value)) : result
    } catch (error) {
      log.error(`ipc: ${name} failed: ${error instanceof Error ? error.name : 'unknown'}: ${String(error)}`)
      return err({ kind: 'failed', message: 'Something went wrong inside Studyhall. The log says more.' })
    }
  }
}
