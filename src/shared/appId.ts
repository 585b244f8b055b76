/** How the systems know the installed app: in its package, and for what it shows outside its windows. */
export const appId = 'app.studyhall.desktop'
