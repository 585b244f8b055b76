import type { Portrait } from './portrait.ts'

/** Four people whose cameras are painted, so that no real face is in the pictures. */
export const portraits: Readonly<Record<'Ada' | 'Ben' | 'Chloe' | 'Dai', Portrait>> = {
  Ada: {
    wall: '#5b6b62',
    glow: '#f0d9a8',
    skin: '#e8b896',
    hair: '#5a3522',
    shirt: '#2f6b55',
    hairStyle: 'bun',
    hasGlasses: false,
  },
  Ben: {
    wall: '#4d5a6b',
    glow: '#d8dfe6',
    skin: '#8a5a3c',
    hair: '#1d1614',
    shirt: '#c98a4b',
    hairStyle: 'curly',
    hasGlasses: true,
  },
  Chloe: {
    wall: '#7a5f52',
    glow: '#f4d3b0',
    skin: '#f1c9a8',
    hair: '#a8662f',
    shirt: '#51607a',
    hairStyle: 'long',
    hasGlasses: false,
  },
  Dai: {
    wall: '#3f4a46',
    glow: '#e6cf9c',
    skin: '#dca67c',
    hair: '#191818',
    shirt: '#8a4a44',
    hairStyle: 'short',
    hasGlasses: true,
  },
}
