import * as endpoints from '#shared/imaging-export.ts'
import type { Http } from '../../platform/http.ts'
import { staff } from '../../platform/policy.ts'
import { exportDicom, exportDrawings } from './export-dicom.ts'
import type { ExportNeeds } from './needs.ts'
import { printPicture } from './sheet.ts'
import { listArchiveTransfers, sendToArchive } from './transfer.ts'

const policy = staff('practitioner')

export function exportRoutes(http: Http, needs: ExportNeeds): void {
  http.route(endpoints.exportDicom, { policy, limit: 'upload' }, (ctx, { params, body }) =>
    exportDicom(needs, ctx, { ...params, ...body }),
  )
  http.route(endpoints.exportDrawings, { policy, limit: 'upload' }, (ctx, { params, body }) =>
    exportDrawings(needs, ctx, { ...params, ...body }),
  )
  http.route(endpoints.sendToArchive, { policy, limit: 'write' }, (ctx, { params, body }) =>
    sendToArchive(needs, ctx, { ...params, ...body }),
  )
  http.route(endpoints.listArchiveTransfers, { policy, limit: 'read' }, (ctx, { params }) =>
    listArchiveTransfers(needs, ctx, params.snapshotId),
  )
  http.route(endpoints.printPicture, { policy, limit: 'write' }, (ctx, { params, body }) =>
    printPicture(needs, ctx, { ...params, ...body }),
  )
}
