import { expect, test, vi } from 'vitest'
import type {
  BackgroundPort,
  BackgroundState,
  NoiseSuppressionPort,
  NoiseSuppressionState,
} from '../../core/ports/effects.ts'
import { createEffects } from './createEffects.ts'

function setUp() {
  const asked: string[] = []
  let tellBackground: (state: BackgroundState) => void = () => undefined
  let tellNoise: (state: NoiseSuppressionState) => void = () => undefined
  const background: BackgroundPort = {
    choose: (choice) => asked.push(`background ${choice}`),
    relieve: (relief) => asked.push(`relief ${relief}`),
    watch(listener) {
      tellBackground = listener
      listener('off')
      return () => asked.push('background ended')
    },
  }
  const noiseSuppression: NoiseSuppressionPort = {
    choose: (choice) => asked.push(`noise ${choice}`),
    watch(listener) {
      tellNoise = listener
      listener('off')
      return () => asked.push('noise ended')
    },
  }
  const effects = createEffects({
    background,
    noiseSuppression,
    chosen: { background: 'blur', noiseSuppression: 'strong' },
  })
  return {
    asked,
    effects,
    tellBackground: (state: BackgroundState) => tellBackground(state),
    tellNoise: (state: NoiseSuppressionState) => tellNoise(state),
  }
}

test('what was chosen in earlier sessions holds before the first picture', () => {
  const { asked, effects } = setUp()
  expect(asked).toEqual(['background blur', 'noise strong'])
  expect(effects.store.getState()).toEqual({
    background: { choice: 'blur', state: 'off' },
    noiseSuppression: { choice: 'strong', state: 'off' },
    reliefReason: null,
    keepsBackground: false,
  })
})

test('a choice and how it goes are told apart', () => {
  const { effects, tellBackground, tellNoise } = setUp()
  tellBackground('starting')
  effects.chooseBackground('evening')
  tellBackground('unavailable')
  tellNoise('on')
  expect(effects.store.getState()).toMatchObject({
    background: { choice: 'evening', state: 'unavailable' },
    noiseSuppression: { choice: 'strong', state: 'on' },
  })
})

test('a busy machine is relieved without changing what the person chose', () => {
  const { asked, effects, tellBackground } = setUp()
  effects.relieve({ relief: 'simple', reason: 'busy' })
  tellBackground('simplified')
  expect(asked.slice(2)).toEqual(['relief simple', 'noise strong'])
  expect(effects.store.getState()).toMatchObject({
    background: { choice: 'blur', state: 'simplified' },
    reliefReason: 'busy',
  })
  effects.relieve({ relief: 'none', reason: null })
  expect(asked).toContain('relief none')
  expect(effects.store.getState().reliefReason).toBeNull()
  // The plan says the same every 2 s.
  const notified = vi.fn<() => void>()
  effects.store.subscribe(notified)
  effects.relieve({ relief: 'none', reason: null })
  expect(notified).not.toHaveBeenCalled()
})

test('on a very busy machine noise is left to the browser, until there is room for more', () => {
  const { asked, effects, tellNoise } = setUp()
  const noise = () => effects.store.getState().noiseSuppression
  tellNoise('on')
  effects.relieve({ relief: 'least', reason: 'busy' })
  tellNoise('off')
  expect(asked.slice(2)).toEqual(['relief least', 'noise standard'])
  expect(noise()).toEqual({ choice: 'strong', state: 'resting' })

  // What is chosen meanwhile holds from then on.
  effects.chooseNoiseSuppression('standard')
  expect(noise()).toEqual({ choice: 'standard', state: 'off' })
  effects.chooseNoiseSuppression('strong')
  expect(noise()).toEqual({ choice: 'strong', state: 'resting' })
  effects.relieve({ relief: 'none', reason: null })
  expect(asked.at(-1)).toBe('noise strong')
  tellNoise('on')
  expect(noise()).toEqual({ choice: 'strong', state: 'on' })
})

test('whoever chooses a background, or says so, keeps it from the beginning', () => {
  const { effects } = setUp()
  const keeps = () => effects.store.getState().keepsBackground
  effects.keepBackground()
  expect(keeps()).toBe(true)
  effects.chooseBackground('none')
  expect(keeps()).toBe(false)
  effects.chooseBackground('blur')
  expect(keeps()).toBe(true)
})

test('the end lets go of both', () => {
  const { asked, effects } = setUp()
  effects.dispose()
  expect(asked.slice(-2)).toEqual(['background ended', 'noise ended'])
})
