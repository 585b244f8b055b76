export function ensureChromium(say?: (line: string) => void): Promise<string>
export function findChromium(): string | null
