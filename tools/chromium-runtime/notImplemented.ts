/** The error of everything that Electron has and this runtime has not, by name. */
export function notImplemented(name: string): Error {
  return new Error(`electron.${name} is not implemented by the Chromium runtime`)
}

/**
 * The object, with every member that it lacks throwing by name instead of being undefined. Symbols and `then` stay
 * undefined, or awaiting and printing such an object would throw.
 */
export function strict<T extends object>(name: string, known: T): T {
  return new Proxy(known, {
    get: (target, property, receiver): unknown => {
      if (property in target || typeof property === 'symbol' || property === 'then') {
        const value: unknown = Reflect.get(target, property, target)
        return typeof value === 'function' && !isClass(value)
          ? bindOnce(target, value as AnyFunction, receiver)
          : value
      }
      throw notImplemented(`${name}.${property}`)
    },
  })
}

type AnyFunction = (...args: readonly unknown[]) => unknown

const bound = new WeakMap<AnyFunction, WeakMap<object, AnyFunction>>()

/** Methods see the real object (private members), and what returns `this` returns the strict one. */
function bindOnce(target: object, method: AnyFunction, receiver: unknown): AnyFunction {
  const byTarget = bound.get(method) ?? new WeakMap<object, AnyFunction>()
  bound.set(method, byTarget)
  const known = byTarget.get(target)
  if (known !== undefined) return known
  const made: AnyFunction = (...args) => {
    const result = Reflect.apply(method, target, args)
    return result === target ? receiver : result
  }
  byTarget.set(target, made)
  return made
}

function isClass(value: unknown): boolean {
  return /^class\b/.test(Function.prototype.toString.call(value))
}

/** A whole module or class of Electron's that is not there: using it in any way throws by name. */
export function missing(name: string): unknown {
  const refuse = (): never => {
    throw notImplemented(name)
  }
  return new Proxy(function absent() {}, {
    get: (_target, property) => {
      if (typeof property === 'symbol' || property === 'then') return undefined
      throw notImplemented(`${name}.${property}`)
    },
    apply: refuse,
    construct: refuse,
  })
}
