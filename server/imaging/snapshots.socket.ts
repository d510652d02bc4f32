import type { SocketPolicy } from '../platform/realtime.ts'
import type { ImagingNeeds } from './needs.ts'
import { answerSnapshot, askForSnapshot } from './request.ts'

const practitionerOfConsult: SocketPolicy = {
  sentence: 'The practitioner of the consult that the ticket was made for, while it is live',
  allows: (peer) => peer.ticket.kind === 'consult' && peer.actor.role === 'practitioner',
}
const patientOfConsult: SocketPolicy = {
  sentence: 'The patient of the consult that the ticket was made for, while it is live',
  allows: (peer) => peer.ticket.kind === 'consult' && peer.actor.role === 'patient',
}

export function addSnapshotRequests(needs: ImagingNeeds): void {
  const { realtime, consult } = needs
  realtime.on('snapshot:request', { policy: practitionerOfConsult, limit: 'signal' }, (ctx, peer, wish) =>
    askForSnapshot(needs, ctx, consult.seatOf(peer), wish),
  )
  realtime.on(
    'snapshot:answer',
    { policy: patientOfConsult, limit: 'signal' },
    async (ctx, peer, { requestId, allowed }) => {
      await answerSnapshot(needs, ctx, consult.seatOf(peer), requestId, allowed)
      return {}
    },
  )
}
