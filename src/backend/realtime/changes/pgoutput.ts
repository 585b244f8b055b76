/** A row's columns as text. Null is SQL's null; a column that was not sent is absent. */
export type RowValues = ReadonlyMap<string, string | null>

/** A table as the stream describes it. */
export interface Relation {
  readonly oid: number
  readonly schema: string
  readonly table: string
  readonly columns: readonly { readonly name: string; readonly isKey: boolean }[]
}

/** One message of the logical stream; kinds that nobody here needs are `other`. */
export type StreamMessage =
  | { readonly kind: 'begin'; readonly committedAtMs: number }
  | { readonly kind: 'relation'; readonly relation: Relation }
  | { readonly kind: 'insert'; readonly relation: Relation; readonly row: RowValues }
  | {
      readonly kind: 'update'
      readonly relation: Relation
      readonly row: RowValues
      readonly oldRow: RowValues | null
    }
  | { readonly kind: 'delete'; readonly relation: Relation; readonly oldRow: RowValues }
  | { readonly kind: 'other' }

const postgresEpochMs = Date.UTC(2000, 0, 1)

/**
 * Reads pgoutput, protocol version 1. Source: PostgreSQL's manual, "Logical Replication Message Formats".
 * `relations` is what earlier messages described; the caller adds each `relation` to it.
 */
export function decodeStreamMessage(data: Buffer, relations: ReadonlyMap<number, Relation>): StreamMessage {
  const reader = createReader(data)
  switch (reader.char()) {
    case 'B':
      reader.skip(8)
      return { kind: 'begin', committedAtMs: postgresEpochMs + Number(reader.int64() / 1_000n) }
    case 'R':
      return { kind: 'relation', relation: readRelation(reader) }
    case 'I': {
      const relation = knownRelation(reader.int32(), relations)
      reader.skip(1)
      return { kind: 'insert', relation, row: readTuple(reader, relation, false) }
    }
    case 'U': {
      const relation = knownRelation(reader.int32(), relations)
      const marker = reader.char()
      if (marker === 'N')
        return { kind: 'update', relation, row: readTuple(reader, relation, false), oldRow: null }
      const oldRow = readTuple(reader, relation, marker === 'K')
      reader.skip(1)
      return { kind: 'update', relation, row: readTuple(reader, relation, false), oldRow }
    }
    case 'D': {
      const relation = knownRelation(reader.int32(), relations)
      const keysOnly = reader.char() === 'K'
      return { kind: 'delete', relation, oldRow: readTuple(reader, relation, keysOnly) }
    }
    default:
      return { kind: 'other' }
  }
}

function readRelation(reader: Reader): Relation {
  const oid = reader.int32()
  const schema = reader.text()
  const table = reader.text()
  reader.skip(1)
  const columns = Array.from({ length: reader.int16() }, () => {
    const isKey = (reader.byte() & 1) === 1
    const name = reader.text()
    reader.skip(8)
    return { name, isKey }
  })
  return { oid, schema: schema === '' ? 'pg_catalog' : schema, table, columns }
}

function knownRelation(oid: number, relations: ReadonlyMap<number, Relation>): Relation {
  const relation = relations.get(oid)
  if (relation === undefined) throw new Error(`The stream names relation ${oid} before describing it.`)
  return relation
}

/** With `keysOnly` the other columns are sent as null but mean nothing. */
function readTuple(reader: Reader, relation: Relation, keysOnly: boolean): RowValues {
  const values = new Map<string, string | null>()
  const count = reader.int16()
  for (let index = 0; index < count; index += 1) {
    const column = relation.columns[index]
    const kind = reader.char()
    // 'u' is a long value that did not change and was not sent.
    const value = kind === 't' ? reader.sized() : kind === 'n' ? null : undefined
    if (column === undefined || value === undefined || (keysOnly && !column.isKey)) continue
    values.set(column.name, value)
  }
  return values
}

type Reader = ReturnType<typeof createReader>

function createReader(data: Buffer) {
  let offset = 0
  return {
    skip(bytes: number) {
      offset += bytes
    },
    byte: () => data.readUInt8(offset++),
    char: () => String.fromCharCode(data.readUInt8(offset++)),
    int16() {
      offset += 2
      return data.readInt16BE(offset - 2)
    },
    int32() {
      offset += 4
      return data.readUInt32BE(offset - 4)
    },
    int64() {
      offset += 8
      return data.readBigInt64BE(offset - 8)
    },
    text() {
      const end = data.indexOf(0, offset)
      const value = data.toString('utf8', offset, end)
      offset = end + 1
      return value
    },
    sized() {
      const length = data.readInt32BE(offset)
      offset += 4 + length
      return data.toString('utf8', offset - length, offset)
    },
  }
}
