import type { RecurringRoom } from '../../../shared/api/recurringRooms.ts'
import { type Occasion, selectOccasion, sortByOccasion } from '../recurring/occasion.ts'

/** Recurring rooms in the tray; the lobby has them all. */
const ROOMS_MAX_COUNT = 10

/** The room's timer as the tray tells it. */
export interface TrayTimer {
  readonly phase: 'focus' | 'break'
  readonly minutes: number
  readonly isPaused: boolean
}

/** A live call as the tray tells it. */
export interface TrayCall {
  readonly roomName: string
  /** The recurring room that it belongs to. */
  readonly recurringRoomId: string | null
  /** Everybody in the room, ourselves included. */
  readonly headcount: number
  readonly isHeard: boolean
  readonly isCameraOn: boolean
  readonly allowsVideo: boolean
  readonly timer: TrayTimer | null
  readonly isRecorded: boolean
}

/** What the tray knows. */
export interface TrayInput {
  /** `away`: not there (any more), and being started or sought; `failed`: given up. */
  readonly backend: 'ready' | 'away' | 'failed'
  readonly isSignedIn: boolean
  /** There are settings to show. */
  readonly hasSettings: boolean
  readonly call: TrayCall | null
  readonly rooms: readonly RecurringRoom[]
  readonly nowMs: number
}

/** A line of the tray's menu. */
export type TrayEntry =
  | { readonly kind: 'backend'; readonly state: 'away' | 'failed' }
  | ({ readonly kind: 'timer' } & TrayTimer)
  | { readonly kind: 'recording' }
  | { readonly kind: 'call'; readonly roomName: string; readonly headcount: number }
  | { readonly kind: 'microphone'; readonly isHeard: boolean }
  | { readonly kind: 'camera'; readonly isOn: boolean }
  | { readonly kind: 'leave' }
  | {
      readonly kind: 'recurring'
      readonly id: string
      readonly name: string
      readonly occasion: Occasion
      /** The person is in it. */
      readonly isHere: boolean
    }
  | { readonly kind: 'open' }
  | { readonly kind: 'newRoom' }
  | { readonly kind: 'settings' }
  | { readonly kind: 'quit' }

/** What the tray shows, without its words. Groups are never empty. */
export interface TrayPlan {
  readonly icon: 'idle' | 'heard' | 'muted'
  readonly call: TrayCall | null
  readonly groups: readonly (readonly TrayEntry[])[]
}

/** The tray's menu: the call first, then the recurring rooms with those that are on before the others, then the app. */
export function planTray(input: TrayInput): TrayPlan {
  const { call, backend, isSignedIn } = input
  const rooms = isSignedIn ? sortByOccasion(input.rooms, input.nowMs).slice(0, ROOMS_MAX_COUNT) : []
  const status: readonly TrayEntry[] = backend === 'ready' ? [] : [{ kind: 'backend', state: backend }]
  const groups: readonly (readonly TrayEntry[])[] = [
    status,
    call === null ? [] : planCall(call),
    rooms.map((room) => ({
      kind: 'recurring',
      id: room.id,
      name: room.name,
      occasion: selectOccasion(room, input.nowMs),
      isHere: call?.recurringRoomId === room.id,
    })),
    [
      { kind: 'open' },
      ...(isSignedIn ? ([{ kind: 'newRoom' }] as const) : []),
      ...(isSignedIn && input.hasSettings ? ([{ kind: 'settings' }] as const) : []),
      { kind: 'quit' },
    ],
  ]
  return {
    icon: call === null ? 'idle' : call.isHeard ? 'heard' : 'muted',
    call,
    groups: groups.filter((group) => group.length > 0),
  }
}

function planCall(call: TrayCall): readonly TrayEntry[] {
  const { timer } = call
  return [
    ...(call.isRecorded ? [{ kind: 'recording' } as const] : []),
    ...(timer === null ? [] : [{ kind: 'timer', ...timer } as const]),
    { kind: 'call', roomName: call.roomName, headcount: call.headcount },
    { kind: 'microphone', isHeard: call.isHeard },
    ...(call.allowsVideo ? [{ kind: 'camera', isOn: call.isCameraOn } as const] : []),
    { kind: 'leave' },
  ]
}
