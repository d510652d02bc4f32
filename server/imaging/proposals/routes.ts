import * as endpoints from '#shared/imaging-proposal.ts'
import type { Http } from '../../platform/http.ts'
import { staff } from '../../platform/policy.ts'
import type { ImagingNeeds } from '../needs.ts'
import { confirmReading } from './confirm.ts'
import { readTextOfSnapshot } from './read-text.ts'
import { suggestAreasOf } from './suggest-areas.ts'

const policy = staff('practitioner')

export function proposalRoutes(http: Http, needs: ImagingNeeds): void {
  http.route(endpoints.readTextOf, { policy, limit: 'upload' }, (ctx, { params }) =>
    readTextOfSnapshot(needs, ctx, params.snapshotId),
  )
  http.route(endpoints.suggestAreas, { policy, limit: 'upload' }, (ctx, { params }) =>
    suggestAreasOf(needs, ctx, params.snapshotId),
  )
  http.route(endpoints.confirmReading, { policy, limit: 'write' }, (ctx, { params, body }) =>
    confirmReading(needs, ctx, { ...params, ...body }),
  )
}
