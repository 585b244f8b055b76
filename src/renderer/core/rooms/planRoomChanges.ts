import type { UpdateRoomRequest } from '../../../shared/api/rooms.ts'
import { utf8Length } from '../../../shared/api/utf8Length.ts'
import type { Room, RoomPrivacy } from '../../../shared/domain/room.ts'
import {
  ROOM_CAPACITY_MAX,
  ROOM_NAME_MAX_LENGTH,
  ROOM_PASSWORD_MAX_BYTES,
  ROOM_PASSWORD_MAX_LENGTH,
  ROOM_TAG_MAX_LENGTH,
  ROOM_TAGS_MAX_COUNT,
} from '../../../shared/limits.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { splitTags } from './splitTags.ts'

/** A room's settings as its creator types them. */
export interface RoomSettingsFields {
  readonly name: string
  /** Separated by commas. */
  readonly tags: string
  readonly capacity: string
  readonly privacy: RoomPrivacy
  readonly isLocked: boolean
  /** Empty: the one that it has, or none. */
  readonly password: string
  readonly removesPassword: boolean
  readonly allowChat: boolean
  readonly allowVideo: boolean
  readonly allowScreenshare: boolean
  readonly allowTimerControl: boolean
  readonly allowRecording: boolean
  readonly waitingRoom: boolean
}

/** What does not fit, by field. */
export interface RoomSettingsProblems {
  readonly name?: 'missing' | 'tooLong'
  readonly tags?: 'tooMany' | 'tooLong'
  readonly capacity?: 'outside'
  readonly password?: 'tooLong'
}

/** What is to be asked of the backend: only what is not so already. `isLocked` null: as it is. */
export interface RoomChanges {
  readonly update: UpdateRoomRequest | null
  readonly isLocked: boolean | null
}

const CAPACITY_MIN = 2

/** The fields of a room as it is. */
export function readRoomFields(room: Room): RoomSettingsFields {
  const { allowChat, allowVideo, allowScreenshare, allowTimerControl, waitingRoom = false } = room.settings
  const { allowRecording = true } = room.settings
  return {
    name: room.name,
    tags: room.tags.join(', '),
    capacity: String(room.maxParticipants),
    privacy: room.privacy,
    isLocked: room.isLocked,
    password: '',
    removesPassword: false,
    allowChat,
    allowVideo,
    allowScreenshare,
    allowTimerControl,
    allowRecording,
    waitingRoom,
  }
}

/**
 * The changes that the fields stand for. `before` is the room as it was when they were filled in: what somebody else has changed since
 * stays as they have it, where nothing was typed over it.
 */
export function planRoomChanges(
  before: Room,
  fields: RoomSettingsFields,
): Result<RoomChanges, RoomSettingsProblems> {
  const name = fields.name.trim()
  const tags = splitTags(fields.tags)
  const capacity = /^\d{1,3}$/.test(fields.capacity.trim()) ? Number(fields.capacity) : Number.NaN
  const problems = findProblems({ ...fields, name }, tags, capacity)
  if (Object.keys(problems).length > 0) return err(problems)
  const was = readRoomFields(before)
  const settings = Object.fromEntries(
    settingNames.filter((key) => fields[key] !== was[key]).map((key) => [key, fields[key]]),
  )
  const hasSameTags = tags.toSorted().join('\n') === before.tags.toSorted().join('\n')
  const update: UpdateRoomRequest = {
    ...(name === before.name ? {} : { name }),
    ...(hasSameTags ? {} : { tags }),
    ...(capacity === before.maxParticipants ? {} : { maxParticipants: capacity }),
    ...(fields.privacy === before.privacy ? {} : { privacy: fields.privacy }),
    ...(Object.keys(settings).length === 0 ? {} : { settings }),
    ...planPassword(before, fields),
  }
  return ok({
    update: Object.keys(update).length === 0 ? null : update,
    isLocked: fields.isLocked === before.isLocked ? null : fields.isLocked,
  })
}

const settingNames = [
  'allowChat',
  'allowVideo',
  'allowScreenshare',
  'allowTimerControl',
  'allowRecording',
  'waitingRoom',
] as const

function planPassword(before: Room, fields: RoomSettingsFields): { password?: string | null } {
  if (fields.removesPassword) return before.hasPassword ? { password: null } : {}
  return fields.password === '' ? {} : { password: fields.password }
}

function findProblems(
  { name, password, removesPassword }: RoomSettingsFields,
  tags: readonly string[],
  capacity: number,
): RoomSettingsProblems {
  const isCapacity = capacity >= CAPACITY_MIN && capacity <= ROOM_CAPACITY_MAX
  const isTooLong =
    password.length > ROOM_PASSWORD_MAX_LENGTH || utf8Length(password) > ROOM_PASSWORD_MAX_BYTES
  return {
    ...(name === '' ? { name: 'missing' } : name.length > ROOM_NAME_MAX_LENGTH ? { name: 'tooLong' } : {}),
    ...(tags.length > ROOM_TAGS_MAX_COUNT
      ? { tags: 'tooMany' }
      : tags.some((tag) => tag.length > ROOM_TAG_MAX_LENGTH)
        ? { tags: 'tooLong' }
        : {}),
    ...(isCapacity ? {} : { capacity: 'outside' }),
    ...(isTooLong && !removesPassword ? { password: 'tooLong' } : {}),
  }
}
