import { createStore } from 'zustand/vanilla'
import type {
  BackgroundChoice,
  BackgroundPort,
  NoiseSuppressionChoice,
  NoiseSuppressionPort,
  NoiseSuppressionState,
} from '../../core/ports/effects.ts'
import type { EffectsPlan } from '../../core/quality/qualityPlan.ts'
import type { EffectsController, EffectsSnapshot } from '../contracts.ts'

/** The controller together with what its owner needs. */
export interface Effects extends EffectsController {
  /** Makes it easier for the machine, or takes that back. The person's choices stay what they are. */
  relieve(plan: EffectsPlan): void
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
    reliefReason: null,
    keepsBackground: false,
  }))
  let relief: EffectsPlan['relief'] = 'none'
  let noiseState: NoiseSuppressionState = 'off'
  background.choose(chosen.background)
  noiseSuppression.choose(chosen.noiseSuppression)
  const ends = [
    background.watch((state) =>
      store.setState(({ background: { choice } }) => ({ background: { choice, state } })),
    ),
    noiseSuppression.watch((state) => {
      noiseState = state
      applyNoise(store.getState().noiseSuppression.choice)
    }),
  ]

  function applyNoise(choice: NoiseSuppressionChoice): void {
    const isResting = relief === 'least' && choice === 'strong'
    store.setState({ noiseSuppression: { choice, state: isResting ? 'resting' : noiseState } })
  }

  function tellNoise(choice: NoiseSuppressionChoice): void {
    noiseSuppression.choose(relief === 'least' ? 'standard' : choice)
    applyNoise(choice)
  }

  return {
    store,
    chooseBackground(choice) {
      store.setState(({ background: { state } }) => ({
        background: { choice, state },
        keepsBackground: choice !== 'none',
      }))
      background.choose(choice)
    },
    keepBackground: () => store.setState({ keepsBackground: true }),
    chooseNoiseSuppression: tellNoise,
    relieve(plan) {
      if (plan.reason !== store.getState().reliefReason) store.setState({ reliefReason: plan.reason })
      if (plan.relief === relief) return
      ;({ relief } = plan)
      background.relieve(relief)
      tellNoise(store.getState().noiseSuppression.choice)
    },
    dispose() {
      for (const end of ends) end()
    },
  }
}
