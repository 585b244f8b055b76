/*
 * What crosses between page and main process goes as text, so structured-clone values are written as a table of nodes.
 * Both functions are self-contained: their source text is also run in the page. Errors are as structuredClone's.
 */

/** Writes a structured-clone value as JSON text. Throws as `structuredClone` does for functions, symbols and the like. */
export function encodeValue(root: unknown): string {
  const nodes: unknown[] = []
  const seen = new Map<object, number>()

  function refuse(value: unknown): never {
    throw new DOMException(`${String(value)} could not be cloned.`, 'DataCloneError')
  }

  function bytesToBase64(bytes: Uint8Array): string {
    let text = ''
    for (const byte of bytes) text += String.fromCodePoint(byte)
    return btoa(text)
  }

  function encodePrimitive(value: unknown): unknown {
    if (value === undefined) return ['u']
    if (typeof value === 'bigint') return ['i', value.toString()]
    if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))) {
      return ['n', Object.is(value, -0) ? '-0' : String(value)]
    }
    if (typeof value === 'function' || typeof value === 'symbol') return refuse(value)
    return ['p', value]
  }

  function encodeObject(value: object): unknown {
    if (Array.isArray(value)) return ['a', ...value.map((item) => add(item))]
    if (value instanceof Date) return ['d', value.getTime()]
    if (value instanceof Map) return ['m', ...[...value].map(([key, item]) => [add(key), add(item)])]
    if (value instanceof Set) return ['s', ...[...value].map((item) => add(item))]
    if (value instanceof RegExp) return ['r', value.source, value.flags]
    if (value instanceof Error) return ['e', value.name, value.message, value.stack ?? '']
    if (value instanceof ArrayBuffer) return ['b', 'ArrayBuffer', bytesToBase64(new Uint8Array(value))]
    if (ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
      const type = value.constructor.name === 'Buffer' ? 'Uint8Array' : value.constructor.name
      return ['b', type, bytesToBase64(bytes)]
    }
    const tag = Object.prototype.toString.call(value)
    if (tag !== '[object Object]' || value instanceof Promise || value instanceof WeakMap)
      return refuse(value)
    return ['o', ...Object.entries(value).map(([key, item]) => [key, add(item)])]
  }

  function add(value: unknown): number {
    if (typeof value !== 'object' || value === null) return nodes.push(encodePrimitive(value)) - 1
    const known = seen.get(value)
    if (known !== undefined) return known
    const index = nodes.push(null) - 1
    seen.set(value, index)
    nodes[index] = encodeObject(value)
    return index
  }

  add(root)
  return JSON.stringify(nodes)
}

/** Reads what `encodeValue` wrote. Throws when the text is not of that form. */
export function decodeValue(text: string): unknown {
  type Node = readonly [string, ...(readonly unknown[])]
  const nodes = JSON.parse(text) as readonly Node[]
  const done = new Map<number, unknown>()

  function base64ToBuffer(base64: string): ArrayBuffer {
    const binary = atob(base64)
    const bytes = new Uint8Array(binary.length)
    for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index)
    return bytes.buffer
  }

  function view(type: string, buffer: ArrayBuffer): unknown {
    if (type === 'ArrayBuffer') return buffer
    const views = [
      Uint8Array, Int8Array, Uint8ClampedArray, Uint16Array, Int16Array, Uint32Array, Int32Array,
      Float32Array, Float64Array, BigInt64Array, BigUint64Array, DataView,
    ] // prettier-ignore
    const constructor = views.find((candidate) => candidate.name === type)
    if (constructor === undefined) throw new TypeError(`unknown view ${type}`)
    return Reflect.construct(constructor, [buffer])
  }

  function restoreError(name: unknown, message: unknown, stack: unknown): Error {
    const error = new Error(String(message))
    error.name = String(name)
    error.stack = String(stack)
    return error
  }

  function keep<T>(index: number, value: T): T {
    done.set(index, value)
    return value
  }

  function get(reference: unknown): unknown {
    const index = Number(reference)
    if (done.has(index)) return done.get(index)
    const node = nodes[index]
    if (node === undefined) throw new TypeError('a reference leads nowhere')
    const [kind, ...rest] = node
    if (kind === 'u') return undefined
    if (kind === 'p') return rest[0]
    if (kind === 'i') return BigInt(String(rest[0]))
    if (kind === 'n') return Number(rest[0])
    if (kind === 'd') return keep(index, new Date(Number(rest[0])))
    if (kind === 'r') return keep(index, new RegExp(String(rest[0]), String(rest[1])))
    if (kind === 'e') return keep(index, restoreError(rest[0], rest[1], rest[2]))
    if (kind === 'b') return keep(index, view(String(rest[0]), base64ToBuffer(String(rest[1]))))
    if (kind === 'a') {
      const list: unknown[] = keep(index, [])
      for (const item of rest) list.push(get(item))
      return list
    }
    if (kind === 's') {
      const set = keep(index, new Set<unknown>())
      for (const item of rest) set.add(get(item))
      return set
    }
    const pairs = rest as readonly (readonly [unknown, unknown])[]
    if (kind === 'm') {
      const map = keep(index, new Map<unknown, unknown>())
      for (const [key, item] of pairs) map.set(get(key), get(item))
      return map
    }
    if (kind !== 'o') throw new TypeError(`unknown node ${kind}`)
    const object: Record<string, unknown> = keep(index, {})
    for (const [key, item] of pairs) {
      Object.defineProperty(object, String(key), {
        value: get(item),
        enumerable: true,
        writable: true,
        configurable: true,
      })
    }
    return object
  }

  return get(0)
}
