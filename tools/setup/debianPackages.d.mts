export function distribution(): string
export function canInstallPackages(): boolean
export function installPackages(names: readonly string[]): Promise<void>
