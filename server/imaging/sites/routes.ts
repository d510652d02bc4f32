import {
  countPicturesBySite,
  listEarlierPictures,
  listPatientPictures,
  setBodySite,
} from '#shared/imaging-series.ts'
import type { Http } from '../../platform/http.ts'
import { eitherOf, patients, staff } from '../../platform/policy.ts'
import type { ImagingNeeds } from '../needs.ts'
import { countBySite, listEarlier, listPictures } from './series.ts'
import { setSite } from './set-site.ts'

const thoseInCare = eitherOf(patients, staff('practitioner'))

export function siteRoutes(http: Http, needs: ImagingNeeds): void {
  http.route(setBodySite, { policy: staff('practitioner'), limit: 'write' }, (ctx, { params, body }) =>
    setSite(needs, ctx, { ...params, ...body }),
  )
  http.route(countPicturesBySite, { policy: thoseInCare, limit: 'read' }, async (ctx, { params }) => ({
    sites: await countBySite(needs, ctx, params.patientId),
  }))
  http.route(listPatientPictures, { policy: thoseInCare, limit: 'read' }, (ctx, { params, body }) =>
    listPictures(needs, ctx, { ...params, ...body }),
  )
  http.route(
    listEarlierPictures,
    { policy: staff('practitioner'), limit: 'read' },
    (ctx, { params, query }) => listEarlier(needs, ctx, { ...params, ...query }),
  )
}
