import { Button, Tabs } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ConsultView } from '#shared/consult.ts'
import type { PractitionerId } from '#shared/ids.ts'
import { Snapshots } from '../imaging/Snapshots.tsx'
import { PatientContextPanel } from '../records/PatientContextPanel.tsx'
import { VisitNote } from '../records/VisitNote.tsx'
import { Loading } from '../ui/index.ts'
import type { CallSession } from './call/CallSession.ts'
import { useCall } from './call/useCall.ts'
import { Chat } from './Chat.tsx'
import classes from './DoctorPanel.module.css'
import { SidePanel } from './room/SidePanel.tsx'

export type DoctorTab = 'summary' | 'note' | 'pictures' | 'chat'

interface DoctorPanelProps {
  session: CallSession
  view: ConsultView
  practitionerId: PractitionerId | null
  tab: DoctorTab
  onTab: (tab: DoctorTab) => void
  /** The note is under the video. */
  docked: boolean
  /** Puts it there; null where there is no room. */
  onDock: (() => void) | null
  onClose: () => void
}

/** The patient's context beside the video. */
export function DoctorPanel(props: DoctorPanelProps) {
  const { session, view, practitionerId, tab, onTab, docked, onDock, onClose } = props
  const { t } = useTranslation('consult')
  const { unread } = useCall(session).chat
  return (
    <Tabs
      value={tab}
      onChange={(next) => {
        if (isTab(next)) onTab(next)
      }}
      className={classes.tabs ?? ''}
    >
      <SidePanel
        label={t('panel.label')}
        onClose={onClose}
        head={
          <Tabs.List className={classes.list ?? ''}>
            <Tabs.Tab value="summary">{t('panel.summary')}</Tabs.Tab>
            <Tabs.Tab value="note">{t('panel.note')}</Tabs.Tab>
            <Tabs.Tab value="pictures">{t('panel.pictures')}</Tabs.Tab>
            <Tabs.Tab value="chat">
              {t('panel.chat')}
              {unread > 0 && <span className={classes.unread}>{unread}</span>}
            </Tabs.Tab>
          </Tabs.List>
        }
      >
        <Tabs.Panel value="summary">
          {view.patientId ? <PatientContextPanel patientId={view.patientId} /> : <Loading />}
        </Tabs.Panel>
        <Tabs.Panel value="note">
          {docked && <p className={classes.where}>{t('panel.docked')}</p>}
          {!docked && !view.encounterId && <Loading />}
          {!docked && view.encounterId && (
            <VisitNote
              encounterId={view.encounterId}
              practitionerId={practitionerId}
              place="panel"
              aside={
                onDock && (
                  <Button variant="subtle" color="gray" size="sm" onClick={onDock}>
                    {t('panel.dock')}
                  </Button>
                )
              }
            />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="pictures">
          <Snapshots session={session} />
        </Tabs.Panel>
        <Tabs.Panel value="chat" className={classes.chat ?? ''}>
          <Chat session={session} hint={t('chat.empty')} />
        </Tabs.Panel>
      </SidePanel>
    </Tabs>
  )
}

function isTab(value: string | null): value is DoctorTab {
  return value === 'summary' || value === 'note' || value === 'pictures' || value === 'chat'
}
