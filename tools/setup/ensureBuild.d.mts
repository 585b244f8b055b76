/** Builds the app when its sources have changed. Throws an Error with the builder's output when it does not build. */
export function ensureBuild(
  nodePath: string,
  say: (line: string) => void,
): Promise<{ readonly built: boolean; readonly tookMs: number }>
