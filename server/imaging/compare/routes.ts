import { compareSnapshot } from '#shared/imaging-compare.ts'
import type { Http } from '../../platform/http.ts'
import { staff } from '../../platform/policy.ts'
import type { ImagingNeeds } from '../needs.ts'
import { compare } from './compare.ts'

export function compareRoutes(http: Http, needs: ImagingNeeds): void {
  // As costly as a picture that comes in.
  http.route(compareSnapshot, { policy: staff('practitioner'), limit: 'upload' }, (ctx, { params, body }) =>
    compare(needs, ctx, { ...params, ...body }),
  )
}
