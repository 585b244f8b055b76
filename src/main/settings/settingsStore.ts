import { readFileSync, renameSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { SettingsSnapshot } from '../../shared/ipc/contract.ts'
import {
  applySettingsPatch,
  defaultSettings,
  type Settings,
  type SettingsNotice,
  type SettingsPatch,
} from '../../shared/settings/settings.ts'
import { writeFileAtomically } from '../files/writeFileAtomically.ts'
import { parseSettings } from './parseSettings.ts'

/*
 * Not electron-store: it answers a synchronous message from any frame with the path of the data folder, validates by JSON
 * schema rather than by our zod one, and can only delete a file it cannot read, where ours is kept aside and told of.
 */

/** The settings of a profile, held in memory and written on every change. */
export interface SettingsStore {
  readonly snapshot: () => SettingsSnapshot
  /** Applies a change. When it cannot be written it still holds until the app ends, and the notice says so. */
  readonly update: (patch: SettingsPatch) => SettingsSnapshot
  /** Back to the defaults. The person's name stays: it is who they are, not how they like it. */
  readonly reset: () => SettingsSnapshot
}

/** Opens `settings.json` in the folder; a file that cannot be used is kept aside under another name, never overwritten. */
export function openSettingsStore(folder: string, now: () => Date = () => new Date()): SettingsStore {
  const file = join(folder, 'settings.json')
  const opened = open(file, now)
  let settings: Settings = opened.settings
  let notice = opened.notice
  const snapshot = (): SettingsSnapshot => ({ settings, notice })
  const change = (next: Settings): SettingsSnapshot => {
    settings = next
    try {
      writeFileAtomically(file, `${JSON.stringify(settings, null, 2)}\n`)
      if (notice?.kind === 'not_saved') notice = null
    } catch {
      notice = {
        kind: 'not_saved',
        keptAs: null,
        message:
          'Your settings could not be saved. They hold until you quit; check that the disk is not full.',
      }
    }
    return snapshot()
  }
  return {
    snapshot,
    update: (patch) => change(applySettingsPatch(settings, patch)),
    reset: () => change({ ...defaultSettings, displayName: settings.displayName }),
  }
}

function open(file: string, now: () => Date): { settings: Settings; notice: SettingsNotice | null } {
  const text = read(file)
  if (text === null) return { settings: defaultSettings, notice: null }
  const parsed = parseSettings(text)
  switch (parsed.kind) {
    case 'valid':
      return { settings: parsed.settings, notice: null }
    case 'corrupt':
      return setAside(
        file,
        now,
        'corrupt',
        'Your settings file was damaged, so Studyhall starts with its defaults.',
      )
    case 'newer':
      return setAside(
        file,
        now,
        'newer',
        'Your settings were written by a newer Studyhall, so this one starts with its defaults.',
      )
  }
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    // A file that is there but cannot be read is treated as damaged: it is moved away, not overwritten.
    return missing ? null : ''
  }
}

function setAside(
  file: string,
  now: () => Date,
  kind: 'corrupt' | 'newer',
  reason: string,
): { settings: Settings; notice: SettingsNotice } {
  const stamp = now().toISOString().replaceAll(/[:.]/g, '-')
  const kept = file.replace(/\.json$/, `.${kind}-${stamp}.json`)
  try {
    renameSync(file, kept)
    const message = `${reason} The old file is kept as ${basename(kept)}.`
    return {
      settings: defaultSettings,
      notice: {
        kind: kind === 'corrupt' ? 'corrupt_file_kept' : 'newer_file_kept',
        keptAs: basename(kept),
        message,
      },
    }
  } catch {
    return {
      settings: defaultSettings,
      notice: { kind: 'not_saved', keptAs: null, message: `${reason} The old file could not be moved away.` },
    }
  }
}
