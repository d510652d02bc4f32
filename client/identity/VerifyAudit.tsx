import { useMutation } from '@tanstack/react-query'
import { IconShieldCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { verifyAudit } from '#shared/identity.ts'
import { call } from '../platform/api.ts'
import { formatNumber } from '../platform/time.ts'
import { ErrorNotice, Notice, SavingButton } from '../ui/index.ts'
import classes from './VerifyAudit.module.css'

/** Recomputes the hash of every entry and says whether the log is whole, or which entry was altered first. */
export function VerifyAudit() {
  const { t } = useTranslation('identity')
  const verify = useMutation({ mutationFn: () => call(verifyAudit) })
  const result = verify.data
  return (
    <div className={classes.verify}>
      <div className={classes.line}>
        <p className={classes.lead}>{t('admin.log.lead')}</p>
        <SavingButton
          variant="default"
          saving={verify.isPending}
          leftSection={<IconShieldCheck size={20} stroke={1.75} aria-hidden />}
          onClick={() => {
            verify.mutate()
          }}
        >
          {t('admin.log.verify')}
        </SavingButton>
      </div>
      <ErrorNotice error={verify.error} />
      {result?.whole === true && (
        <Notice tone="good" title={t('admin.log.whole')}>
          {t('admin.log.wholeText', {
            count: result.rows,
            ms: formatNumber(result.ms, { maximumFractionDigits: 0 }),
          })}
        </Notice>
      )}
      {result?.whole === false && (
        <Notice tone="danger" title={t('admin.log.broken', { sequence: result.firstAltered ?? 0 })}>
          {t('admin.log.brokenText')}
        </Notice>
      )}
    </div>
  )
}
