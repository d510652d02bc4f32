import { listSnapshots, readSnapshot, readSnapshotImage, uploadSnapshot } from '#shared/imaging.ts'
import type { Http } from '../platform/http.ts'
import { eitherOf, patients, staff } from '../platform/policy.ts'
import { captureSnapshot } from './capture.ts'
import type { Enhancements } from './enhance.ts'
import type { ImagingNeeds } from './needs.ts'
import * as view from './view.ts'

const thoseInCare = eitherOf(patients, staff('practitioner'))

export function imagingRoutes(http: Http, needs: ImagingNeeds & { enhancements: Enhancements }): void {
  http.route(uploadSnapshot, { policy: patients, limit: 'upload' }, (ctx, { params, query, bytes }) =>
    captureSnapshot(needs, ctx, { ...params, ...query, bytes }),
  )
  http.route(listSnapshots, { policy: thoseInCare, limit: 'read' }, async (ctx, { params }) => ({
    snapshots: await view.listSnapshots(needs, ctx, params.consultId),
  }))
  http.route(readSnapshot, { policy: thoseInCare, limit: 'read' }, (ctx, { params }) =>
    view.readSnapshot(needs, ctx, params.snapshotId),
  )
  http.route(readSnapshotImage, { policy: thoseInCare, limit: 'read' }, (ctx, { params }) =>
    view.readImage(needs, ctx, params),
  )
}
