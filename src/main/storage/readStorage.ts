import { join } from 'node:path'
import type { StorageFigures } from '../../shared/ipc/settingsPanel.ts'
import type { DataFolders } from '../profile/dataFolders.ts'
import type { FilmFigures } from '../recordings/openFilms.ts'
import { folderSize } from './folderSize.ts'

/** What is kept where, and how much. The logs are part of the profile's folder and counted once. */
export async function readStorage(folders: DataFolders, recordings: FilmFigures): Promise<StorageFigures> {
  const [all, profiles, profile, logs] = await Promise.all([
    folderSize(folders.data),
    folderSize(join(folders.data, 'profiles')),
    folderSize(folders.profile),
    folderSize(folders.logs),
  ])
  return {
    dataFolder: folders.data,
    profileFolder: folders.profile,
    recordingsFolder: recordings.folder,
    backendBytes: all === null || profiles === null ? null : Math.max(0, all - profiles),
    profileBytes: profile === null || logs === null ? null : Math.max(0, profile - logs),
    logBytes: logs,
    recordingBytes: recordings.bytes,
    recordingCount: recordings.count,
  }
}
