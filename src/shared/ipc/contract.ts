import { z } from 'zod'
import { machineChangeSchema, machineFiguresSchema } from '../machine/machineFigures.ts'
import { useBackendOutcomeSchema } from '../backend/hostedOutcome.ts'
import { settingsNoticeSchema, settingsPatchSchema, settingsSchema } from '../settings/settings.ts'
import { isOutsideAddress } from '../links/outsideAddress.ts'
import {
  carriedLoadSchema,
  hostRequestSchema,
  joinOutcomeSchema,
  joinRequestSchema,
  nearbyStateSchema,
} from '../nearby/nearbyState.ts'
import { noticeSchema, trayCommandSchema, trayViewSchema } from '../tray/trayView.ts'
import { updateStateSchema } from '../updates/updateState.ts'
import type { EventName, RequestName } from './channelNames.ts'
import {
  appFactsSchema,
  backendChoiceSchema,
  licencesSchema,
  logTailSchema,
  shortcutPressedSchema,
  shortcutRecordingSchema,
  shortcutStatesSchema,
  shownFolderSchema,
  storageSchema,
  talkKeySchema,
  wantedBackendSchema,
} from './settingsPanel.ts'
import {
  deletionOutcomeSchema,
  filmsSchema,
  openedRecordingFileSchema,
  openRecordingFileSchema,
  pieceOutcomeSchema,
  recordingNameSchema,
  recordingPieceSchema,
} from './recordings.ts'
import { privacyPageSchema } from './privacyPage.ts'
import { shareChoiceSchema, shareSourceSchema, sharingMeansSchema } from './screenShare.ts'

/**
 * The state of the backend that this app talks to. `step` says what is being done, for the log.
 * `livekitUrl` is null where there is no SFU, or where the backend itself tells it on joining; as somebody's guest it is the way to
 * theirs, whatever the backend tells.
 */
const backendConnectionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('starting'), step: z.string() }),
  z.strictObject({
    kind: z.literal('ready'),
    mode: z.enum(['embedded', 'hosted', 'nearby']),
    url: z.string(),
    publishableKey: z.string(),
    livekitUrl: z.string().nullable(),
    /** The page on a web server that invitations go over, in place of the backend's own. */
    invitePage: z.string().optional(),
    /** Whose guest one is, where the mode is `nearby`. The id is the host's alone, and the same each time. */
    host: z.strictObject({ id: z.string(), name: z.string() }).optional(),
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

/** What a link that was followed says (`shared/links/parseLink.ts`); `unreadable`: nothing that Studyhall knows. */
const arrivedLinkSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('room'), roomId: z.uuid() }),
  z.strictObject({ kind: z.literal('roomInvite'), roomId: z.uuid(), inviteCode: z.string() }),
  z.strictObject({ kind: z.literal('recurringInvite'), inviteCode: z.string() }),
  z.strictObject({ kind: z.literal('host'), code: z.string() }),
  z.strictObject({ kind: z.literal('unreadable') }),
])
export type ArrivedLink = z.infer<typeof arrivedLinkSchema>

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
  'backend:choice': { request: nothing, response: backendChoiceSchema },
  /** Tests, saves and turns to another backend. After `used` the page loads itself anew. */
  'backend:use': { request: wantedBackendSchema, response: useBackendOutcomeSchema },

  /** Hosting for people nearby, and being somebody's guest. The state now; later ones come as `nearby:changed`. */
  'nearby:state': { request: nothing, response: nearbyStateSchema },
  /** Opens the embedded backend to the local network. What has become of it comes as `nearby:changed`. */
  'nearby:host': { request: hostRequestSchema, response: nothing },
  /** Tells the guests, then closes it. */
  'nearby:stopHosting': { request: nothing, response: nothing },
  /** What this computer does for its guests now. */
  'nearby:carried': { request: nothing, response: carriedLoadSchema },
  /** Turns to the backend of the host of a code; `backend:changed` follows. */
  'nearby:join': { request: joinRequestSchema, response: joinOutcomeSchema },
  /** Back to one's own backend; `backend:changed` follows. */
  'nearby:leave': { request: nothing, response: nothing },
  /** What was told of why hosting or the visit ended has been read. */
  'nearby:dismiss': { request: nothing, response: nothing },

  'settings:get': { request: nothing, response: settingsSnapshotSchema },
  /** Changes what the patch names and answers with all settings; `settings:changed` follows. */
  'settings:update': { request: settingsPatchSchema, response: settingsSnapshotSchema },
  /** Back to the defaults, all but the person's name; answers and tells as `settings:update` does. */
  'settings:reset': { request: nothing, response: settingsSnapshotSchema },

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

  /** Opens the system's settings where a program is allowed what the page is about. Fails where there is no such page. */
  'privacyPage:open': { request: z.strictObject({ page: privacyPageSchema }), response: nothing },

  /**
   * Has the machine measured for the next `MACHINE_WATCH_MS`, with a `machine:measured` every 2 s; to be said again before that
   * is over. Answers with the latest figures, null when there are none yet.
   */
  'machine:watch': { request: nothing, response: machineFiguresSchema.nullable() },
  /** Nobody watches any more: nothing is measured. */
  'machine:unwatch': { request: nothing, response: nothing },
  'shortcuts:states': { request: nothing, response: shortcutStatesSchema },
  'shortcuts:setRecording': { request: shortcutRecordingSchema, response: nothing },

  'storage:figures': { request: nothing, response: storageSchema },
  'storage:show': { request: shownFolderSchema, response: nothing },

  /** A new file for a recording; the one before is closed. Only during a call. */
  'recordings:open': { request: openRecordingFileSchema, response: openedRecordingFileSchema },
  /** The next piece of the file that is open. Null: it is written. */
  'recordings:append': { request: recordingPieceSchema, response: pieceOutcomeSchema },
  /** Writes everything to the disk. False: there was nothing, and the file is gone. */
  'recordings:close': { request: z.strictObject({ fileId: z.uuid() }), response: z.boolean() },
  /** Shows a recording in the system's file manager. */
  'recordings:show': { request: z.strictObject({ name: recordingNameSchema }), response: nothing },
  /** The recordings that are there. Fails where their folder cannot be read. */
  'recordings:list': { request: nothing, response: filmsSchema },
  /** Deletes a recording for good. */
  'recordings:delete': {
    request: z.strictObject({ name: recordingNameSchema }),
    response: deletionOutcomeSchema,
  },

  'app:facts': { request: nothing, response: appFactsSchema },
  'app:licences': { request: nothing, response: licencesSchema },
  'app:logTail': { request: nothing, response: logTailSchema },
  /** Puts this in the tray, in place of what was there. */
  'tray:show': { request: trayViewSchema, response: nothing },
  /** Shows a notification of the system's, where there are any; what is chosen on it comes as `tray:chosen`. */
  'notice:show': { request: noticeSchema, response: nothing },
  /** The link that was followed last and has not been taken yet. */
  'links:take': { request: nothing, response: arrivedLinkSchema.nullable() },
  /**
   * Whether the person is in a call, or on the way into one. The only word of it that the main process has: updates, keys and the
   * window's cross go by it.
   */
  'lifecycle:callChanged': { request: z.strictObject({ isInCall: z.boolean() }), response: nothing },

  /** Makes the window a small strip above others, for calls only, or as large as before. `isOnTop`: as far as the system lets it. */
  'window:setCompact': {
    request: z.strictObject({ isCompact: z.boolean() }),
    response: z.strictObject({ isCompact: z.boolean(), isOnTop: z.boolean() }),
  },
  /** The state now; later states come as `updates:changed`. */
  'updates:state': { request: nothing, response: updateStateSchema },
  /** Looks for an update now. Answers with the state after it was asked. */
  'updates:check': { request: nothing, response: updateStateSchema },
  /** Quits, installs what is ready and opens the app again; does nothing during a call. */
  'updates:restart': { request: nothing, response: updateStateSchema },
  'screenShare:means': { request: nothing, response: sharingMeansSchema },
  /** What there is to share now, with fresh pictures. Fails where the system alone may ask (`picker` is not `inApp`). */
  'screenShare:sources': { request: nothing, response: z.array(shareSourceSchema) },
  /** The next request for a screen is given this, once and within seconds. Fails for what was not listed. */
  'screenShare:choose': { request: shareChoiceSchema, response: nothing },
  /** Opens the system's settings where it is allowed to record the screen. */
  'screenShare:openPermissions': { request: nothing, response: nothing },
} as const satisfies Record<RequestName, RequestContract>

/** Every event the main process sends, with its payload. */
export const events = {
  'backend:changed': backendConnectionSchema,
  'nearby:changed': nearbyStateSchema,
  'settings:changed': settingsSnapshotSchema,
  'machine:measured': machineFiguresSchema,
  'machine:changed': machineChangeSchema,
  'shortcuts:changed': shortcutStatesSchema,
  'shortcuts:pressed': shortcutPressedSchema,
  'shortcuts:talkKey': talkKeySchema,
  /** Chosen in the tray or on a notification; `quit` stays in the main process. */
  'tray:chosen': trayCommandSchema,
  /** `links:take` has something. */
  'links:arrived': nothing,
  /** Whether the window can be seen: a page that is not throttled is told nothing by `visibilitychange`. */
  'window:changed': z.strictObject({ isVisible: z.boolean() }),
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
