import { hourMs } from '#shared/time.ts'
import type { ImagingNeeds } from './needs.ts'
import { lapseRequest, unansweredRequests } from './requests.store.ts'

const sweepEveryMs = 10_000
/** A question that ran out longer ago is of no news to anybody. */
const ofInterestMs = hourMs

/** Tells the doctor of questions for pictures that nothing came of: not answered, or allowed and no picture came. */
export function watchRequests({ db, clock, log, jobs, consult }: ImagingNeeds): void {
  jobs.every('lapsed picture requests', sweepEveryMs, async () => {
    const now = clock.now()
    for (const request of await db.read((tx) => unansweredRequests(tx, now - ofInterestMs, now))) {
      const { id: requestId, consultId, state } = request
      const lapsed = await db.write(async (tx) => {
        if (!(await lapseRequest(tx, request))) return false
        await consult.changed(tx, consultId)
        return true
      })
      if (!lapsed) continue
      log.info({ consultId, requestId, state }, 'no picture came of a question')
      consult.tell(consultId, 'snapshot:lapsed', { requestId, allowed: state === 'allowed' })
    }
  })
}
