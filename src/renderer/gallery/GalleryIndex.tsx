import styles from './Components.module.css'
import { screens } from './screens.tsx'

/** Links to every screen, in both themes. */
export function GalleryIndex() {
  return (
    <main className={styles['page']}>
      <h1>Studyhall, all screens</h1>
      <ul>
        {Object.keys(screens).map((name) => (
          <li key={name}>
            <a href={`#${name}?theme=light`}>{name}</a> <a href={`#${name}?theme=dark`}>dark</a>
          </li>
        ))}
      </ul>
    </main>
  )
}
