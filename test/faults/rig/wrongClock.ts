const libraries = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu']

/**
 * The environment of programs whose clock is fast by so much, as `faketime` names it: `+10m`. Timers run as ever. None that is slow:
 * Chromium waits until a time of day here and there, which has passed by then, and is busy with nothing else.
 */
export function fastClock(offset: `+${string}`): Readonly<Record<string, string>> {
  return {
    LD_PRELOAD: libraries.map((folder) => `${folder}/faketime/libfaketime.so.1`).join(' '),
    FAKETIME: offset,
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  }
}

/** Runs in a page before its own scripts do: all that they learn of the time is wrong by so much. */
export function shiftClock(offsetMs: number): void {
  const NativeDate = Date
  window.Date = new Proxy(NativeDate, {
    construct: (target, args, self) =>
      Reflect.construct(target, args.length === 0 ? [NativeDate.now() + offsetMs] : args, self),
    get: (target, key) => (key === 'now' ? () => NativeDate.now() + offsetMs : Reflect.get(target, key)),
  })
}
