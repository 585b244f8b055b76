import { createStore } from 'zustand/vanilla'
import type { CallSnapshot } from '../../core/call/callSnapshot.ts'
import type { Perceptions } from '../../core/ports/perception.ts'
import type { PersonChoicesPort } from '../../core/ports/personChoices.ts'
import {
  areSamePerceptions,
  changeChoice,
  selectChoice,
  selectPerceptions,
} from '../../core/people/perception.ts'
import type {
  LocalMediaController,
  PeopleSnapshot,
  PersonChoicesController,
  PersonChoicesSnapshot,
  ReadableStore,
} from '../contracts.ts'

/** The controller together with what its owner needs. */
export interface OwnedPersonChoices extends PersonChoicesController {
  /** Neither hidden, silenced nor blocked. */
  isAttended(userId: string): boolean
  dispose(): void
}

/** Keeps what was chosen about people, and has it hold for whoever is in the call, from their first picture and sound on. */
export function createPersonChoices(deps: {
  readonly port: PersonChoicesPort
  readonly call: { readonly store: ReadableStore<CallSnapshot> }
  readonly people: ReadableStore<PeopleSnapshot>
  readonly localMedia: Pick<LocalMediaController, 'store' | 'setMuted'>
  readonly perceive: (perceptions: Perceptions) => void
}): OwnedPersonChoices {
  const { port, call, people, localMedia } = deps
  const store = createStore<PersonChoicesSnapshot>(() => ({
    choices: Object.fromEntries(port.read()),
    isDeafened: false,
    shutOut: null,
  }))
  let perceptions: Perceptions = new Map()

  function perceive(): void {
    const snapshot = call.store.getState()
    const next = selectPerceptions(snapshot.kind === 'live' ? snapshot.others : [], {
      choices: port.read(),
      blockedIds: people.getState().blockedIds,
      isDeafened: store.getState().isDeafened,
    })
    if (areSamePerceptions(perceptions, next)) return
    perceptions = next
    deps.perceive(next)
  }

  function choose(userId: string, change: Parameters<PersonChoicesController['choose']>[1]): void {
    const choices = changeChoice(port.read(), userId, change)
    port.write(choices)
    store.setState({ choices: Object.fromEntries(choices) })
    perceive()
  }

  function setDeafened(isDeafened: boolean): void {
    if (store.getState().isDeafened === isDeafened) return
    store.setState({ isDeafened })
    perceive()
  }

  const unsubscribe = [
    call.store.subscribe((snapshot) => {
      // The next call begins as calls do.
      if (snapshot.kind !== 'live') store.setState({ isDeafened: false, shutOut: null })
      perceive()
    }),
    people.subscribe(({ blockedIds }, before) => {
      if (blockedIds !== before.blockedIds) perceive()
    }),
    localMedia.store.subscribe(({ isMuted }, before) => {
      if (!isMuted && before.isMuted) setDeafened(false)
    }),
  ]

  return {
    store,
    choose,
    shutOut({ userId, displayName }) {
      const { isHidden, isSilenced } = selectChoice(port.read(), userId)
      const isOut = isHidden && isSilenced
      choose(userId, { isHidden: !isOut, isSilenced: !isOut })
      store.setState({ shutOut: isOut ? null : { userId, displayName } })
    },
    dismissShutOut: () => store.setState({ shutOut: null }),
    setDeafened(isDeafened) {
      if (call.store.getState().kind !== 'live') return
      setDeafened(isDeafened)
      if (isDeafened) void localMedia.setMuted(true)
    },
    isAttended(userId) {
      const { isHidden, isSilenced } = selectChoice(port.read(), userId)
      return !isHidden && !isSilenced && !people.getState().blockedIds.includes(userId)
    },
    dispose() {
      for (const end of unsubscribe) end()
    },
  }
}
