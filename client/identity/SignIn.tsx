import { PasswordInput, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState, type SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, useLocation, useNavigate } from 'react-router'
import { readInfo, type Me } from '#shared/identity.ts'
import { read } from '../platform/query.ts'
import { ErrorNotice, Notice } from '../ui/Notice.tsx'
import { SavingButton } from '../ui/SavingButton.tsx'
import { useTitle } from '../ui/use-title.ts'
import { DemoAccounts } from './DemoAccounts.tsx'
import { homeOf } from './home-of.ts'
import { SignInFrame } from './SignInFrame.tsx'
import { useSession, useSignIn } from './useSession.ts'
import classes from './SignIn.module.css'

interface Arrival {
  /** The page that asked for a session, to go back to. */
  from?: string
}

/** Email and password; each role then lands at its home. */
export function SignIn() {
  const { t } = useTranslation('identity')
  useTitle(t('signIn.page'))
  const session = useSession()
  const signIn = useSignIn()
  const navigate = useNavigate()
  const location = useLocation()
  const arrival = (location.state ?? {}) as Arrival
  const signedOut = new URLSearchParams(location.search).has('signed-out')
  const info = useQuery(read(readInfo))
  const emailField = useRef<HTMLInputElement>(null)
  const passwordField = useRef<HTMLInputElement>(null)
  const [errors, setErrors] = useState<{ email?: string; password?: string }>({})

  if (session.state === 'in' && session.me.userId !== null && signIn.isIdle) {
    return <Navigate to={landing(session.me, arrival)} replace />
  }

  function enter(input: { email: string; password: string }) {
    signIn.mutate(input, {
      onSuccess: (me) => void navigate(landing(me, arrival), { replace: true }),
      onError: () => passwordField.current?.select(),
    })
  }

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    const email = emailField.current?.value.trim() ?? ''
    const password = passwordField.current?.value ?? ''
    const found = {
      ...(email === '' ? { email: t('signIn.emailMissing') } : {}),
      ...(email !== '' && !/^\S+@\S+\.\S+$/.test(email) ? { email: t('signIn.emailInvalid') } : {}),
      ...(password === '' ? { password: t('signIn.passwordMissing') } : {}),
    }
    setErrors(found)
    if (found.email) emailField.current?.focus()
    else if (found.password) passwordField.current?.focus()
    else enter({ email, password })
  }

  return (
    <SignInFrame>
      <h1 className={classes.title}>{t('signIn.title')}</h1>
      <p className={classes.lead}>{t('signIn.lead')}</p>
      {arrival.from !== undefined && signIn.isIdle && <Notice tone="info">{t('signIn.expired')}</Notice>}
      {signedOut && signIn.isIdle && <Notice tone="good">{t('signIn.signedOut')}</Notice>}
      <form onSubmit={submit} noValidate className={classes.form}>
        <ErrorNotice error={signIn.error} />
        <TextInput
          ref={emailField}
          type="email"
          name="email"
          label={t('signIn.email')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          error={errors.email}
          size="md"
        />
        <PasswordInput
          ref={passwordField}
          name="password"
          label={t('signIn.password')}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.reveal') }}
          error={errors.password}
        />
        <SavingButton type="submit" size="lg" fullWidth saving={signIn.isPending}>
          {t('signIn.submit')}
        </SavingButton>
      </form>
      {info.data?.demo && <DemoAccounts demo={info.data.demo} pending={signIn.isPending} onChoose={enter} />}
      <p className={classes.hint}>{t('signIn.patientHint')}</p>
    </SignInFrame>
  )
}

/** Back to where the person came from, but never out of this site. */
function landing(me: Me, arrival: Arrival): string {
  const from = arrival.from
  return from?.startsWith('/') && !from.startsWith('//') && me.role !== 'patient' ? from : homeOf(me.role)
}
