import { z } from 'zod'
import { DEVICE_ORDER_MAX_COUNT } from '../limits.ts'

/**
 * What somebody wants of video, their own and others': left to the app, at most so many lines, a tenth of the traffic, or none at all.
 * Sound is never part of the choice.
 */
export const qualityChoiceSchema = z.enum(['auto', '720p', '480p', '360p', 'dataSaver', 'audioOnly'])
export type QualityChoice = z.infer<typeof qualityChoiceSchema>

const deviceOrderSchema = z.array(z.string().max(512)).max(DEVICE_ORDER_MAX_COUNT)

/**
 * What a person has chosen, kept per profile in `settings.json`. Version 1.
 *
 * `language` is a BCP 47 tag, `null` follows the system. A device id is the one `enumerateDevices()` gave; `null` is the
 * system's default device. `deviceOrder` has, of each kind, those that were ever chosen, the latest first. `displayName` is `null` until the person has given one.
 */
export const settingsSchema = z.strictObject({
  version: z.literal(1),
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
    background: z.enum(['none', 'blur', 'bookshelf', 'evening']),
    noiseSuppression: z.enum(['standard', 'strong']),
  }),
  deviceOrder: z.strictObject({
    cameras: deviceOrderSchema,
    microphones: deviceOrderSchema,
    speakers: deviceOrderSchema,
  }),
  joinMuted: z.boolean(),
  joinCameraOff: z.boolean(),
  videoQuality: qualityChoiceSchema,
  /** Whether others' pictures are wanted at all. */
  receiveVideo: z.boolean(),
  displayName: z.string().trim().min(1).max(80).nullable(),
})

export type Settings = z.infer<typeof settingsSchema>

/** A change: any of the settings, and of `devices` and `effects` any of their members. Unknown names are refused. */
export const settingsPatchSchema = settingsSchema
  .omit({ version: true })
  .extend({
    devices: settingsSchema.shape.devices.partial(),
    effects: settingsSchema.shape.effects.partial(),
  })
  .partial()

export type SettingsPatch = z.infer<typeof settingsPatchSchema>

/**
 * What a fresh profile starts with. Both devices run on the page before joining, where only the person sees themselves; what
 * they turn off there stays off the next time.
 */
export const defaultSettings: Settings = {
  version: 1,
  theme: 'system',
  language: null,
  devices: { cameraId: null, microphoneId: null, speakerId: null },
  effects: { background: 'none', noiseSuppression: 'standard' },
  deviceOrder: { cameras: [], microphones: [], speakers: [] },
  joinMuted: false,
  joinCameraOff: false,
  videoQuality: 'auto',
  receiveVideo: true,
  displayName: null,
}

/** The settings after a change; members that the patch does not name stay as they are. */
export function applySettingsPatch(settings: Settings, patch: SettingsPatch): Settings {
  const { devices, effects, ...rest } = patch
  return settingsSchema.parse({
    ...settings,
    ...withoutUndefined(rest),
    devices: { ...settings.devices, ...withoutUndefined(devices ?? {}) },
    effects: { ...settings.effects, ...withoutUndefined(effects ?? {}) },
  })
}

function withoutUndefined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined))
}

/** Why the file's settings are not in use, for the person to read. `keptAs` is the file name it was renamed to. */
export const settingsNoticeSchema = z.strictObject({
  kind: z.enum(['corrupt_file_kept', 'newer_file_kept', 'not_saved']),
  keptAs: z.string().nullable(),
  message: z.string(),
})

export type SettingsNotice = z.infer<typeof settingsNoticeSchema>
