import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { giveConsent } from '#shared/consult.ts'
import type { ConsultId } from '#shared/ids.ts'
import { call } from '../../platform/api.ts'
import { telephone } from '../../platform/lists.ts'
import { ErrorNotice, Notice, SavingButton, Step } from '../../ui/index.ts'
import classes from './join.module.css'

/** Changes when the words of `join.consent` change in meaning; kept with the consent. */
const textVersion = '2026-01'

interface ConsentStepProps {
  consultId: ConsultId
  clinic: string
  telecom: string | null
  onDone: () => void
}

/** Agreement to a visit by video, in words that say what it means. */
export function ConsentStep({ consultId, clinic, telecom, onDone }: ConsentStepProps) {
  const { t } = useTranslation('consult')
  const [declined, setDeclined] = useState(false)
  const consent = useMutation({
    mutationFn: (granted: boolean) =>
      call(giveConsent, { params: { consultId }, body: { kind: 'remote_care', textVersion, granted } }),
    onSuccess: (_, granted) => {
      if (granted) onDone()
      else setDeclined(true)
    },
  })
  return (
    <Step
      step={2}
      of={4}
      title={t('join.consent.title')}
      hint={t('join.consent.hint', { clinic })}
      actions={
        <>
          <SavingButton
            size="lg"
            saving={consent.isPending && consent.variables}
            rests={consent.isPending}
            onClick={() => {
              consent.mutate(true)
            }}
          >
            {t('join.consent.agree')}
          </SavingButton>
          <SavingButton
            size="lg"
            variant="subtle"
            color="gray"
            saving={consent.isPending && !consent.variables}
            rests={consent.isPending}
            onClick={() => {
              consent.mutate(false)
            }}
          >
            {t('join.consent.decline')}
          </SavingButton>
        </>
      }
    >
      <ul className={classes.points}>
        <li>{t('join.consent.picture')}</li>
        <li>{t('join.consent.limits')}</li>
        <li>{t('join.consent.privacy')}</li>
        <li>{t('join.consent.stop')}</li>
      </ul>
      {declined && (
        <Notice tone="info" title={t('join.consent.declined.title')}>
          {telecom
            ? t('join.consent.declined.call', { clinic, telecom: telephone(telecom) })
            : t('join.consent.declined.text', { clinic })}
        </Notice>
      )}
      <ErrorNotice error={consent.error} />
    </Step>
  )
}
