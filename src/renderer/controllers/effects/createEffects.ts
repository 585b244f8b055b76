import { createStore } from 'zustand/vanilla'
import type {
  BackgroundChoice,
  BackgroundPort,
  NoiseSuppressionChoice,
  NoiseSuppressionPort,
} from '../../core/ports/effects.ts'
import type { EffectsController, EffectsSnapshot } from '../contracts.ts'

/** The controller together with what its owner needs. */
export interface Effects extends EffectsController {
  /** Makes it easier for a busy machine, or takes that back. The person's choice stays what it is. */
  relieve(isBusy: boolean): void
  dispose(): void
}

/** What is done to our own picture and voice before they go out. `chosen` is what the person chose in earlier sessions. */
export function createEffects(deps: {
  readonly background: BackgroundPort
  readonly noiseSuppression: NoiseSuppressionPort
  readonly chosen: {
    readonly background: BackgroundChoice
    readonly noiseSuppression: NoiseSuppressionChoice
  }
}): Effects {
  const { background, noiseSuppression, chosen } = deps
  const store = createStore<EffectsSnapshot>(() => ({
    background: { choice: chosen.background, state: 'off' },
    noiseSuppression: { choice: chosen.noiseSuppression, state: 'off' },
  }))
  background.choose(chosen.background)
  noiseSuppression.choose(chosen.noiseSuppression)
  const ends = [
    background.watch((state) =>
      store.setState(({ background: { choice } }) => ({ background: { choice, state } })),
    ),
    noiseSuppression.watch((state) =>
      store.setState(({ noiseSuppression: { choice } }) => ({ noiseSuppression: { choice, state } })),
    ),
  ]

  return {
    store,
    chooseBackground(choice) {
      store.setState(({ background: { state } }) => ({ background: { choice, state } }))
      background.choose(choice)
    },
    chooseNoiseSuppression(choice) {
      store.setState(({ noiseSuppression: { state } }) => ({ noiseSuppression: { choice, state } }))
      noiseSuppression.choose(choice)
    },
    relieve: (isBusy) => background.simplify(isBusy),
    dispose() {
      for (const end of ends) end()
    },
  }
}
