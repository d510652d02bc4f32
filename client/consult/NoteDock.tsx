import { Button } from '@mantine/core'
import { IconLayoutSidebarRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { EncounterId, PractitionerId } from '#shared/ids.ts'
import { VisitNote } from '../records/VisitNote.tsx'
import classes from './ConsultRoom.module.css'

interface NoteDockProps {
  encounterId: EncounterId
  practitionerId: PractitionerId | null
  onUndock: () => void
}

/** The note under the video: the doctor writes without losing the patient's eyes. */
export function NoteDock({ encounterId, practitionerId, onUndock }: NoteDockProps) {
  const { t } = useTranslation('consult')
  return (
    <div className={classes.dock}>
      <VisitNote
        encounterId={encounterId}
        practitionerId={practitionerId}
        place="dock"
        aside={
          <Button
            variant="subtle"
            color="gray"
            size="sm"
            leftSection={<IconLayoutSidebarRight size={18} stroke={1.75} aria-hidden />}
            onClick={onUndock}
          >
            {t('panel.undock')}
          </Button>
        }
      />
    </div>
  )
}
