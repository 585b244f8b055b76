import { expect, test } from 'vitest'
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
    simplify: (isSimple) => asked.push(isSimple ? 'simplify' : 'in full'),
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
  })
})

test('a choice and how it goes are told apart', () => {
  const { effects, tellBackground, tellNoise } = setUp()
  tellBackground('starting')
  effects.chooseBackground('evening')
  tellBackground('unavailable')
  tellNoise('on')
  expect(effects.store.getState()).toEqual({
    background: { choice: 'evening', state: 'unavailable' },
    noiseSuppression: { choice: 'strong', state: 'on' },
  })
})

test('a busy machine is relieved without changing what the person chose', () => {
  const { asked, effects, tellBackground } = setUp()
  effects.relieve(true)
  tellBackground('simplified')
  expect(asked).toContain('simplify')
  expect(effects.store.getState().background).toEqual({ choice: 'blur', state: 'simplified' })
  effects.relieve(false)
  expect(asked.at(-1)).toBe('in full')
})

test('the end lets go of both', () => {
  const { asked, effects } = setUp()
  effects.dispose()
  expect(asked.slice(-2)).toEqual(['background ended', 'noise ended'])
})
