import type { SnapshotId } from '#shared/ids.ts'
import type { Context } from '../platform/context.ts'
import type { Http } from '../platform/http.ts'
import { createAutomaticPictures } from './automatic.ts'
import { createDescriptions } from './describe.ts'
import { enhancementEntity } from './enhancement.entity.ts'
import { createEnhancementWork } from './make-enhancement.ts'
import { watchRequests } from './lapsed-requests.ts'
import { keepEarlier, type EarlierPicture } from './keep-earlier.ts'
import { openRequestOf } from './requests.store.ts'
import { imagingRoutes } from './routes.ts'
import { createArchiveWork } from './export/archive-work.ts'
import type { ExportNeeds } from './export/needs.ts'
import { pictureExportEntity } from './export/picture-export.entity.ts'
import { exportRoutes } from './export/routes.ts'
import { snapshotRequestEntity } from './snapshot-request.entity.ts'
import { addSnapshotRequests } from './snapshots.socket.ts'
import { compareRoutes } from './compare/routes.ts'
import { shownPictureEntity } from './compare/shown-picture.entity.ts'
import { siteRoutes } from './sites/routes.ts'
import { annotationEntity } from './viewer/annotation.entity.ts'
import { viewerRoutes } from './viewer/routes.ts'
import { outlineRoutes } from './outline/routes.ts'
import { switchEntity } from './switches/switch.entity.ts'
import { switchRoutes } from './switches/routes.ts'
import { proposalRoutes } from './proposals/routes.ts'
import { modelRoutes } from './own-model/routes.ts'
import type { OwnModelNeeds } from './own-model/run-own-model.ts'
import { addViewerRequests } from './viewer/viewer.socket.ts'

export type { ArchiveSettings } from './export/archive.client.ts'
export type { ImagingNeeds } from './needs.ts'
export { createModels } from './own-model/models.ts'
export { createPipeline } from './pipeline/index.ts'
export { createRecognition } from './recognition/index.ts'
export { createSwitches, type Switches } from './switches/switches.ts'

export const imagingEntities = [
  snapshotRequestEntity,
  enhancementEntity,
  annotationEntity,
  pictureExportEntity,
  switchEntity,
  shownPictureEntity,
]

export type Imaging = {
  /** Keeps a picture that was taken in a visit of the past. @throws ImageRejected. */
  keepEarlier(ctx: Context, picture: EarlierPicture): Promise<SnapshotId>
  addRoutes(http: Http): void
  /** Waits for the pictures under way, then ends the media processes. */
  close(): Promise<void>
}

/** Pictures in a consult: asked for, allowed, captured, enhanced, looked at. */
export function createImaging(needs: ExportNeeds & OwnModelNeeds): Imaging {
  const automatic = createAutomaticPictures(needs)
  const descriptions = createDescriptions(needs)
  const enhancements = createEnhancementWork(needs)
  const archive = createArchiveWork(needs)
  addSnapshotRequests(needs)
  addViewerRequests(needs)
  watchRequests(needs)
  needs.consult.useSnapshotRequests(async (tx, consultId) => {
    const request = await openRequestOf(tx, consultId, needs.clock.now())
    return (
      request && {
        requestId: request.id,
        requestedBy: request.requestedBy,
        expiresAt: request.expiresAt,
        reason: request.reason,
      }
    )
  })
  return {
    keepEarlier: (ctx, picture) => keepEarlier({ ...needs, automatic, descriptions }, ctx, picture),
    addRoutes(http) {
      // Before the pictures' own: their `/:variant` would swallow `/annotations`.
      viewerRoutes(http, needs)
      exportRoutes(http, needs)
      switchRoutes(http, needs)
      siteRoutes(http, needs)
      compareRoutes(http, needs)
      proposalRoutes(http, needs)
      modelRoutes(http, needs)
      outlineRoutes(http, needs)
      imagingRoutes(http, { ...needs, automatic, descriptions, enhancements })
    },
    async close() {
      archive.close()
      await Promise.all([automatic.settled(), descriptions.settled(), enhancements.settled()])
      await Promise.all([needs.pipeline.close(), needs.recognition.close(), needs.models.close()])
    },
  }
}
