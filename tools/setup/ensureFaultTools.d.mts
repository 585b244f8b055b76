/** Why the fault suite cannot run here; null when it can. */
export function ensureFaultTools(say?: (line: string) => void): Promise<string | null>
