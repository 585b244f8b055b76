import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { z } from 'zod'

/** A schema as the document writes it: the part of JSON Schema that the API uses. */
export const jsonSchemaSchema = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  pattern: z.string().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxItems: z.number().optional(),
  required: z.array(z.string()).optional(),
  get items() {
    return jsonSchemaSchema.optional()
  },
  get properties() {
    return z.record(z.string(), jsonSchemaSchema).optional()
  },
  get anyOf() {
    return z.array(jsonSchemaSchema).optional()
  },
})
export type JsonSchema = z.infer<typeof jsonSchemaSchema>

const contentSchema = z.record(z.string(), z.object({ schema: jsonSchemaSchema }))
const parameterSchema = z.object({
  in: z.enum(['path', 'query', 'header']),
  name: z.string(),
  schema: jsonSchemaSchema,
})
const operationSchema = z.object({
  operationId: z.string(),
  security: z.array(z.record(z.string(), z.unknown())),
  parameters: z.array(parameterSchema).default([]),
  requestBody: z.object({ content: contentSchema }).optional(),
  responses: z.record(z.string(), z.object({ content: contentSchema.optional() })),
})
const documentSchema = z.object({ paths: z.record(z.string(), z.record(z.string(), operationSchema)) })

/** One operation of the API, as its document describes it. */
export interface ApiOperation {
  readonly id: string
  /** In capitals. */
  readonly method: string
  /** Begins with `/api`; `{name}` stands for a part that a request fills in. */
  readonly path: string
  readonly access: 'user' | 'secret' | 'open'
  readonly parameters: readonly z.infer<typeof parameterSchema>[]
  readonly body: { readonly contentType: string; readonly schema: JsonSchema } | null
  /** The codes that each status from 400 on may carry. */
  readonly codes: ReadonlyMap<number, readonly string[]>
  /** What an answer has that the document does not say of it; null where it is as described. */
  findProblem(status: number, contentType: string | null, text: string): string | null
}

/** What `GET /api/openapi.json` holds, and what a validator of OpenAPI 3.1 has against it (empty: nothing). */
export async function readApiDocument(baseUrl: string): Promise<{
  readonly faults: string
  readonly operations: readonly ApiOperation[]
}> {
  const response = await fetch(`${baseUrl}/api/openapi.json`)
  const text = await response.text()
  const verdict = await new Validator().validate(JSON.parse(text))
  const { paths } = documentSchema.parse(JSON.parse(text))
  // Formats are written as patterns, too.
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false })
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => readOperation(ajv, path, method, operation)),
  )
  return { faults: verdict.valid ? '' : JSON.stringify(verdict.errors), operations }
}

function readOperation(
  ajv: Ajv2020,
  path: string,
  method: string,
  operation: z.infer<typeof operationSchema>,
): ApiOperation {
  const schemes = new Set(operation.security.flatMap((one) => Object.keys(one)))
  const [body] = Object.entries(operation.requestBody?.content ?? {})
  const answers = new Map(
    Object.entries(operation.responses).map(([status, { content = {} }]) => [
      Number(status),
      new Map(Object.entries(content).map(([type, { schema }]) => [type, ajv.compile(schema)])),
    ]),
  )
  const codes = new Map<number, readonly string[]>()
  for (const [status, { content }] of Object.entries(operation.responses)) {
    const error = content?.['application/json']?.schema.properties?.error
    const known = z.array(z.string()).safeParse(error?.properties?.code?.enum)
    if (Number(status) >= 400) codes.set(Number(status), known.success ? known.data : [])
  }
  return {
    id: operation.operationId,
    method: method.toUpperCase(),
    path,
    access: schemes.has('userToken') ? 'user' : schemes.has('secretKey') ? 'secret' : 'open',
    parameters: operation.parameters,
    body: body ? { contentType: body[0], schema: body[1].schema } : null,
    codes,
    findProblem(status, contentType, text) {
      const described = answers.get(status)
      if (!described) return `the document knows no ${status}`
      if (described.size === 0) return text === '' ? null : 'there is a body where none is described'
      const validate = [...described].find(([type]) => isSameType(type, contentType))?.[1]
      if (!validate) return `the document knows no ${contentType ?? 'answer without a type'}`
      if (!isSameType('application/json', contentType)) return null
      return validate(JSON.parse(text)) ? null : ajv.errorsText(validate.errors)
    },
  }
}

function isSameType(described: string, actual: string | null): boolean {
  const name = (type: string): string => type.split(';')[0]?.trim().toLowerCase() ?? ''
  return actual !== null && name(described) === name(actual)
}
