import { proposeOutline } from '#shared/imaging-outline.ts'
import type { Http } from '../../platform/http.ts'
import { staff } from '../../platform/policy.ts'
import type { ImagingNeeds } from '../needs.ts'
import { proposeOutline as propose } from './propose-outline.ts'

export function outlineRoutes(http: Http, needs: ImagingNeeds): void {
  http.route(proposeOutline, { policy: staff('practitioner'), limit: 'upload' }, (ctx, { params, body }) =>
    propose(needs, ctx, { ...params, seed: body }),
  )
}
