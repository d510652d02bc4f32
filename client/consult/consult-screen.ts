import { screen } from '../app/screen.ts'

/** The page of one consult; the doctor's board loads it beforehand. */
export const ConsultScreen = screen(
  ['consult', 'records', 'imaging'],
  async () => (await import('./ConsultPage.tsx')).ConsultPage,
)
