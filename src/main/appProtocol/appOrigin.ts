/** The scheme and host that the renderer is served under. */
export const appScheme = 'app'
export const appHost = 'studyhall'
export const appUrl = `${appScheme}://${appHost}/`

/** Whether an URL belongs to the app's own pages. Never throws. */
export function isAppUrl(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, host, username, password } = new URL(url)
  return protocol === `${appScheme}:` && host === appHost && username === '' && password === ''
}
