import { useHotkeys, useMediaQuery } from '@mantine/hooks'
import {
  IconDoorExit,
  IconLayoutSidebarRight,
  IconMessageCircle,
  IconMicrophone,
  IconMicrophoneOff,
  IconPhoneOff,
  IconScreenShare,
  IconScreenShareOff,
  IconVideo,
  IconVideoOff,
} from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { lazy, startTransition, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { endConsult } from '#shared/consult.ts'
import type { PractitionerId } from '#shared/ids.ts'
import { PatientSnapshots } from '../imaging/PatientSnapshots.tsx'
import { SnapshotButton } from '../imaging/SnapshotButton.tsx'
import { call as callServer } from '../platform/api.ts'
import {
  announce,
  ConfirmDialog,
  KeysHelp,
  notify,
  useInheritedFocus,
  useLate,
  useTitle,
} from '../ui/index.ts'
import type { CallSession } from './call/CallSession.ts'
import { useCall } from './call/useCall.ts'
import { chime } from './chime.ts'
import classes from './ConsultRoom.module.css'
import type { DoctorTab } from './DoctorPanel.tsx'
import { PatientPanel } from './PatientPanel.tsx'
import { BarButton, BarGap, CallBar } from './room/CallBar.tsx'
import { Stage } from './room/Stage.tsx'

const DoctorPanel = lazy(async () => ({ default: (await import('./DoctorPanel.tsx')).DoctorPanel }))
const NoteDock = lazy(async () => ({ default: (await import('./NoteDock.tsx')).NoteDock }))

const settleMs = 1000

interface ConsultRoomProps {
  session: CallSession
  /** Own name. */
  name: string
  role: 'patient' | { practitionerId: PractitionerId | null }
  /** The patient has left by wish. */
  onLeft?: () => void
}

/** The call itself: stage and bar for both, and beside them what each side needs. */
export function ConsultRoom({ session, name, role, onLeft }: ConsultRoomProps) {
  const { t } = useTranslation('consult')
  const call = useCall(session)
  const { view } = call
  const isDoctor = role !== 'patient'
  const [panel, setPanel] = useState<DoctorTab | null>(() =>
    isDoctor && matchMedia('(min-width: 62em)').matches ? 'summary' : null,
  )
  // First the picture, then the paper: what is beside the stage waits for the first frame, or a second.
  const settled = useLate(settleMs)
  const calm = call.pictured || settled
  const [asking, setAsking] = useState(false)
  const roomForDock = useMediaQuery('(min-width: 75em) and (min-height: 44em)', false, {
    getInitialValueInEffect: false,
  })
  const [dockWanted, setDockWanted] = useState(true)
  const docked = isDoctor && roomForDock && dockWanted
  const other = view?.participants.find((person) => person.participantId !== view.self)
  const otherName = other?.displayName ?? ''
  useTitle(otherName === '' ? t('room.title') : otherName, call.chat.unread)

  const microphone = () => {
    session.setMicrophone(session.state.microphone !== 'on')
    announce(session.state.microphone === 'on' ? t('bar.unmuted') : t('bar.muted'))
  }
  const camera = () => {
    session.setCamera(session.state.camera !== 'on')
    announce(session.state.camera === 'on' ? t('bar.cameraIsOn') : t('bar.cameraIsOff'))
  }
  const toggle = (tab: DoctorTab) => {
    setPanel(panel === tab ? null : tab)
  }
  useHotkeys([
    ['m', microphone],
    ['v', camera],
    [
      'c',
      () => {
        toggle('chat')
      },
    ],
  ])
  useEffect(
    () =>
      session.on('chat', (texts) => {
        announce(t('chat.arrived', { count: texts.length, text: texts.at(-1) ?? '' }))
        void chime('message')
      }),
    [session, t],
  )
  const end = useMutation({
    mutationFn: () => callServer(endConsult, { params: { consultId: session.consultId } }),
    onError: (error) => {
      notify.problem(error)
    },
  })
  const share = useMutation({
    mutationFn: () => session.startScreen(),
    onError: (error) => {
      notify.problem(error)
    },
  })
  // The stage first, by itself; its controls follow in slices that do not hold up the media.
  const [complete, setComplete] = useState(false)
  useEffect(() => {
    startTransition(() => {
      setComplete(true)
    })
  }, [])
  // What led here, the button that admits or the waiting room, is gone.
  const place = useInheritedFocus<HTMLElement>(complete, complete)
  if (!view) return null
  if (!complete) {
    return (
      <main className={classes.room} data-fill data-panel={panel !== null || undefined}>
        <Stage session={session} call={call} view={view} name={name}>
          <div className={classes.barSpace} />
        </Stage>
      </main>
    )
  }
  const canShare = 'mediaDevices' in navigator && 'getDisplayMedia' in navigator.mediaDevices
  const unread = call.chat.unread
  return (
    <main
      ref={place}
      tabIndex={-1}
      aria-label={otherName === '' ? t('room.title') : otherName}
      className={classes.room}
      data-fill
      data-panel={panel !== null || undefined}
      data-doctor={isDoctor || undefined}
    >
      <Stage session={session} call={call} view={view} name={name}>
        {!isDoctor && calm && <PatientSnapshots session={session} doctor={otherName} />}
        <CallBar label={t('bar.label')}>
          <BarButton
            icon={call.microphone === 'on' ? IconMicrophone : IconMicrophoneOff}
            label={call.microphone === 'on' ? t('bar.mute') : t('bar.unmute')}
            word={call.microphone === 'on' ? t('bar.muteWord') : t('bar.unmuteWord')}
            tone={call.microphone === 'on' ? 'plain' : 'off'}
            onClick={microphone}
            disabled={call.microphone === 'none'}
            shortcut="m"
          />
          <BarButton
            icon={call.camera === 'on' ? IconVideo : IconVideoOff}
            label={call.camera === 'on' ? t('bar.cameraOff') : t('bar.cameraOn')}
            word={call.camera === 'on' ? t('bar.cameraOffWord') : t('bar.cameraOnWord')}
            tone={call.camera === 'on' ? 'plain' : 'off'}
            onClick={camera}
            disabled={call.camera === 'none'}
            shortcut="v"
          />
          {canShare && (
            <BarButton
              icon={call.screen === 'on' ? IconScreenShareOff : IconScreenShare}
              label={call.screen === 'on' ? t('bar.stopSharing') : t('bar.share')}
              word={call.screen === 'on' ? t('bar.stopSharingWord') : t('bar.shareWord')}
              tone={call.screen === 'on' ? 'on' : 'plain'}
              onClick={() => {
                if (call.screen === 'on') session.stopScreen()
                else share.mutate()
              }}
            />
          )}
          <BarButton
            icon={IconMessageCircle}
            label={t('bar.chat')}
            word={t('bar.chat')}
            expanded={panel === 'chat'}
            badge={{ count: unread, label: t('bar.unread', { count: unread }) }}
            onClick={() => {
              toggle('chat')
            }}
            shortcut="c"
          />
          {isDoctor && (
            <SnapshotButton
              session={session}
              patient={otherName}
              onAsked={() => {
                setPanel('pictures')
              }}
            />
          )}
          {isDoctor && (
            <BarButton
              icon={IconLayoutSidebarRight}
              label={t('bar.chart')}
              word={t('bar.chartWord')}
              expanded={panel !== null && panel !== 'chat'}
              onClick={() => {
                setPanel(panel === null || panel === 'chat' ? 'summary' : null)
              }}
            />
          )}
          <BarGap />
          <BarButton
            icon={isDoctor ? IconPhoneOff : IconDoorExit}
            label={isDoctor ? t('bar.end') : t('bar.leave')}
            word={isDoctor ? t('bar.endWord') : t('bar.leave')}
            tone="danger"
            onClick={() => {
              setAsking(true)
            }}
          />
        </CallBar>
      </Stage>
      {docked && calm && view.encounterId && (
        <Suspense fallback={null}>
          <NoteDock
            encounterId={view.encounterId}
            practitionerId={role.practitionerId}
            onUndock={() => {
              setDockWanted(false)
              setPanel('note')
            }}
          />
        </Suspense>
      )}
      {isDoctor && calm && panel !== null && (
        <Suspense fallback={null}>
          <DoctorPanel
            session={session}
            view={view}
            practitionerId={role.practitionerId}
            tab={panel}
            onTab={setPanel}
            docked={docked}
            onDock={
              roomForDock
                ? () => {
                    setDockWanted(true)
                    setPanel('summary')
                  }
                : null
            }
            onClose={() => {
              setPanel(null)
            }}
          />
        </Suspense>
      )}
      {!isDoctor && panel === 'chat' && (
        <PatientPanel
          session={session}
          onClose={() => {
            setPanel(null)
          }}
        />
      )}
      <ConfirmDialog
        opened={asking}
        title={isDoctor ? t('end.title', { name: otherName }) : t('leave.title')}
        confirmLabel={isDoctor ? t('bar.end') : t('bar.leave')}
        cancelLabel={t('end.keepTalking')}
        pending={end.isPending}
        onCancel={() => {
          setAsking(false)
        }}
        onConfirm={() => {
          if (isDoctor) end.mutate()
          else void session.leave().then(onLeft)
        }}
      >
        {isDoctor ? t('end.text') : t('leave.text', { name: otherName })}
      </ConfirmDialog>
      <KeysHelp
        keys={[
          { keys: 'm', meaning: `${t('bar.mute')} / ${t('bar.unmute')}` },
          { keys: 'v', meaning: `${t('bar.cameraOff')} / ${t('bar.cameraOn')}` },
          { keys: 'c', meaning: t('bar.chat') },
        ]}
      />
    </main>
  )
}
