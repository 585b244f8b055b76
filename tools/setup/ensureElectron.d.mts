export function findElectron(): string | null
export function ensureElectron(
  nodePath: string,
  say: (line: string) => void,
  insist: boolean,
): Promise<string | null>
