import { listModels, runOwnModel } from '#shared/imaging-models.ts'
import type { Http } from '../../platform/http.ts'
import { staff } from '../../platform/policy.ts'
import { runOwnModel as run, type OwnModelNeeds } from './run-own-model.ts'

export function modelRoutes(http: Http, needs: OwnModelNeeds): void {
  const people = staff('practitioner', 'scheduler', 'administrator')
  http.route(listModels, { policy: people, limit: 'read' }, async () => ({ models: needs.models.list() }))
  http.route(runOwnModel, { policy: staff('practitioner'), limit: 'upload' }, (ctx, { params }) =>
    run(needs, ctx, params),
  )
}
