import * as wire from '#shared/imaging-compare.ts'
import type { Http } from '../../platform/http.ts'
import { eitherOf, patients, staff } from '../../platform/policy.ts'
import type { ImagingNeeds } from '../needs.ts'
import { compare } from './compare.ts'
import { readShown, readShownImage, showPicture } from './shown.ts'

const thoseInCare = eitherOf(patients, staff('practitioner'))

export function compareRoutes(http: Http, needs: ImagingNeeds): void {
  // As costly as a picture that comes in.
  http.route(
    wire.compareSnapshot,
    { policy: staff('practitioner'), limit: 'upload' },
    (ctx, { params, body }) => compare(needs, ctx, { ...params, ...body }),
  )
  http.route(wire.showPicture, { policy: staff('practitioner'), limit: 'write' }, async (ctx, { params }) => {
    await showPicture(needs, ctx, params)
    return {}
  })
  http.route(wire.readShownPicture, { policy: thoseInCare, limit: 'read' }, (ctx, { params }) =>
    readShown(needs, ctx, params),
  )
  http.route(wire.readShownImage, { policy: thoseInCare, limit: 'read' }, (ctx, { params }) =>
    readShownImage(needs, ctx, params),
  )
}
