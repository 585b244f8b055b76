/**
 * Runs in a page before its own scripts do: all that they learn of the time is wrong by so much. Not `faketime` around the whole browser: the Chromium of
 * today waits for times of day here and there, and a machine is then busy with nothing else.
 */
export function shiftClock(offsetMs: number): void {
  const NativeDate = Date
  window.Date = new Proxy(NativeDate, {
    construct: (target, args, self) =>
      Reflect.construct(target, args.length === 0 ? [NativeDate.now() + offsetMs] : args, self),
    get: (target, key) => (key === 'now' ? () => NativeDate.now() + offsetMs : Reflect.get(target, key)),
  })
}
