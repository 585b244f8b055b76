import type { CreateRoomRequest } from '../../../shared/api/rooms.ts'
import type { RoomPrivacy } from '../../../shared/domain/room.ts'
import {
  ROOM_NAME_MAX_LENGTH,
  ROOM_PASSWORD_MAX_LENGTH,
  ROOM_TAG_MAX_LENGTH,
  ROOM_TAGS_MAX_COUNT,
} from '../../../shared/limits.ts'
import { err, ok, type Result } from '../../../shared/result.ts'

/** The form as it is typed. */
export interface NewRoomFields {
  readonly name: string
  readonly privacy: RoomPrivacy
  /** Separated by commas. */
  readonly tags: string
  readonly password: string
}

/** What does not fit, by field. */
export interface NewRoomProblems {
  readonly name?: 'missing' | 'tooLong'
  readonly tags?: 'tooMany' | 'tooLong'
  readonly password?: 'tooLong'
}

/** The request that the fields stand for. A password counts in a private room only. */
export function parseNewRoom(fields: NewRoomFields): Result<CreateRoomRequest, NewRoomProblems> {
  const name = fields.name.trim()
  const tags = splitTags(fields.tags)
  const password = fields.privacy === 'private' ? fields.password : ''
  const problems: NewRoomProblems = {
    ...(name === '' ? { name: 'missing' } : name.length > ROOM_NAME_MAX_LENGTH ? { name: 'tooLong' } : {}),
    ...(tags.length > ROOM_TAGS_MAX_COUNT
      ? { tags: 'tooMany' }
      : tags.some((tag) => tag.length > ROOM_TAG_MAX_LENGTH)
        ? { tags: 'tooLong' }
        : {}),
    ...(password.length > ROOM_PASSWORD_MAX_LENGTH ? { password: 'tooLong' } : {}),
  }
  if (Object.keys(problems).length > 0) return err(problems)
  return ok({ name, privacy: fields.privacy, tags, ...(password === '' ? {} : { password }) })
}

/** Words between commas, also those of Chinese, Japanese and Arabic: trimmed, lower case, each once. */
function splitTags(text: string): string[] {
  const words = text
    .split(/[,，、،]/u)
    .map((word) => word.trim().replace(/^#/u, '').replaceAll(/\s+/gu, ' ').toLowerCase())
  return [...new Set(words.filter((word) => word !== ''))]
}
