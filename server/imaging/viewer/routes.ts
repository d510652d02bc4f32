import {
  addAnnotation,
  listAnnotations,
  removeAnnotation,
  restoreAnnotation,
} from '#shared/imaging-viewer.ts'
import type { Http } from '../../platform/http.ts'
import { eitherOf, patients, staff } from '../../platform/policy.ts'
import type { ImagingNeeds } from '../needs.ts'
import * as annotate from './annotate.ts'

const thoseInCare = eitherOf(patients, staff('practitioner'))

export function viewerRoutes(http: Http, needs: ImagingNeeds): void {
  http.route(listAnnotations, { policy: thoseInCare, limit: 'read' }, async (ctx, { params }) => ({
    annotations: await annotate.listAnnotations(needs, ctx, params.snapshotId),
  }))
  http.route(addAnnotation, { policy: thoseInCare, limit: 'write' }, (ctx, { params, body }) =>
    annotate.addAnnotation(needs, ctx, { ...params, ...body }),
  )
  http.route(removeAnnotation, { policy: thoseInCare, limit: 'write' }, async (ctx, { params }) => {
    await annotate.removeAnnotation(needs, ctx, params.annotationId)
    return {}
  })
  http.route(restoreAnnotation, { policy: thoseInCare, limit: 'write' }, (ctx, { params }) =>
    annotate.restoreAnnotation(needs, ctx, params.annotationId),
  )
}
