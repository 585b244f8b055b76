const libraries = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu']

/** The environment of programs whose clock is wrong by so much, as `faketime` names it: `+10m`. Timers run as ever. */
export function wrongClock(offset: string): Readonly<Record<string, string>> {
  return {
    LD_PRELOAD: libraries.map((folder) => `${folder}/faketime/libfaketime.so.1`).join(' '),
    FAKETIME: offset,
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  }
}
