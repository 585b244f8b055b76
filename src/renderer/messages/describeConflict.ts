import type { TFunction } from 'i18next'
import type { ShortcutConflict } from '../../shared/shortcuts/findConflicts.ts'
import type { Platform } from '../core/ports/desktop.ts'

/** Why a combination of keys does not do what it should, and what to do. */
export function describeConflict(t: TFunction, conflict: ShortcutConflict, platform: Platform): string {
  switch (conflict.kind) {
    case 'types':
      return t(`settings.shortcuts.conflict.${platform === 'darwin' ? 'typesDarwin' : 'types'}`)
    case 'window':
      return t('settings.shortcuts.conflict.window', {
        action: t(`settings.shortcuts.actions.${conflict.action}`),
      })
    case 'twice':
      return t('settings.shortcuts.conflict.twice', {
        action: t(`settings.shortcuts.actions.${conflict.with}`),
      })
    case 'system':
    case 'taken':
    case 'unreadable':
      return t(`settings.shortcuts.conflict.${conflict.kind}`)
  }
}
