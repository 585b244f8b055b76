/** How the systems know the installed app: in its package, and for what it shows outside its windows. */
export const appId = 'app.studyhall.desktop'

/**
 * Linux's own name for it: that of its desktop entry, and without the ending its identity for windows and portals. A desktop that
 * assigns keys to apps wants one of two parts or more that belongs to an installed entry (Electron's `app.setDesktopName`).
 */
export const desktopFileName = 'app.studyhall.Studyhall.desktop'
