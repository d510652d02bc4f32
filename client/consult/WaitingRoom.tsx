import { Button } from '@mantine/core'
import { IconDoorExit, IconMessageCircle, IconStethoscope, IconVideo } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConsultView, DeviceCheck } from '#shared/consult.ts'
import { journal } from '../platform/journal.ts'
import { formatLength, useNow } from '../platform/time.ts'
import { announce, ConfirmDialog, Notice, Panel, StatusWord, Step, TimeText, useTitle } from '../ui/index.ts'
import type { CallSession } from './call/CallSession.ts'
import { useCall } from './call/useCall.ts'
import { Chat } from './Chat.tsx'
import { deviceCheckOf } from './join/device-check.ts'
import { VideoTile } from './VideoTile.tsx'
import classes from './WaitingRoom.module.css'

interface WaitingRoomProps {
  session: CallSession
  view: ConsultView
  name: string
  /** What the patient found in the device check; null after a reload, when it is already on the doctor's board. */
  check: { heard: boolean; speaker: DeviceCheck['speaker'] } | null
  onLeave: () => void
}

/** Where the patient waits: the place in the queue, what happens next, and the clinic within reach. */
export function WaitingRoom({ session, view, name, check, onLeave }: WaitingRoomProps) {
  const { t } = useTranslation('consult')
  const call = useCall(session)
  const [leaving, setLeaving] = useState(false)
  const position = view.queue?.position ?? null
  const place = placeWords()
  useTitle(place)

  useEffect(() => {
    if (position !== null) announce(place)
  }, [position, place])
  useLateProbe(session, check)

  function placeWords(): string {
    if (position === null) return t('wait.soon')
    return position === 1 ? t('wait.next') : t('wait.before', { count: position - 1 })
  }
  return (
    <Step
      step={4}
      of={4}
      title={t('wait.title')}
      hint={t('wait.hint', { doctor: view.practitionerName })}
      actions={
        <Button
          size="lg"
          variant="subtle"
          color="gray"
          leftSection={<IconDoorExit size={20} stroke={1.75} aria-hidden />}
          onClick={() => {
            setLeaving(true)
          }}
        >
          {t('wait.leave')}
        </Button>
      }
    >
      {call.link === 'offline' && <Notice tone="caution">{t('wait.offline')}</Notice>}
      <div className={classes.place}>
        {position !== null && (
          <span className={classes.number} aria-hidden>
            {position}
          </span>
        )}
        <div>
          <p className={classes.words}>{place}</p>
          <p className={classes.since}>
            {t('wait.planned')} <TimeText at={view.startsAt} as="time" />
            {view.queue && <WaitedFor since={view.queue.waitingSince} />}
          </p>
        </div>
      </div>
      <div className={classes.two}>
        <div className={classes.preview}>
          <VideoTile name={name} video={session.devices.track('camera')} muted mirrored />
        </div>
        <ol className={classes.next}>
          <li>
            <IconStethoscope size={20} stroke={1.75} aria-hidden />
            {t('wait.steps.ready', { doctor: view.practitionerName })}
          </li>
          <li>
            <IconVideo size={20} stroke={1.75} aria-hidden />
            {t('wait.steps.call')}
          </li>
          <li>
            <IconMessageCircle size={20} stroke={1.75} aria-hidden />
            {t('wait.steps.meanwhile')}
          </li>
        </ol>
      </div>
      <Panel title={t('wait.prepare.title')}>
        <ul className={classes.prepare}>
          <li>{t('wait.prepare.medicines')}</li>
          <li>{t('wait.prepare.values')}</li>
          <li>{t('wait.prepare.questions')}</li>
          <li>{t('wait.prepare.light')}</li>
        </ul>
      </Panel>
      <Panel title={t('wait.chat', { clinic: view.organizationName })} flush>
        <Chat session={session} compact hint={t('wait.chatHint')} />
      </Panel>
      <StatusWord tone="info">{t('wait.emergency')}</StatusWord>
      <ConfirmDialog
        opened={leaving}
        title={t('wait.leaveTitle')}
        confirmLabel={t('wait.leave')}
        cancelLabel={t('wait.stay')}
        onCancel={() => {
          setLeaving(false)
        }}
        onConfirm={onLeave}
      >
        {t('wait.leaveText')}
      </ConfirmDialog>
    </Step>
  )
}

function WaitedFor({ since }: { since: number }) {
  const { t } = useTranslation('consult')
  const waited = useNow() - since
  if (waited < 60_000) return null
  return <> · {t('wait.waited', { length: formatLength(waited) })}</>
}

/** Who was faster than the test of the line, sends its result after. */
function useLateProbe(session: CallSession, check: WaitingRoomProps['check']): void {
  const { probe } = useCall(session)
  const late = useRef(typeof session.state.probe === 'string')
  useEffect(() => {
    if (!check || !late.current || typeof probe === 'string') return
    late.current = false
    session.wait(deviceCheckOf(session.state, check.heard, check.speaker)).catch((error: unknown) => {
      journal('The result of the connection test stays here', error)
    })
  }, [session, probe, check])
}
