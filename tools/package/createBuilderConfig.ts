import { join } from 'node:path'
import type { Configuration } from 'electron-builder'
import { appId, desktopFileName } from '../../src/shared/appId.ts'
import { fuses } from './fuses.ts'
import type { Publication } from './publication.ts'

/** What differs from one packaging to the next. */
export interface PackagingChoices {
  readonly projectFolder: string
  readonly outputFolder: string
  readonly publication: Publication | null
  readonly isNotarised: boolean
  /** Whether `out/livekit` has a server for each processor. */
  readonly hasLivekit: boolean
  /** For Debian's package, `Name <address>`. */
  readonly maintainer: string
  readonly homepage: string
  /** An unpacked Electron to use instead of the one that is downloaded. */
  readonly electronDist: string | null
}

/** What is in `app.asar`: the built app and the schema it brings. No sources, tests, tools, source maps, node_modules. */
export const packedFiles = [
  'package.json',
  'out/main/**',
  'out/preload/**',
  'out/renderer/**',
  'supabase/migrations/*.sql',
  '!**/*.map',
] as const

/** electron-builder's configuration. PostgreSQL, LiveKit and the licences are put in place by `stageResources` before. */
export function createBuilderConfig(choices: PackagingChoices): Configuration {
  const { projectFolder, outputFolder, publication, electronDist } = choices
  return {
    appId,
    productName: 'Studyhall',
    copyright: 'The Studyhall authors, MIT licence',
    directories: { buildResources: join(projectFolder, 'packaging'), output: outputFolder },
    files: [...packedFiles],
    // All dependencies are in the bundles, so nothing of node_modules is looked for.
    beforeBuild: () => Promise.resolve(false),
    asar: true,
    electronFuses: fuses,
    // Electron tells the system by `desktopName` which entry is the app's.
    extraMetadata: { homepage: choices.homepage, desktopName: desktopFileName },
    extraResources: [
      { from: 'out/postgres/${os}-${arch}', to: 'postgres' },
      ...(choices.hasLivekit ? [{ from: 'out/livekit/${os}-${arch}', to: 'livekit' }] : []),
      // Native code, which cannot be in a bundle: `main/talkKey/hookEntry.ts` looks it up here.
      {
        from: 'node_modules/uiohook-napi',
        to: 'hook/node_modules/uiohook-napi',
        filter: ['package.json', 'LICENSE', 'dist/*.js', 'prebuilds/${platform}-${arch}/**'],
      },
      {
        from: 'node_modules/node-gyp-build',
        to: 'hook/node_modules/node-gyp-build',
        filter: ['package.json', 'LICENSE', '*.js'],
      },
      { from: 'out/licences/THIRD-PARTY-LICENSES.${os}.txt', to: 'THIRD-PARTY-LICENSES.txt' },
      { from: 'LICENSE', to: 'LICENSE.txt' },
    ],
    protocols: [{ name: 'Studyhall link', schemes: ['studyhall'] }],
    publish: publication,
    generateUpdatesFilesForAllChannels: true,
    ...(electronDist === null ? {} : { electronDist }),
    artifactName: 'Studyhall-${version}-${os}-${arch}.${ext}',
    win: {
      target: [{ target: 'nsis', arch: ['x64'] }],
      icon: 'icons/icon.ico',
    },
    nsis: {
      // For one person, without an administrator: so updates need none either.
      oneClick: true,
      perMachine: false,
      // Settings, accounts and rooms are the person's; whoever wants them gone deletes the data folder.
      deleteAppDataOnUninstall: false,
    },
    mac: {
      // The updater installs from the zip.
      target: [
        { target: 'dmg', arch: ['universal'] },
        { target: 'zip', arch: ['universal'] },
      ],
      category: 'public.app-category.education',
      icon: 'icons/icon.icns',
      hardenedRuntime: true,
      gatekeeperAssess: false,
      entitlements: 'packaging/entitlements.mac.plist',
      entitlementsInherit: 'packaging/entitlements.mac.plist',
      notarize: choices.isNotarised,
      // Both apps that are merged into one carry the hook for both, since their files have to be the same ones.
      extraResources: [
        {
          from: 'node_modules/uiohook-napi/prebuilds',
          to: 'hook/node_modules/uiohook-napi/prebuilds',
          filter: ['darwin-*/**'],
        },
      ],
      // PostgreSQL's files hold both architectures already, and of the hook there is a file for each.
      x64ArchFiles: 'Contents/Resources/{postgres,hook}/**',
      extendInfo: {
        NSCameraUsageDescription: 'Others in your room see you when you turn your camera on.',
        NSMicrophoneUsageDescription: 'Others in your room hear you when you unmute yourself.',
        NSScreenCaptureUsageDescription:
          'Others in your room see the screen or window that you choose to share.',
        NSAudioCaptureUsageDescription:
          'Others in your room hear the sound of what you share, if you choose so.',
        NSLocalNetworkUsageDescription: 'Studyhall connects you with people on your network.',
      },
    },
    linux: {
      target: ['AppImage', 'deb'],
      category: 'Education',
      icon: 'icons/linux',
      synopsis: 'A calm place to study together on camera',
      maintainer: choices.maintainer,
      executableName: 'studyhall',
      // The entry has that name, and its windows' class is the same without the ending.
      syncDesktopName: true,
      desktop: { entry: { Keywords: 'study;video;focus;pomodoro;' } },
    },
    // Without it, the image's desktop entry would leave out Chromium's sandbox.
    appImage: { executableArgs: [] },
    deb: { appArmorProfile: 'packaging/apparmor-profile' },
  }
}
