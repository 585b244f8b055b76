import type { TFunction } from 'i18next'
import type { RecurringRoom } from '../../shared/api/recurringRooms.ts'
import type { Notice, TrayItem, TrayView } from '../../shared/tray/trayView.ts'
import type { Platform } from '../core/ports/desktop.ts'
import { type Occasion, selectOccasion } from '../core/recurring/occasion.ts'
import type { TrayEntry, TrayPlan, TrayTimer } from '../core/tray/planTray.ts'
import { describeMoment, describeOccasion } from './describeOccasion.ts'
import { joinList } from './joinList.ts'

/** Longer names would make the menu as wide as the screen. */
const NAME_MAX_LENGTH = 40
/** Of a person, where three stand behind the name of a room. */
const PERSON_MAX_LENGTH = 20
/** As many people are named, in the tray and in a reminder. */
const NAMES_MAX_COUNT = 3

/** The tray in the person's language. */
export function describeTray(t: TFunction, language: string, plan: TrayPlan, nowMs: number): TrayView {
  return {
    icon: plan.icon,
    tooltip:
      plan.call === null
        ? t('app.name')
        : t('tray.tooltip', { name: shorten(plan.call.roomName), count: plan.call.headcount }),
    groups: plan.groups.map((group) => group.map((entry) => describeEntry(t, language, entry, nowMs))),
  }
}

function describeEntry(t: TFunction, language: string, entry: TrayEntry, nowMs: number): TrayItem {
  switch (entry.kind) {
    case 'backend':
      return { label: t(`tray.backend.${entry.state}`), command: { kind: 'show' } }
    case 'timer':
      return { label: describeTimer(t, entry), command: null }
    case 'recording':
      return { label: t('tray.recording'), command: { kind: 'show' } }
    case 'call':
      return {
        label: t('tray.call', { name: shorten(entry.roomName), count: entry.headcount }),
        command: { kind: 'show' },
      }
    case 'microphone':
      return {
        label: entry.isHeard ? t('room.mute') : t('room.unmute'),
        command: { kind: 'setMuted', muted: entry.isHeard },
      }
    case 'camera':
      return {
        label: entry.isOn ? t('room.cameraOff') : t('room.cameraOn'),
        command: { kind: 'setCameraOn', on: !entry.isOn },
      }
    case 'leave':
      return { label: t('room.leave'), command: { kind: 'leave' } }
    case 'recurring': {
      const state = entry.isHere ? t('tray.here') : describeState(t, language, entry.occasion, nowMs)
      return {
        label: t('tray.recurring', { name: shorten(entry.name), state }),
        command: entry.isHere ? { kind: 'show' } : { kind: 'joinRecurring', recurringRoomId: entry.id },
      }
    }
    case 'open':
      return { label: t('tray.open'), command: { kind: 'show' } }
    case 'newRoom':
      return { label: t('lobby.newRoom'), command: { kind: 'newRoom' } }
    case 'settings':
      return { label: t('tray.settings'), command: { kind: 'settings' } }
    case 'quit':
      return { label: t('tray.quit'), command: { kind: 'quit' } }
  }
}

/** Who is there, as far as names are known; where none are, how many. */
function describeState(t: TFunction, language: string, occasion: Occasion, nowMs: number): string {
  if (occasion.kind !== 'live' || occasion.names.length === 0) {
    return describeOccasion(t, language, occasion, nowMs)
  }
  const named = occasion.names.slice(0, NAMES_MAX_COUNT)
  const names = joinList(
    language,
    named.map((name) => shorten(name, PERSON_MAX_LENGTH)),
  )
  const count = occasion.count - named.length
  return count > 0 ? t('tray.onWithMore', { names, count }) : t('tray.onWith', { names })
}

function describeTimer(t: TFunction, timer: TrayTimer): string {
  const phase = t(`tray.timer.${timer.phase}`)
  if (timer.isPaused) return t('tray.timer.paused', { phase, count: timer.minutes })
  return t('tray.timer.running', { phase, count: timer.minutes })
}

/** What is said before a recurring room begins. Where notifications have no button, a press on it joins, and that is said. */
export function describeReminder(
  t: TFunction,
  language: string,
  room: RecurringRoom,
  nowMs: number,
  platform: Platform,
): Notice {
  const startsAtMs = Date.parse(room.nextStartsAt ?? '')
  const minutes = Math.round((startsAtMs - nowMs) / 60_000)
  const occasion = selectOccasion(room, nowMs)
  const who =
    occasion.kind !== 'live'
      ? null
      : occasion.names.length === 0
        ? t('recurring.reminder.count', { count: occasion.count })
        : t('recurring.reminder.names', {
            names: joinList(language, occasion.names.slice(0, NAMES_MAX_COUNT)),
          })
  const when =
    minutes > 0
      ? t('recurring.reminder.soon', { count: minutes })
      : t('recurring.reminder.now', { when: describeMoment(t, language, startsAtMs, nowMs) })
  const press = platform === 'win32' || platform === 'darwin' ? null : t('recurring.reminder.press')
  return {
    title: shorten(room.name),
    body: [when, who, press].filter((part) => part !== null).join(' '),
    button: { label: t('lobby.join'), command: { kind: 'joinRecurring', recurringRoomId: room.id } },
    press: { kind: 'show' },
  }
}

function shorten(name: string, maxLength = NAME_MAX_LENGTH): string {
  const letters = Array.from(name)
  return letters.length <= maxLength ? name : `${letters.slice(0, maxLength - 1).join('')}…`
}
