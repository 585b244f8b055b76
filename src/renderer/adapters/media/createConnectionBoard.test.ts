import { expect, test } from 'vitest'
import { createReading } from '../../../../test/support/readings.ts'
import { createConnectionBoard } from './createConnectionBoard.ts'

test('reads the connections that are open, and those that have something to read', async () => {
  const board = createConnectionBoard()
  const ada = board.open('mesh', () => Promise.resolve(createReading('Ada')))
  board.open('sfu', () => Promise.resolve(null))
  expect((await board.read()).map(({ id }) => id)).toEqual(['Ada:0'])
  ada.close()
  expect(await board.read()).toEqual([])
})

test('counts what became of connections, each once; one that was given up counts as none', () => {
  const board = createConnectionBoard()
  const open = () => board.open('mesh', () => Promise.resolve(null))
  const [works, fails, isGivenUp] = [open(), open(), open()]
  works.settle('connected')
  works.settle('failed')
  fails.settle('failed')
  isGivenUp.close()
  isGivenUp.settle('failed')
  board.open('sfu', () => Promise.resolve(null)).settle('connected')
  expect(board.counts()).toEqual({
    mesh: { attempts: 2, successes: 1 },
    sfu: { attempts: 1, successes: 1 },
  })
})
