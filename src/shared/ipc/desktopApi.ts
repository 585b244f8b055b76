import type { Result } from '../result.ts'
import type { EventName, RequestName } from './channelNames.ts'
import type { IpcEvent, IpcFailure, IpcRequest, IpcResponse } from './contract.ts'

type Noun<N extends string> = N extends `${infer Left}:${string}` ? Left : never
type VerbOf<N extends string, Left extends string> = N extends `${Left}:${infer Verb}` ? Verb : never

type Method<N extends RequestName> =
  undefined extends IpcRequest<N>
    ? () => Promise<Result<IpcResponse<N>, IpcFailure>>
    : (request: IpcRequest<N>) => Promise<Result<IpcResponse<N>, IpcFailure>>

/** Ends a subscription; calling it again does nothing. */
export type Unsubscribe = () => void

type Subscription<N extends EventName> = (listener: (payload: IpcEvent<N>) => void) => Unsubscribe

/**
 * `window.desktop`: one method a request (`desktop.settings.update(patch)`) and one subscription an event
 * (`desktop.settings.onChanged(listener)`), named after the contract. Methods never reject: what fails is in the result.
 */
export type DesktopApi = {
  readonly [Left in Noun<RequestName | EventName>]: {
    readonly [Verb in VerbOf<RequestName, Left>]: Method<Extract<`${Left}:${Verb}`, RequestName>>
  } & {
    readonly [Happened in VerbOf<EventName, Left> as `on${Capitalize<Happened>}`]: Subscription<
      Extract<`${Left}:${Happened}`, EventName>
    >
  }
}
