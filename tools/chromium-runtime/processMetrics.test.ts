import { spawn } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { ProcessMetrics, selectChromiumType } from './processMetrics.ts'

describe('which of Chromium’s processes it is', () => {
  test.each([
    [['/usr/lib/chromium/chromium', '--no-first-run', '--user-data-dir=/tmp/x'], 'Browser'],
    // Chromium writes the words of its children into one.
    [['/usr/lib/chromium/chromium --type=renderer --user-data-dir=/tmp/x --lang=en'], 'Tab'],
    [['chromium', '--type=gpu-process'], 'GPU'],
    [['chromium', '--type=utility', '--utility-sub-type=audio'], 'Utility'],
    [['chromium', '--type=zygote'], 'Zygote'],
    [['chromium', '--type=something-new'], 'Unknown'],
    [['/usr/lib/postgresql/18/bin/postgres', '-D', '/tmp/x'], null],
    [[''], null],
  ] as const)('%j is %s', (commandLine, type) => {
    expect(selectChromiumType(commandLine)).toBe(type)
  })
})

describe.runIf(process.platform === 'linux')('the app’s processes', () => {
  test('are this one and its utility processes, with what they use of the whole machine', async () => {
    const busy = spawn(process.execPath, ['--eval', 'for (;;) { /* on and on */ }'], { stdio: 'ignore' })
    const other = spawn(process.execPath, ['--eval', 'setInterval(() => undefined, 1000)'], {
      stdio: 'ignore',
    })
    try {
      const metrics = new ProcessMetrics((pid) => pid === busy.pid)
      const first = metrics.read()
      expect(new Set(first.map(({ pid }) => pid))).toEqual(new Set([process.pid, busy.pid]))
      expect(first.every(({ cpu }) => cpu.percentCPUUsage === 0)).toBe(true)
      await expect
        .poll(() => metrics.read().find(({ pid }) => pid === busy.pid)?.cpu.percentCPUUsage, {
          timeout: 10_000,
          interval: 300,
        })
        .toBeGreaterThan(1)
      const [own] = metrics.read()
      expect(own).toMatchObject({ type: 'Browser', pid: process.pid })
      expect(own?.memory.workingSetSize).toBeGreaterThan(1_000)
      expect(own?.memory.peakWorkingSetSize).toBeGreaterThan(1_000)
      expect(Math.abs(Date.now() - (first[0]?.creationTime ?? 0) - process.uptime() * 1_000)).toBeLessThan(
        5_000,
      )
    } finally {
      busy.kill('SIGKILL')
      other.kill('SIGKILL')
    }
    await new Promise((resolve) => busy.once('exit', resolve))
  })
})
