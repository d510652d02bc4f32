import { Button } from '@mantine/core'
import { IconDoorEnter, IconUserPause } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'
import type { ConsultView } from '#shared/consult.ts'
import { ConsultId } from '#shared/ids.ts'
import type { Me } from '#shared/identity.ts'
import { useSession } from '../identity/useSession.ts'
import {
  EmptyState,
  ErrorNotice,
  ErrorState,
  FocusPage,
  Loading,
  SavingButton,
  useTitle,
} from '../ui/index.ts'
import { AfterConsult } from './AfterConsult.tsx'
import { admit } from './call-keeper.ts'
import { useCall } from './call/useCall.ts'
import { CallOver } from './CallOver.tsx'
import { ConsultRoom } from './ConsultRoom.tsx'
import { PatientVisit } from './join/PatientVisit.tsx'
import { useHeldCall } from './useHeldCall.ts'

/** One consult: the doctor's room, or the way back in for a patient who is signed in. */
export function ConsultPage() {
  const { t } = useTranslation('consult')
  const { id } = useParams()
  const session = useSession()
  const consultId = ConsultId.safeParse(id)
  useTitle(t('room.title'))
  if (!consultId.success) {
    return (
      <FocusPage>
        <ErrorState error={null} action={<BackToClinic />} />
      </FocusPage>
    )
  }
  if (session.state !== 'in') return <Loading />
  const { me } = session
  if (me.role === 'patient') {
    return (
      <PatientVisit
        key={consultId.data}
        consultId={consultId.data}
        name={me.displayName}
        clinic={me.organization.name}
        telecom={null}
        doctor={null}
        specialty={null}
      />
    )
  }
  return <DoctorVisit key={consultId.data} consultId={consultId.data} me={me} />
}

function DoctorVisit({ consultId, me }: { consultId: ConsultId; me: Me }) {
  const session = useHeldCall(consultId)
  const call = useCall(session)
  const { view, end } = call
  const live = view?.state === 'live' || call.admitting
  useEffect(() => {
    if (live) void session.devices.open()
  }, [session, live])

  if (view?.state === 'ended' || end?.reason === 'ended') {
    return view ? <AfterConsult view={view} practitionerId={me.practitionerId} /> : <Over end={end} />
  }
  if (end) return <Over end={end} />
  if (view && live) {
    return (
      <ConsultRoom session={session} name={me.displayName} role={{ practitionerId: me.practitionerId }} />
    )
  }
  return (
    <FocusPage clinic={me.organization.name}>{view ? <BeforeConsult view={view} /> : <Loading />}</FocusPage>
  )
}

function Over({ end }: { end: ReturnType<typeof useCall>['end'] }) {
  return <FocusPage>{end ? <CallOver end={end} /> : <BackToClinic />}</FocusPage>
}

/** The doctor came by the address, and not by "Admit". */
function BeforeConsult({ view }: { view: ConsultView }) {
  const { t } = useTranslation('consult')
  const navigate = useNavigate()
  const patient =
    view.participants.find((person) => person.role === 'patient')?.displayName ?? t('room.other')
  const admission = useMutation({ mutationFn: () => admit(view.consultId) })
  const waits = view.state === 'waiting'
  return (
    <EmptyState
      page
      icon={waits ? IconDoorEnter : IconUserPause}
      title={waits ? t('before.waits', { name: patient }) : t('before.notYet', { name: patient })}
      action={
        <>
          <Button variant="default" onClick={() => void navigate('/clinic')}>
            {t('after.back')}
          </Button>
          {waits && (
            <SavingButton
              saving={admission.isPending}
              onClick={() => {
                admission.mutate()
              }}
            >
              {t('before.admit', { name: patient })}
            </SavingButton>
          )}
        </>
      }
    >
      <p>{waits ? t('before.waitsText') : t('before.notYetText')}</p>
      <ErrorNotice error={admission.error} />
    </EmptyState>
  )
}

function BackToClinic() {
  const { t } = useTranslation('consult')
  return (
    <Button component={Link} to="/clinic" variant="default">
      {t('after.back')}
    </Button>
  )
}
