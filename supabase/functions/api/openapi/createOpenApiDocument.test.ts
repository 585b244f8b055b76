import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createApiApp, createRoutes } from '../app.ts'

const dependencies = {
  supabaseUrl: 'http://database.test',
  publishableKey: 'publishable',
  secretKey: 'secret',
  environment: {},
}
const routes = createRoutes(dependencies)

const schemaSchema = z.record(z.string(), z.unknown())
const contentSchema = z.record(
  z.string(),
  z.object({ schema: schemaSchema, example: z.unknown().optional() }),
)
const operationSchema = z.object({
  operationId: z.string(),
  summary: z.string().min(1),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z
    .array(z.object({ in: z.enum(['path', 'query', 'header']), name: z.string(), schema: schemaSchema }))
    .default([]),
  requestBody: z.object({ content: contentSchema }).optional(),
  responses: z.record(
    z.string().regex(/^[1-5]\d\d$/),
    z.object({ description: z.string().min(1), content: contentSchema.optional() }),
  ),
})
const documentSchema = z.object({
  openapi: z.literal('3.1.0'),
  info: z.object({ title: z.string(), version: z.string() }),
  paths: z.record(z.string().regex(/^\/api\//), z.record(z.string(), operationSchema)),
  components: z.object({ securitySchemes: z.record(z.string(), z.object({ type: z.string() })) }),
})

async function readDocument(): Promise<{ text: string; document: z.output<typeof documentSchema> }> {
  const response = await createApiApp(dependencies).fetch(new Request('http://api.test/api/openapi.json'))
  expect(response.status).toBe(200)
  const text = await response.text()
  return { text, document: documentSchema.parse(JSON.parse(text)) }
}

describe('the OpenAPI document', () => {
  test('has every route, each under a name of its own', async () => {
    const { document } = await readDocument()
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, { operationId }]) => `${method} ${path} ${operationId}`),
    )
    const expected = routes.map(
      ({ method, path, operationId }) => `${method} /api${path.replaceAll(/:(\w+)/g, '{$1}')} ${operationId}`,
    )
    expect(described.toSorted()).toEqual(expected.toSorted())
    expect(new Set(routes.map(({ operationId }) => operationId)).size).toBe(routes.length)
  })

  test('names each part of an address, and only schemes of security that there are', async () => {
    const { document } = await readDocument()
    for (const [path, operations] of Object.entries(document.paths)) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      for (const { parameters, security } of Object.values(operations)) {
        expect(parameters.filter((one) => one.in === 'path').map(({ name }) => name)).toEqual(inPath)
        const schemes = Object.keys(document.components.securitySchemes)
        expect(schemes).toEqual(expect.arrayContaining(security.flatMap((one) => Object.keys(one))))
      }
    }
  })

  test('describes every body and every refusal, and refers to nothing that is not there', async () => {
    const { text, document } = await readDocument()
    for (const route of routes) {
      const operation = document.paths[`/api${route.path.replaceAll(/:(\w+)/g, '{$1}')}`]?.[route.method]
      expect(operation?.requestBody !== undefined).toBe((route.body ?? route.rawBodyType) !== undefined)
      expect(operation?.responses[`${route.answer.status}`]).toBeDefined()
      for (const [status, response] of Object.entries(operation?.responses ?? {})) {
        if (Number(status) < 400) continue
        expect(response.content?.['application/json']?.example).toMatchObject({ error: expect.anything() })
      }
    }
    const whole: unknown = JSON.parse(text)
    for (const [, reference = ''] of text.matchAll(/"\$ref":"#([^"]+)"/g)) {
      const target = reference
        .split('/')
        .slice(1)
        .reduce<unknown>((value, key) => schemaSchema.parse(value)[key], whole)
      expect(target).toBeDefined()
    }
  })
})
