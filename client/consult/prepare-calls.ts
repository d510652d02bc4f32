import i18next from 'i18next'
import { journal } from '../platform/journal.ts'
import { calls } from './call-keeper.ts'

/** For the doctor's board: fetches the page, the texts and the media library of a call while nobody waits for them. */
export function prepareCalls(): void {
  calls.warm()
  Promise.all([
    import('./ConsultPage.tsx'),
    import('./DoctorPanel.tsx'),
    import('./NoteDock.tsx'),
    i18next.loadNamespaces(['consult', 'records', 'imaging']),
  ]).catch((error: unknown) => {
    journal('The page of the call comes when it is needed', error)
  })
}
