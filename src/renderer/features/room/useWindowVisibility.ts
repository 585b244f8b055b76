import { useEffect } from 'react'
import { useRoom } from '../../stores/services.ts'

/** Tells whether the window can be seen at all: nobody's picture is needed behind one that cannot. */
export function useWindowVisibility(): void {
  const { quality } = useRoom()
  useEffect(() => {
    const tell = () => quality.setWindowVisible(document.visibilityState === 'visible')
    tell()
    document.addEventListener('visibilitychange', tell)
    return () => {
      document.removeEventListener('visibilitychange', tell)
      quality.setWindowVisible(true)
    }
  }, [quality])
}
