import { z } from 'zod'
import { machineChangeSchema, machineFiguresSchema } from '../machine/machineFigures.ts'
import { settingsNoticeSchema, settingsPatchSchema, settingsSchema } from '../settings/settings.ts'
import { isOutsideAddress } from '../links/outsideAddress.ts'
import { updateStateSchema } from '../updates/updateState.ts'
import type { EventName, RequestName } from './channelNames.ts'

/**
 * The state of the backend that this app talks to. `step` is a sentence for a person ("Starting the database").
 * `livekitUrl` is null where there is no SFU, or where the backend itself tells it on joining.
 */
const backendConnectionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('starting'), step: z.string() }),
  z.strictObject({
    kind: z.literal('ready'),
    mode: z.enum(['embedded', 'hosted']),
    url: z.string(),
    publishableKey: z.string(),
    livekitUrl: z.string().nullable(),
  }),
  z.strictObject({
    kind: z.literal('failed'),
    failure: z.strictObject({ kind: z.string(), message: z.string() }),
  }),
])

export type BackendConnection = Readonly<z.infer<typeof backendConnectionSchema>>

/** A session entry's key: what supabase-js names its storage entries. */
const sessionKeySchema = z.string().regex(/^[A-Za-z0-9._:-]{1,128}$/)

/** Settings and, when the file could not be used as it was, what has become of it. */
const settingsSnapshotSchema = z.strictObject({
  settings: settingsSchema,
  notice: settingsNoticeSchema.nullable(),
})

export type SettingsSnapshot = z.infer<typeof settingsSnapshotSchema>

const nothing = z.undefined()

interface RequestContract {
  readonly request: z.ZodType
  readonly response: z.ZodType
}

/** Every request the renderer may make: what it sends and what comes back. All types are inferred from here. */
export const requests = {
  /** The state now; later states come as `backend:changed`. */
  'backend:connection': { request: nothing, response: backendConnectionSchema },
  /** Starts the backend again after `failed`; does nothing in any other state. Answers with the state after it. */
  'backend:retry': { request: nothing, response: backendConnectionSchema },

  'settings:get': { request: nothing, response: settingsSnapshotSchema },
  /** Changes what the patch names and answers with all settings; `settings:changed` follows. */
  'settings:update': { request: settingsPatchSchema, response: settingsSnapshotSchema },

  /** The value saved under the key, null when there is none (or it can no longer be decrypted). */
  'session:load': { request: z.strictObject({ key: sessionKeySchema }), response: z.string().nullable() },
  'session:save': {
    request: z.strictObject({ key: sessionKeySchema, value: z.string().max(65_536) }),
    response: nothing,
  },
  'session:clear': { request: z.strictObject({ key: sessionKeySchema }), response: nothing },

  /** The lobby stands and can be used. The main process logs the time since it started. */
  'lifecycle:lobbyShown': { request: nothing, response: nothing },

  /** Opens a page in the system's browser, once the person has said so. */
  'links:openOutside': {
    request: z.strictObject({ url: z.string().refine(isOutsideAddress) }),
    response: nothing,
  },

  /**
   * Has the machine measured for the next `MACHINE_WATCH_MS`, with a `machine:measured` every 2 s; to be said again before that
   * is over. Answers with the latest figures, null when there are none yet.
   */
  'machine:watch': { request: nothing, response: machineFiguresSchema.nullable() },
  /** Nobody watches any more: nothing is measured. */
  'machine:unwatch': { request: nothing, response: nothing },
  /** Whether the person is in a call, which what goes on in the background leaves alone. */
  'lifecycle:callChanged': { request: z.strictObject({ isInCall: z.boolean() }), response: nothing },

  /** The state now; later states come as `updates:changed`. */
  'updates:state': { request: nothing, response: updateStateSchema },
  /** Looks for an update now. Answers with the state after it was asked. */
  'updates:check': { request: nothing, response: updateStateSchema },
  /** Quits, installs what is ready and opens the app again; does nothing during a call. */
  'updates:restart': { request: nothing, response: updateStateSchema },
} as const satisfies Record<RequestName, RequestContract>

/** Every event the main process sends, with its payload. */
export const events = {
  'backend:changed': backendConnectionSchema,
  'settings:changed': settingsSnapshotSchema,
  'machine:measured': machineFiguresSchema,
  'machine:changed': machineChangeSchema,
  'updates:changed': updateStateSchema,
} as const satisfies Record<EventName, z.ZodType>

export type IpcRequest<N extends RequestName> = z.infer<(typeof requests)[N]['request']>
export type IpcResponse<N extends RequestName> = z.infer<(typeof requests)[N]['response']>
export type IpcEvent<N extends EventName> = z.infer<(typeof events)[N]>

/**
 * Why a request was not carried out. `refused`: the caller may not; `invalid_arguments`: the contract was broken (a bug
 * of the caller); `failed`: it was tried and did not work. `message` is for a person.
 */
export type IpcFailure =
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'invalid_arguments'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string }
