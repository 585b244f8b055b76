import { mkdirSync, realpathSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { app } from 'electron'
import type { Settings } from '../../shared/settings/settings.ts'
import { writeFileAtomically } from '../files/writeFileAtomically.ts'
import type { MainLog } from '../log/mainLog.ts'
import { findAppImage } from './findAppImage.ts'
import { hiddenSwitch, planStartAtLogin, type StartAtLoginPlan } from './planStartAtLogin.ts'

/**
 * Has the system start Studyhall at login as the person chose. To be told at every start, too: an app that was moved is found again.
 * What has been done in this run is not done again, whatever else is changed in the settings; what cannot be written is logged, and
 * tried at the next start.
 */
export function createStartAtLogin(profile: string, log: MainLog): (startUp: Settings['startUp']) => void {
  let done = ''
  return (startUp) => {
    const plan = planStartAtLogin({
      platform: process.platform,
      isInstalled: app.isPackaged,
      profile,
      executable: findAppImage(process.env, app.getPath('exe'), realpathSync) ?? app.getPath('exe'),
      startUp,
    })
    const wanted = JSON.stringify(plan)
    if (wanted === done) return
    done = wanted
    carryOut(plan, log)
  }
}

function carryOut(plan: StartAtLoginPlan, log: MainLog): void {
  const folder = join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'autostart')
  try {
    switch (plan.kind) {
      case 'loginItem':
        app.setLoginItemSettings({
          openAtLogin: plan.openAtLogin,
          args: [...plan.args],
          ...(plan.name === undefined ? {} : { name: plan.name }),
        })
        return
      case 'write':
        mkdirSync(folder, { recursive: true })
        writeFileAtomically(join(folder, plan.fileName), plan.content)
        return
      case 'remove':
        rmSync(join(folder, plan.fileName), { force: true })
        return
      case 'nothing':
    }
  } catch (error) {
    log.warn(`start at login: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Whether this start is to show no window: the switch says so, or macOS started the app at login and the person wants that. */
export function startsHidden(argv: readonly string[], startUp: Settings['startUp']): boolean {
  if (argv.includes(hiddenSwitch)) return true
  return process.platform === 'darwin' && startUp.minimised && app.getLoginItemSettings().wasOpenedAtLogin
}
