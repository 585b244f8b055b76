import { describe, expect, test } from 'vitest'
import { decodeStreamMessage, type Relation } from './pgoutput.ts'

function text(value: string): Buffer {
  return Buffer.from(`${value}\0`)
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeInt16BE(value)
  return bytes
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

function cell(value: string | null | undefined): Buffer {
  if (value === undefined) return Buffer.from('u')
  if (value === null) return Buffer.from('n')
  return Buffer.concat([Buffer.from('t'), int32(Buffer.byteLength(value)), Buffer.from(value)])
}

function tuple(values: readonly (string | null | undefined)[]): Buffer {
  return Buffer.concat([int16(values.length), ...values.map(cell)])
}

const notes: Relation = {
  oid: 7,
  schema: 'public',
  table: 'notes',
  columns: [
    { name: 'id', isKey: true },
    { name: 'body', isKey: false },
  ],
}
const relations = new Map([[7, notes]])

describe('the logical stream', () => {
  test('describes a table', () => {
    const column = (flags: number, name: string) =>
      Buffer.concat([Buffer.from([flags]), text(name), int32(23), int32(-1)])
    const head = [Buffer.from('R'), int32(7), text('public'), text('notes'), Buffer.from('d'), int16(2)]
    const frame = Buffer.concat([...head, column(1, 'id'), column(0, 'body')])
    expect(decodeStreamMessage(frame, new Map())).toEqual({ kind: 'relation', relation: notes })
  })

  test('tells when a transaction committed', () => {
    const frame = Buffer.alloc(21)
    frame.write('B')
    frame.writeBigInt64BE(1_500_000n, 9)
    expect(decodeStreamMessage(frame, relations)).toEqual({
      kind: 'begin',
      committedAtMs: Date.UTC(2000, 0, 1) + 1_500,
    })
  })

  test('carries rows, nulls, and leaves out what did not change', () => {
    const insert = Buffer.concat([Buffer.from('I'), int32(7), Buffer.from('N'), tuple(['1', null])])
    expect(decodeStreamMessage(insert, relations)).toMatchObject({
      kind: 'insert',
      row: new Map([
        ['id', '1'],
        ['body', null],
      ]),
    })
    const update = Buffer.concat([Buffer.from('U'), int32(7), Buffer.from('N'), tuple(['1', undefined])])
    expect(decodeStreamMessage(update, relations)).toMatchObject({
      kind: 'update',
      row: new Map([['id', '1']]),
      oldRow: null,
    })
  })

  test('takes only keys from an old row that has only keys', () => {
    const keys = Buffer.concat([Buffer.from('D'), int32(7), Buffer.from('K'), tuple(['1', null])])
    expect(decodeStreamMessage(keys, relations)).toMatchObject({
      kind: 'delete',
      oldRow: new Map([['id', '1']]),
    })
    const before = [Buffer.from('U'), int32(7), Buffer.from('O'), tuple(['1', 'ü'])]
    const whole = Buffer.concat([...before, Buffer.from('N'), tuple(['1', 'y'])])
    expect(decodeStreamMessage(whole, relations)).toMatchObject({
      oldRow: new Map([
        ['id', '1'],
        ['body', 'ü'],
      ]),
      row: new Map([
        ['id', '1'],
        ['body', 'y'],
      ]),
    })
  })

  test('passes over what is of no use here', () => {
    expect(decodeStreamMessage(Buffer.from('C'), relations)).toEqual({ kind: 'other' })
  })
})
