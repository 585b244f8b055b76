import { z } from 'zod'
import { globalActions } from '../shortcuts/shortcutActions.ts'

/*
 * What the settings panel asks of the main process, besides the settings themselves.
 */

/** Which backend is in use. `isFixed`: the environment decides, and wins over what is saved. `url` is a hosted one's. */
export const backendChoiceSchema = z.strictObject({
  kind: z.enum(['embedded', 'hosted']),
  url: z.string().nullable(),
  isFixed: z.boolean(),
})
export type BackendChoiceSnapshot = Readonly<z.infer<typeof backendChoiceSchema>>

export const wantedBackendSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('embedded') }),
  z.strictObject({ kind: z.literal('hosted'), url: z.string().max(2048), key: z.string().max(4096) }),
])

const globalActionSchema = z.enum(globalActions)

/** Whether a combination is being recorded: none may act meanwhile, or it could not be pressed. */
export const shortcutRecordingSchema = z.strictObject({ isRecording: z.boolean() })

/**
 * How shortcuts do. `talk` is the key to talk while another program has the focus. `off`: not chosen; `waiting`: for calls only;
 * `unavailable`: this system does not let an app hear keys, or has not allowed it.
 */
export const shortcutStatesSchema = z.strictObject({
  actions: z.record(globalActionSchema, z.enum(['unset', 'waiting', 'active', 'taken'])),
  /** The desktop assigns the keys itself, and tells nobody which (Wayland). `active` says that it was asked for them. */
  areAssigned: z.boolean(),
  talk: z.enum(['off', 'waiting', 'starting', 'on', 'unavailable']),
})
export type ShortcutStates = Readonly<z.infer<typeof shortcutStatesSchema>>

/** A global shortcut was pressed. `show` is the main process's own doing. */
export const shortcutPressedSchema = z.strictObject({ action: globalActionSchema })
/** The key to talk went down or up, wherever the focus was. */
export const talkKeySchema = z.strictObject({ isDown: z.boolean() })

/** Folders that can be shown in the system's file manager. */
export const shownFolderSchema = z.strictObject({ folder: z.enum(['data', 'profile', 'logs', 'recordings']) })

const bytesSchema = z.number().nonnegative().nullable()

/** Where things are kept, and how much there is; null: it could not be counted. */
export const storageSchema = z.strictObject({
  dataFolder: z.string(),
  profileFolder: z.string(),
  recordingsFolder: z.string(),
  /** The embedded backend's data, shared by all profiles of the machine. */
  backendBytes: bytesSchema,
  /** Settings, session and the page's own storage. */
  profileBytes: bytesSchema,
  logBytes: bytesSchema,
  recordingBytes: bytesSchema,
  recordingCount: z.int().nonnegative(),
})
export type StorageFigures = Readonly<z.infer<typeof storageSchema>>

/** What runs here. Empty strings where it is not known. */
export const appFactsSchema = z.strictObject({
  version: z.string(),
  electron: z.string(),
  chromium: z.string(),
  node: z.string(),
  platform: z.string(),
  arch: z.string(),
  systemVersion: z.string(),
  isPackaged: z.boolean(),
})
export type AppFacts = Readonly<z.infer<typeof appFactsSchema>>

/** The licence of Studyhall and, where a build has them, of all that it is made of. */
export const licencesSchema = z.strictObject({ own: z.string(), others: z.string().nullable() })
export type Licences = Readonly<z.infer<typeof licencesSchema>>

/** The last lines of the log. Nothing in them tells who the person is: see `redactPerson`. */
export const logTailSchema = z.strictObject({ lines: z.array(z.string()) })
