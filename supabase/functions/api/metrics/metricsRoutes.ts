import { err, ok } from '../../../../src/shared/result.ts'
import type { ApiDependencies } from '../dependencies.ts'
import { refuse } from '../refusal.ts'
import { defineRoute } from '../route.ts'
import type { Route } from '../route.ts'
import { createServiceCall } from '../serviceCall.ts'
import { describeFigures } from './describeFigures.ts'
import { PROMETHEUS_CONTENT_TYPE, renderPrometheusText } from './prometheusText.ts'
import { serviceFiguresSchema } from './serviceFigures.ts'

/** The service's figures for Prometheus. */
export function createMetricsRoutes(dependencies: ApiDependencies): readonly Route[] {
  const call = createServiceCall(dependencies)
  return [
    defineRoute({
      method: 'get',
      path: '/metrics',
      operationId: 'readMetrics',
      summary: 'The figures of the service, as Prometheus reads them',
      access: 'secret',
      answer: { status: 200, contentType: PROMETHEUS_CONTENT_TYPE },
      refusals: [],
      async handle() {
        const answer = await call('read_metrics', {})
        if (!answer.ok) return answer
        const figures = serviceFiguresSchema.safeParse(answer.value)
        if (figures.success) return ok(renderPrometheusText(describeFigures(figures.data)))
        console.error('api: read_metrics answered against the contract:', figures.error.issues)
        return err(refuse('internal'))
      },
    }),
  ]
}
