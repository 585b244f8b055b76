/**
 * Statements of the library and of ours whose texts come back with every request. Prepared, they cost one message instead
 * of two, and no parsing; others are too many to be kept.
 */
const recurring = [
  // A call of a function, without filters or columns of the client's choice.
  /^select \* from public\.[a-z_]+\((?:[a-z_]+ := \$\d+(?:::[a-z_]+(?:\.[a-z_]+)?(?:\[\])?)?(?:, )?)*\) as "[a-z_]+"(?: limit \$\d+)?$/,
  // Whose token it is.
  /^select \* from "auth"\."users" where "id" = \$1$/,
  // Under whose role a request runs.
  /^select set_config\(\$1, \$2, true\)(?:, set_config\(\$\d+, \$\d+, true\))*$/,
]

/** Whether a statement of this text is worth being prepared. */
export function isRecurring(statement: string): boolean {
  return recurring.some((pattern) => pattern.test(statement))
}
