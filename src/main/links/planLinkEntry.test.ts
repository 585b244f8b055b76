import { expect, test } from 'vitest'
import { planLinkEntry } from './planLinkEntry.ts'

test('an AppImage gets an entry that takes links, by the name that Electron gives the system', () => {
  const plan = planLinkEntry('/home/ada/My Apps/Studyhall.AppImage')
  expect(plan?.fileName).toBe('app.studyhall.Studyhall.desktop')
  const lines = plan?.content.split('\n')
  expect(lines).toContain('Exec="/home/ada/My Apps/Studyhall.AppImage" %u')
  expect(lines).toContain('TryExec=/home/ada/My Apps/Studyhall.AppImage')
  expect(lines).toContain('MimeType=x-scheme-handler/studyhall;')
  expect(lines).toContain('NoDisplay=true')
})

test('what a package has installed needs none', () => {
  expect(planLinkEntry(null)).toBeNull()
})
