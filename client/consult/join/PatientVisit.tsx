import i18next from 'i18next'
import { Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { DeviceCheck } from '#shared/consult.ts'
import type { ConsultId } from '#shared/ids.ts'
import { journal } from '../../platform/journal.ts'
import { preloadable } from '../../platform/preloadable.ts'
import { announce, FocusPage, Loading } from '../../ui/index.ts'
import { useCall } from '../call/useCall.ts'
import { CallOver } from '../CallOver.tsx'
import { chime } from '../chime.ts'
import { useHeldCall } from '../useHeldCall.ts'
import { WaitingRoom } from '../WaitingRoom.tsx'
import { ConsentStep } from './ConsentStep.tsx'
import { DeviceCheckStep } from './DeviceCheckStep.tsx'

const ConsultRoom = preloadable(async () => {
  const [room] = await Promise.all([import('../ConsultRoom.tsx'), i18next.loadNamespaces('imaging')])
  return room.ConsultRoom
})

interface PatientVisitProps {
  consultId: ConsultId
  /** The patient's own name. */
  name: string
  clinic: string
  telecom: string | null
  /** Null when not known before the consult itself tells. */
  doctor: string | null
  specialty: string | null
}

/** From the agreement to the end of the call, on one page: camera and connection stay as they are throughout. */
export function PatientVisit({
  justArrived = false,
  ...props
}: PatientVisitProps & { justArrived?: boolean }) {
  const [agreed, setAgreed] = useState(!justArrived)
  const [attempt, setAttempt] = useState(0)
  const onAgreed = () => {
    setAgreed(true)
    setAttempt(attempt + 1)
  }
  const { consultId, clinic, telecom, doctor, specialty } = props
  if (agreed) return <Attempt key={attempt} {...props} onAgreed={onAgreed} />
  return (
    <FocusPage clinic={clinic} person={doctor === null ? undefined : { name: doctor, role: specialty ?? '' }}>
      <ConsentStep consultId={consultId} clinic={clinic} telecom={telecom} onDone={onAgreed} />
    </FocusPage>
  )
}

/** After a reload the server says where one was: it lets nobody in who has not agreed. */
function Attempt({ onAgreed, ...props }: PatientVisitProps & { onAgreed: () => void }) {
  const { consultId, name, clinic, telecom, specialty } = props
  const { t } = useTranslation('consult')
  const navigate = useNavigate()
  const session = useHeldCall(consultId)
  const call = useCall(session)
  const [check, setCheck] = useState<{ heard: boolean; speaker: DeviceCheck['speaker'] } | null>(null)
  const state = call.view?.state
  const doctor = props.doctor ?? call.view?.practitionerName ?? ''

  useEffect(() => {
    ConsultRoom.preload().catch((error: unknown) => {
      journal('The room comes when it is needed', error)
    })
  }, [])
  useEffect(() => {
    // Back after a reload: the steps are behind us, only the camera has to be opened.
    if (state === 'waiting' || state === 'live') void session.devices.open()
  }, [session, state])
  useEffect(
    () =>
      session.on('live', () => {
        announce(t('wait.ready', { doctor }), true)
        // After the picture has been asked for: making a sound takes a browser its time.
        setTimeout(() => void chime('ready'), 500)
      }),
    [session, t, doctor],
  )
  const ended = call.end?.reason === 'ended' || state === 'ended'
  useEffect(() => {
    if (ended) void navigate(`/visits/${consultId}/summary`, { replace: true })
  }, [ended, navigate, consultId])

  if (state === 'live' && !call.end) {
    return (
      <Suspense fallback={null}>
        <ConsultRoom
          session={session}
          name={name}
          role="patient"
          onLeft={() => void navigate(`/visits/${consultId}/summary`)}
        />
      </Suspense>
    )
  }
  return (
    <FocusPage
      clinic={clinic}
      person={doctor === '' ? undefined : { name: doctor, role: specialty ?? '' }}
      wide={state === 'preparing' || state === 'waiting'}
    >
      {content()}
    </FocusPage>
  )

  function content() {
    if (call.end?.error?.code === 'consent_required') {
      return <ConsentStep consultId={consultId} clinic={clinic} telecom={telecom} onDone={onAgreed} />
    }
    if (call.end && !ended) return <CallOver end={call.end} telecom={telecom} />
    if (ended || !call.view) return <Loading />
    if (state === 'preparing') return <DeviceCheckStep session={session} name={name} onDone={setCheck} />
    return (
      <WaitingRoom
        session={session}
        view={call.view}
        name={name}
        check={check}
        onLeave={() => {
          void session.leave().then(() => navigate('/', { replace: true }))
        }}
      />
    )
  }
}
