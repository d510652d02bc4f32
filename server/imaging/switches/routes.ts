import { readOwnSwitches, readSwitches, setSwitch } from '#shared/imaging-recognition.ts'
import type { Http } from '../../platform/http.ts'
import type { Logger } from '../../platform/log.ts'
import { staff } from '../../platform/policy.ts'
import type { Recognition } from '../recognition/index.ts'
import type { Switches } from './switches.ts'

type Needs = { switches: Switches; recognition: Recognition; log: Logger }

export function switchRoutes(http: Http, { switches, recognition, log }: Needs): void {
  http.route(readOwnSwitches, { policy: staff('practitioner'), limit: 'read' }, async (ctx) => {
    const own = await switches.own(ctx)
    // A doctor's consult screen asks this when it opens: the models are ready by the time that they are wanted.
    if (Object.values(own).includes(true))
      recognition
        .warm()
        .catch((error: unknown) => log.warn({ err: error }, 'models did not open ahead of need'))
    return { switches: own }
  })
  http.route(readSwitches, { policy: staff('administrator'), limit: 'read' }, async (ctx, { params }) => ({
    switches: await switches.list(ctx, params.organizationId),
  }))
  http.route(setSwitch, { policy: staff('administrator'), limit: 'write' }, (ctx, { params, body }) =>
    switches.set(ctx, { ...params, ...body }),
  )
}
