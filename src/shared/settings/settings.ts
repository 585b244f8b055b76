import { z } from 'zod'
import { roomOrderSchema, roomPrivacySchema } from '../domain/room.ts'
import { DEVICE_ORDER_MAX_COUNT } from '../limits.ts'
import { mergeSettings } from './mergeSettings.ts'

/**
 * What somebody wants of video, their own and others': left to the app, at most so many lines, a tenth of the traffic, or none at all.
 * Sound is never part of the choice.
 */
export const qualityChoiceSchema = z.enum(['auto', '720p', '480p', '360p', 'dataSaver', 'audioOnly'])
export type QualityChoice = z.infer<typeof qualityChoiceSchema>

const deviceOrderSchema = z.array(z.string().max(512)).max(DEVICE_ORDER_MAX_COUNT)

/** A combination of keys that holds in every program, as Electron writes it (`Control+Shift+M`); null: none. */
const globalShortcutSchema = z
  .string()
  .regex(/^((Control|Alt|Shift|Super)\+){0,4}[ -~]{1,16}$/)
  .nullable()

/**
 * What a person has chosen, kept per profile in `settings.json`. Version 2: version 1 had none of the groups from `roomView` on.
 *
 * `language` is a BCP 47 tag, `null` follows the system. A device id is the one `enumerateDevices()` gave; `null` is the
 * system's default device. `deviceOrder` has, of each kind, those that were ever chosen, the latest first. `displayName` is `null` until the person has given one.
 */
export const settingsSchema = z.strictObject({
  version: z.literal(2),
  theme: z.enum(['system', 'light', 'dark']),
  language: z
    .string()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
    .nullable(),
  devices: z.strictObject({
    cameraId: z.string().max(512).nullable(),
    microphoneId: z.string().max(512).nullable(),
    speakerId: z.string().max(512).nullable(),
  }),
  /** What is done to one's own picture and voice before others get them. */
  effects: z.strictObject({
    background: z.enum(['none', 'blur', 'bookshelf', 'evening', 'picture']),
    noiseSuppression: z.enum(['standard', 'strong']),
  }),
  deviceOrder: z.strictObject({
    cameras: deviceOrderSchema,
    microphones: deviceOrderSchema,
    speakers: deviceOrderSchema,
  }),
  joinMuted: z.boolean(),
  joinCameraOff: z.boolean(),
  /** The first time in a public room microphone and camera are off at first. */
  listensFirst: z.boolean(),
  videoQuality: qualityChoiceSchema,
  /** Whether others' pictures are wanted at all. */
  receiveVideo: z.boolean(),
  displayName: z.string().trim().min(1).max(80).nullable(),
  /** Everybody alike, whoever speaks large, or oneself and the timer alone. */
  roomView: z.enum(['grid', 'speaker', 'focus']),
  /** One's own picture has no place on one's own screen; others see it as ever. */
  hidesSelf: z.boolean(),
  /** How the list of rooms is shown. `privacy` null: public rooms, and private ones that are one's own. */
  lobby: z.strictObject({
    order: roomOrderSchema,
    privacy: roomPrivacySchema.nullable(),
    hasRoom: z.boolean(),
  }),
  notifications: z.strictObject({
    /** Whether to tell of a recurring room before it begins, and how long before. */
    upcomingRooms: z.boolean(),
    minutesBefore: z.int().min(1).max(60),
  }),
  /** How one comes into a room by a single click, from the tray or a notification. */
  quickJoin: z.strictObject({ muted: z.boolean(), cameraOff: z.boolean() }),
  startUp: z.strictObject({
    /** Whether the system starts Studyhall when the person logs in, and whether without showing its window. */
    atLogin: z.boolean(),
    minimised: z.boolean(),
  }),
  /** Closing the window leaves Studyhall in the tray, where there is one. */
  closeToTray: z.boolean(),
  /** What the room's timer does here, and how long its phases were the last time that this person started one; minutes. */
  timer: z.strictObject({
    /** A focus phase closes the microphone. */
    closesMicrophone: z.boolean(),
    /** A break opens it again, if it was the timer that closed it. */
    opensMicrophone: z.boolean(),
    /** In focus phases others get a small, slow picture of this person. */
    calmsVideo: z.boolean(),
    playsSounds: z.boolean(),
    focusMinutes: z.int().min(1).max(180),
    shortBreakMinutes: z.int().min(1).max(180),
    longBreakMinutes: z.int().min(1).max(180),
    rounds: z.int().min(1).max(12),
  }),
  updates: z.strictObject({ channel: z.enum(['stable', 'beta']) }),
  shortcuts: z.strictObject({
    mute: globalShortcutSchema,
    camera: globalShortcutSchema,
    leave: globalShortcutSchema,
    show: globalShortcutSchema,
    /** Whether single letters do something in a room (WCAG 2.2, 2.1.4 asks for a way to turn them off). */
    singleKeys: z.boolean(),
    /** What holding `talkKey` does. */
    talkMode: z.enum(['off', 'pushToTalk', 'pushToMute']),
    /** A `KeyboardEvent.code`: the place of the key, whatever the layout. */
    talkKey: z.string().regex(/^[A-Za-z0-9]{1,20}$/),
    /** Also while another program has the focus, where this can be had. */
    talkEverywhere: z.boolean(),
  }),
})

export type Settings = z.infer<typeof settingsSchema>

/** A change: any of the settings, and of a group any of its members (`deviceOrder` is given whole). Unknown names are refused. */
export const settingsPatchSchema = settingsSchema
  .omit({ version: true })
  .extend({
    devices: settingsSchema.shape.devices.partial(),
    effects: settingsSchema.shape.effects.partial(),
    lobby: settingsSchema.shape.lobby.partial(),
    notifications: settingsSchema.shape.notifications.partial(),
    quickJoin: settingsSchema.shape.quickJoin.partial(),
    startUp: settingsSchema.shape.startUp.partial(),
    timer: settingsSchema.shape.timer.partial(),
    updates: settingsSchema.shape.updates.partial(),
    shortcuts: settingsSchema.shape.shortcuts.partial(),
  })
  .partial()

export type SettingsPatch = z.infer<typeof settingsPatchSchema>

/**
 * What a fresh profile starts with. Both devices run on the page before joining, where only the person sees themselves; what
 * they turn off there stays off the next time.
 */
export const defaultSettings: Settings = {
  version: 2,
  theme: 'system',
  language: null,
  devices: { cameraId: null, microphoneId: null, speakerId: null },
  effects: { background: 'none', noiseSuppression: 'standard' },
  deviceOrder: { cameras: [], microphones: [], speakers: [] },
  joinMuted: false,
  joinCameraOff: false,
  listensFirst: true,
  videoQuality: 'auto',
  receiveVideo: true,
  displayName: null,
  roomView: 'grid',
  hidesSelf: false,
  lobby: { order: 'lively', privacy: null, hasRoom: false },
  notifications: { upcomingRooms: true, minutesBefore: 10 },
  quickJoin: { muted: true, cameraOff: true },
  startUp: { atLogin: false, minimised: false },
  closeToTray: false,
  timer: {
    closesMicrophone: true,
    opensMicrophone: false,
    calmsVideo: true,
    playsSounds: true,
    focusMinutes: 25,
    shortBreakMinutes: 5,
    longBreakMinutes: 15,
    rounds: 4,
  },
  updates: { channel: 'stable' },
  shortcuts: {
    mute: null,
    camera: null,
    leave: null,
    show: null,
    singleKeys: true,
    talkMode: 'off',
    talkKey: 'Space',
    talkEverywhere: false,
  },
}

/** The settings after a change; members that the patch does not name stay as they are. */
export function applySettingsPatch(settings: Settings, patch: SettingsPatch): Settings {
  return settingsSchema.parse(mergeSettings(settings, patch))
}

/** Why the file's settings are not in use, for the person to read. `keptAs` is the file name it was renamed to. */
export const settingsNoticeSchema = z.strictObject({
  kind: z.enum(['corrupt_file_kept', 'newer_file_kept', 'not_saved']),
  keptAs: z.string().nullable(),
  message: z.string(),
})

export type SettingsNotice = z.infer<typeof settingsNoticeSchema>
