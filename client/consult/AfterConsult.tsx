import { Button } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ConsultView } from '#shared/consult.ts'
import type { EncounterId, PractitionerId } from '#shared/ids.ts'
import { PatientContextPanel } from '../records/PatientContextPanel.tsx'
import { useNoteDraft } from '../records/useNoteDraft.ts'
import { VisitNote } from '../records/VisitNote.tsx'
import { Loading, Panel, useInheritedFocus } from '../ui/index.ts'
import classes from './AfterConsult.module.css'

/** The call is over, the doctor's work is not: the note beside the chart, then back to the clinic. */
export function AfterConsult({
  view,
  practitionerId,
}: {
  view: ConsultView
  practitionerId: PractitionerId | null
}) {
  const { t } = useTranslation('consult')
  const patient = view.participants.find((person) => person.role === 'patient')?.displayName ?? ''
  // The call has gone, and with it whatever had the focus; the title is read out with it.
  const title = useInheritedFocus<HTMLHeadingElement>()
  return (
    <main className={classes.page}>
      <header className={classes.head}>
        <div>
          <h1 ref={title} tabIndex={-1} className={classes.title}>
            {t('after.title', { name: patient })}
          </h1>
          {view.encounterId && <WhatIsLeft encounterId={view.encounterId} />}
        </div>
        <Button
          component={Link}
          to="/clinic"
          variant="default"
          leftSection={<IconArrowLeft size={18} stroke={1.75} aria-hidden />}
        >
          {t('after.back')}
        </Button>
      </header>
      <div className={classes.columns}>
        {/* What a panel still has to load is awaited in its place: the page stays, and the focus in it. */}
        <Panel flush>
          <Suspense fallback={<Loading />}>
            {view.encounterId && (
              <VisitNote encounterId={view.encounterId} practitionerId={practitionerId} place="panel" />
            )}
          </Suspense>
        </Panel>
        <Panel flush>
          <Suspense fallback={<Loading />}>
            {view.patientId && <PatientContextPanel patientId={view.patientId} />}
          </Suspense>
        </Panel>
      </div>
    </main>
  )
}

function WhatIsLeft({ encounterId }: { encounterId: EncounterId }) {
  const { t } = useTranslation('consult')
  const { draft } = useNoteDraft(encounterId)
  return <p className={classes.text}>{t(draft.state === 'signed' ? 'after.signed' : 'after.text')}</p>
}
