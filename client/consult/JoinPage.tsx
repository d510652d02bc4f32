import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Suspense, useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { openLink, verifyLink } from '#shared/consult.ts'
import { refreshSession, useSession } from '../identity/useSession.ts'
import { call } from '../platform/api.ts'
import { suggestLanguage } from '../platform/i18n.ts'
import { journal } from '../platform/journal.ts'
import { preloadable } from '../platform/preloadable.ts'
import { read } from '../platform/query.ts'
import { formatDayTime } from '../platform/time.ts'
import { FocusPage, Loading, useTitle } from '../ui/index.ts'
import { BirthDateStep } from './join/BirthDateStep.tsx'
import { LinkProblem } from './join/LinkProblem.tsx'

const PatientVisit = preloadable(async () => (await import('./join/PatientVisit.tsx')).PatientVisit)

/** The patient's way in by link: who are you, do you agree, do your devices work, wait, talk. One page throughout. */
export function JoinPage() {
  const { t } = useTranslation('consult')
  const { token = '' } = useParams()
  const queries = useQueryClient()
  const link = useQuery({
    ...read(openLink, { body: { token } }),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  })
  const [entered, setEntered] = useState<{ name: string } | null>(null)
  const verify = useMutation({
    mutationFn: (birthDate: string) => call(verifyLink, { body: { token, birthDate } }),
    onSuccess: async ({ displayName, consultId }) => {
      setEntered({ name: displayName })
      queries.setQueryData(read(openLink, { body: { token } }).queryKey, (former) =>
        former ? { ...former, verified: true, consultId } : former,
      )
      await refreshSession(queries)
    },
  })
  useTitle(t('join.title'))
  const locale = link.data?.locale
  useEffect(() => {
    if (locale) void suggestLanguage(locale)
  }, [locale])
  useEffect(() => {
    // While the date of birth is typed, the next steps are fetched.
    if (!link.data) return
    PatientVisit.preload().catch((error: unknown) => {
      journal('The next steps come when they are needed', error)
    })
  }, [link.data])

  if (link.isError) return <LinkProblem error={link.error} onRetry={() => void link.refetch()} />
  if (!link.data) {
    return (
      <FocusPage>
        <Loading />
      </FocusPage>
    )
  }
  const {
    consultId,
    verified,
    organizationName,
    organizationTelecom,
    practitionerName,
    specialty,
    startsAt,
    zone,
  } = link.data
  if (verified && consultId) {
    return (
      <Suspense fallback={<FocusPage clinic={organizationName}>{null}</FocusPage>}>
        <Named known={entered?.name}>
          {(name) => (
            <PatientVisit
              consultId={consultId}
              name={name}
              clinic={organizationName}
              telecom={organizationTelecom}
              doctor={practitionerName}
              specialty={specialty}
              justArrived={entered !== null}
            />
          )}
        </Named>
      </Suspense>
    )
  }
  return (
    <FocusPage
      clinic={organizationName}
      person={{
        name: practitionerName,
        role: `${specialty} · ${formatDayTime(startsAt, { zone })}`,
      }}
    >
      <BirthDateStep pending={verify.isPending} error={verify.error} onContinue={verify.mutate} />
    </FocusPage>
  )
}

/** After a reload the own name comes from the guest session. */
function Named({ known, children }: { known: string | undefined; children: (name: string) => ReactNode }) {
  const session = useSession()
  const name = known ?? (session.state === 'in' ? session.me.displayName : null)
  if (name === null) return session.state === 'loading' ? <Loading /> : children('')
  return children(name)
}
