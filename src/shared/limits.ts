/** Named limits that more than one part relies on. The database enforces them too; these are for forms and checks. */

/** Characters of a person's display name, after trimming. */
export const DISPLAY_NAME_MAX_LENGTH = 40
/** Characters of a room's name, after trimming. */
export const ROOM_NAME_MAX_LENGTH = 80
/** Tags a room may carry. */
export const ROOM_TAGS_MAX_COUNT = 5
/** Characters of one tag. */
export const ROOM_TAG_MAX_LENGTH = 24
/** People in any room. */
export const ROOM_CAPACITY_MAX = 50
/** People who can meet without a media server. */
export const MESH_CAPACITY = 4
/** Characters of a room's password. */
export const ROOM_PASSWORD_MAX_LENGTH = 64
/** Bytes of a room's password in UTF-8: bcrypt reads no more. */
export const ROOM_PASSWORD_MAX_BYTES = 72
/** Rooms on one page of the lobby. */
export const ROOM_PAGE_SIZE = 20
/** How often a participant says that it is still here. */
export const HEARTBEAT_INTERVAL_MS = 30_000
/** Media-state changes within this window travel as one broadcast and one write. */
export const MEDIA_STATE_WINDOW_MS = 500
/** Bytes that one test of the connection moves, either way. */
export const BANDWIDTH_TEST_MAX_BYTES = 8 * 1024 * 1024
/** Bytes of a request's body; a guard for the HTTP API. */
export const API_BODY_MAX_BYTES = 16_384
/** Characters of the goal of a study session. */
export const STUDY_GOAL_MAX_LENGTH = 120
/** Characters of the note at its end. */
export const STUDY_NOTE_MAX_LENGTH = 500
/** Days that one question for statistics may cover. */
export const STATISTICS_MAX_DAYS = 366
/** Devices of a kind that are remembered in the order of preference. */
export const DEVICE_ORDER_MAX_COUNT = 8
/** Of a chat message; counted as the database does, after what cannot be seen was taken out. */
export const MESSAGE_MAX_LENGTH = 2_000
/** Of one page of a room's messages. */
export const MESSAGE_PAGE_MAX_COUNT = 50
/** Of what is said about somebody who is reported. */
export const REPORT_DETAILS_MAX_LENGTH = 1_000
/** So long the machine is measured after somebody has asked for it, unless they ask again: a page that is gone asks no more. */
export const MACHINE_WATCH_MS = 150_000
/** People of whom it is remembered how loud they are to be, and whether they are hidden. */
export const PERSON_CHOICES_MAX_COUNT = 300
/** Bytes of one piece of a recording; a second of one has about 200 kB. */
export const RECORDING_PIECE_MAX_BYTES = 8 * 1024 * 1024
/** Bytes of one recording: about two days of it. */
export const RECORDING_MAX_BYTES = 32 * 1024 * 1024 * 1024
/** Recordings in the settings' list; the folder may hold more. */
export const FILMS_MAX_COUNT = 500
