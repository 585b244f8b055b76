import { type RefObject, useEffect, useState } from 'react'
import type { TileRect } from '../../core/layout/planGrid.ts'
import { useRoom } from '../../stores/services.ts'

/** Tells how large somebody is seen, so that nothing larger is sent, and nothing at all once they are off the screen. */
export function useShownTile(
  connectionId: string,
  element: RefObject<HTMLElement | null>,
  { width, height, isMain }: Pick<TileRect, 'width' | 'height'> & { readonly isMain: boolean },
): void {
  const { quality } = useRoom()
  // Unknown until the observer's first word, a frame after the tile stands.
  const [isOnScreen, setOnScreen] = useState<boolean | null>(null)
  useEffect(() => {
    if (element.current === null) return undefined
    const observer = new IntersectionObserver((entries) => {
      const last = entries.at(-1)
      if (last) setOnScreen(last.isIntersecting)
    })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  useEffect(() => {
    if (isOnScreen === null) return
    const scale = window.devicePixelRatio
    quality.showTile(
      connectionId,
      isOnScreen ? { width: width * scale, height: height * scale, isMain } : null,
    )
  }, [quality, connectionId, isOnScreen, width, height, isMain])
  useEffect(() => () => quality.showTile(connectionId, null), [quality, connectionId])
}
