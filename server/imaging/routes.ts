import {
  addPicture,
  enhanceSnapshot,
  listEnhancements,
  listSnapshots,
  readEnhancement,
  readEnhancementImage,
  readSnapshot,
  readSnapshotImage,
  uploadSnapshot,
} from '#shared/imaging.ts'
import type { Http } from '../platform/http.ts'
import { eitherOf, patients, staff } from '../platform/policy.ts'
import { addPicture as add } from './add-picture.ts'
import type { AutomaticPictures } from './automatic.ts'
import type { Descriptions } from './describe.ts'
import { captureSnapshot } from './capture.ts'
import { enhanceSnapshot as enhance } from './enhance.ts'
import * as enhancementView from './enhancement-view.ts'
import type { EnhancementWork } from './make-enhancement.ts'
import type { ImagingNeeds } from './needs.ts'
import * as view from './view.ts'

const thoseInCare = eitherOf(patients, staff('practitioner'))

type Needs = ImagingNeeds & {
  automatic: AutomaticPictures
  descriptions: Descriptions
  enhancements: EnhancementWork
}

export function imagingRoutes(http: Http, needs: Needs): void {
  http.route(uploadSnapshot, { policy: patients, limit: 'upload' }, (ctx, { params, query, bytes }) =>
    captureSnapshot(needs, ctx, { ...params, ...query, bytes }),
  )
  http.route(addPicture, { policy: thoseInCare, limit: 'upload' }, (ctx, { params, query, bytes }) =>
    add(needs, ctx, { ...params, ...query, bytes }),
  )
  http.route(listSnapshots, { policy: thoseInCare, limit: 'read' }, async (ctx, { params }) => ({
    snapshots: await view.listSnapshots(needs, ctx, params.consultId),
  }))
  http.route(readSnapshot, { policy: thoseInCare, limit: 'read' }, (ctx, { params }) =>
    view.readSnapshot(needs, ctx, params.snapshotId),
  )
  http.route(enhanceSnapshot, { policy: staff('practitioner'), limit: 'upload' }, (ctx, { params, body }) =>
    enhance(needs, ctx, { ...params, ...body }),
  )
  http.route(listEnhancements, { policy: thoseInCare, limit: 'read' }, async (ctx, { params }) => ({
    enhancements: await enhancementView.listEnhancements(needs, ctx, params.snapshotId),
  }))
  http.route(readEnhancement, { policy: thoseInCare, limit: 'read' }, (ctx, { params }) =>
    enhancementView.readEnhancement(needs, ctx, params.enhancementId),
  )
  http.route(readEnhancementImage, { policy: thoseInCare, limit: 'read' }, (ctx, { params }) =>
    enhancementView.readEnhancementImage(needs, ctx, params.enhancementId),
  )
  // The last: its `:variant` would answer for the others.
  http.route(readSnapshotImage, { policy: thoseInCare, limit: 'read' }, (ctx, { params }) =>
    view.readImage(needs, ctx, params),
  )
}
