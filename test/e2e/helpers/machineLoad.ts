import { type ChildProcess, spawn } from 'node:child_process'
import { availableParallelism, cpus } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'

/** The machine's load over some time, 0 to 100. */
async function readLoadPercent(durationMs: number): Promise<number> {
  const before = sumTimes()
  await sleep(durationMs)
  const after = sumTimes()
  return (1 - (after.idle - before.idle) / (after.total - before.total)) * 100
}

function sumTimes(): { readonly idle: number; readonly total: number } {
  const times = cpus().map((cpu) => cpu.times)
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
  return {
    idle: sum(times.map(({ idle }) => idle)),
    total: sum(times.flatMap(({ user, nice, sys, idle, irq }) => [user, nice, sys, idle, irq])),
  }
}

/** Whether the machine is calm within a while: other programs may fill it as well. */
export async function becomesCalm(patienceMs: number): Promise<boolean> {
  const untilMs = Date.now() + patienceMs
  while (Date.now() < untilMs) if ((await readLoadPercent(2_000)) < 50) return true
  return false
}

/** Fills every processor while the action runs. */
export async function whileBusy(action: () => Promise<void>): Promise<void> {
  const script = 'for (;;) { /* on and on */ }'
  const children: readonly ChildProcess[] = Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ['--eval', script], { stdio: 'ignore' }),
  )
  try {
    await action()
  } finally {
    for (const child of children) child.kill('SIGKILL')
  }
}
