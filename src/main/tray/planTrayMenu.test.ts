import { describe, expect, test } from 'vitest'
import type { TrayView } from '../../shared/tray/trayView.ts'
import { mainWords } from '../language/mainWords.ts'
import { planTrayMenu } from './planTrayMenu.ts'

const view: TrayView = {
  icon: 'muted',
  tooltip: 'Thesis hour, 3 people',
  groups: [
    [
      { label: 'Thesis hour · 3 people', command: { kind: 'show' } },
      { label: 'Unmute', command: { kind: 'setMuted', muted: false } },
    ],
    [{ label: 'Quit', command: { kind: 'quit' } }],
  ],
}

describe('the tray’s menu', () => {
  test('has a line between groups, none before the first', () => {
    expect(planTrayMenu(view, mainWords.en)).toEqual({
      icon: 'muted',
      tooltip: 'Thesis hour, 3 people',
      lines: [
        { kind: 'item', label: 'Thesis hour · 3 people', command: { kind: 'show' } },
        { kind: 'item', label: 'Unmute', command: { kind: 'setMuted', muted: false } },
        { kind: 'separator' },
        { kind: 'item', label: 'Quit', command: { kind: 'quit' } },
      ],
    })
  })

  test.each([
    ['before the page has said anything', null],
    ['when the page says nothing', { icon: 'idle' as const, tooltip: '', groups: [] }],
  ])('%s one can open the window and quit', (_when, empty) => {
    const { lines, tooltip } = planTrayMenu(empty, mainWords.en)
    expect(tooltip).toBe('Studyhall')
    expect(lines.flatMap((line) => (line.kind === 'item' ? [line.command?.kind] : []))).toEqual([
      'show',
      'quit',
    ])
  })

  test('an ampersand in a room’s name is one', () => {
    const { lines } = planTrayMenu({ ...view, groups: [[{ label: 'Q & A', command: null }]] }, mainWords.en)
    expect(lines[0]).toMatchObject({ label: 'Q && A' })
  })
})
