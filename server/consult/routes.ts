import {
  admitPatient as admitEndpoint,
  endConsult as endEndpoint,
  giveConsent,
  issueClinicTicket,
  issueConsultTicket,
  openLink,
  readClinic,
  readJoinLink,
  revokeJoinLink,
  verifyLink,
} from '#shared/consult.ts'
import type { Http } from '#server/platform/http.ts'
import { anyone, anyoneSignedIn, eitherOf, patients, staff } from '#server/platform/policy.ts'
import { admitPatient } from './admit.ts'
import type { AdmissionNeeds } from './admit.ts'
import type { Consents } from './consents.ts'
import { endConsult } from './end.ts'
import type { EndNeeds } from './end.ts'
import { readBoard } from './clinic.ts'
import type { Links } from './links.ts'
import type { ConsultNeeds } from './needs.ts'
import type { Tickets } from './tickets.ts'

export type RouteNeeds = ConsultNeeds &
  AdmissionNeeds &
  EndNeeds & { links: Links; tickets: Tickets; consents: Consents }

export function consultRoutes(http: Http, needs: RouteNeeds): void {
  const { links, tickets, consents } = needs
  const whoMayHaveLinks = eitherOf(staff('scheduler', 'practitioner'), patients)

  http.route(readJoinLink, { policy: whoMayHaveLinks, limit: 'write' }, (ctx, { params }) =>
    links.read(ctx, params.appointmentId),
  )
  http.route(
    revokeJoinLink,
    { policy: staff('scheduler', 'practitioner'), limit: 'write' },
    async (ctx, { params }) => {
      await links.revoke(ctx, params.appointmentId)
      return {}
    },
  )
  http.route(openLink, { policy: anyone, limit: 'auth' }, (ctx, { body }) => links.open(ctx, body.token))
  http.route(verifyLink, { policy: anyone, limit: 'auth' }, (ctx, { body }) =>
    links.verify(ctx, body.token, body.birthDate),
  )

  http.route(giveConsent, { policy: patients, limit: 'write' }, async (ctx, { params, body }) => {
    await consents.give(ctx, params.consultId, body)
    return {}
  })
  http.route(issueConsultTicket, { policy: anyoneSignedIn, limit: 'write' }, (ctx, { params }) =>
    tickets.forConsult(ctx, params.consultId),
  )
  http.route(issueClinicTicket, { policy: staff('practitioner'), limit: 'write' }, (ctx) =>
    tickets.forClinic(ctx),
  )

  http.route(readClinic, { policy: staff('practitioner'), limit: 'read' }, (ctx) => readBoard(needs, ctx))
  http.route(admitEndpoint, { policy: staff('practitioner'), limit: 'write' }, (ctx, { params }) =>
    admitPatient(needs, ctx, params.consultId),
  )
  http.route(endEndpoint, { policy: staff('practitioner'), limit: 'write' }, async (ctx, { params }) => {
    await endConsult(needs, ctx, params.consultId)
    return {}
  })
}
