import { expect, test } from 'vitest'
import type { QualityChoice } from '../../../shared/settings/settings.ts'
import type { DeviceClass, StartingQuality } from '../quality/qualityInput.ts'
import { selectBeginning } from './selectBeginning.ts'

test.each([
  ['720p', '720p', 'auto', 'strong', []],
  ['480p', '720p', 'auto', 'strong', ['own 480p']],
  ['480p', '720p', 'auto', 'ordinary', []],
  ['720p', '480p', 'auto', 'ordinary', ['others 480p']],
  ['360p', '480p', 'auto', 'ordinary', ['own 360p', 'others 480p']],
  ['360p', '360p', 'auto', 'strong', ['all 360p']],
  ['360p', '360p', 'auto', 'weak', []],
  ['audioOnly', 'audioOnly', 'auto', 'weak', ['all 180p']],
  ['720p', 'audioOnly', 'auto', 'strong', ['others 180p']],
  ['480p', '720p', '720p', 'ordinary', ['chosen 720p']],
  ['480p', '720p', '360p', 'ordinary', []],
  ['360p', '360p', 'dataSaver', 'strong', []],
  ['audioOnly', '360p', 'audioOnly', 'strong', []],
] satisfies readonly [StartingQuality, StartingQuality, QualityChoice, DeviceClass, readonly string[]][])(
  'good for sending %s and receiving %s, with %s on a machine that is %s',
  (sends, receives, choice, deviceClass, said) => {
    const beginning = selectBeginning({ sends, receives }, choice, deviceClass)
    expect(beginning.map(({ whose, size }) => `${whose} ${size}`)).toEqual(said)
  },
)
