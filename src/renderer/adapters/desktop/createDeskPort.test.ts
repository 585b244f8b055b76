import { describe, expect, test, vi } from 'vitest'
import type { ArrivedLink } from '../../../shared/ipc/contract.ts'
import type { DesktopApi } from '../../../shared/ipc/desktopApi.ts'
import { ok } from '../../../shared/result.ts'
import { createDeskPort, createNotebook } from './createDeskPort.ts'

const room: ArrivedLink = { kind: 'room', roomId: '5b0e1c52-9a0f-4b43-8d47-3a3c2f3f8f10' }

function openDesk(first: ArrivedLink | null) {
  const kept: ArrivedLink[] = first === null ? [] : [first]
  const listeners = new Set<(payload: undefined) => void>()
  const links: Omit<DesktopApi['links'], 'openOutside'> = {
    take: () => Promise.resolve(ok(kept.shift() ?? null)),
    onArrived(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  let hide: (payload: { readonly isVisible: boolean }) => void = () => undefined
  const window: Pick<DesktopApi['window'], 'onChanged'> = {
    onChanged(listener) {
      hide = listener
      return () => undefined
    },
  }
  const desk = createDeskPort({ links, window } as unknown as DesktopApi)
  return {
    desk,
    show: (isVisible: boolean) => hide({ isVisible }),
    arrive: (link: ArrivedLink) => {
      kept.push(link)
      for (const tell of listeners) tell(undefined)
    },
  }
}

describe('links', () => {
  test('the one that started the app and those that come later, each once', async () => {
    const { desk, arrive } = openDesk(room)
    const heard: ArrivedLink[] = []
    const end = desk.watchLinks((link) => heard.push(link))
    await vi.waitFor(() => expect(heard).toEqual([room]))
    arrive({ kind: 'unreadable' })
    await vi.waitFor(() => expect(heard).toEqual([room, { kind: 'unreadable' }]))
    end()
    arrive({ kind: 'unreadable' })
    await Promise.resolve()
    expect(heard).toHaveLength(2)
  })
})

test('the window is seen while neither the main process nor the page says otherwise, also from before one asked', () => {
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  vi.stubGlobal('document', page)
  const { desk, show } = openDesk(null)
  show(false)
  const seen: boolean[] = []
  const end = desk.watchWindow((isVisible) => seen.push(isVisible))
  show(true)
  page.visibilityState = 'hidden'
  page.dispatchEvent(new Event('visibilitychange'))
  show(true)
  expect(seen).toEqual([false, true, false, false])
  end()
  show(false)
  expect(seen).toHaveLength(4)
  vi.unstubAllGlobals()
})

describe('a notebook', () => {
  test('keeps its lines for the next start', () => {
    const kept = new Map<string, string>()
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    }
    createNotebook(storage, 'told').write(['a', 'b'])
    expect(createNotebook(storage, 'told').read()).toEqual(['a', 'b'])
    expect(createNotebook(storage, 'another').read()).toEqual([])
  })

  test.each(['', '{', '{"a":1}', '[1,null,"a"]'])('reads what it can of %j', (text) => {
    const notebook = createNotebook({ getItem: () => text, setItem: () => undefined }, 'told')
    expect(notebook.read()).toEqual(text.endsWith(']') ? ['a'] : [])
  })

  test('a storage that is full forgets only at the next start', () => {
    const full = {
      getItem: () => null,
      setItem() {
        throw new Error('QuotaExceededError')
      },
    }
    const notebook = createNotebook(full, 'told')
    notebook.write(['a'])
    expect(notebook.read()).toEqual(['a'])
  })
})
