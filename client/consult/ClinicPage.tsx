import { useTranslation } from 'react-i18next'
import { PageShell } from '../ui/index.ts'

export function ClinicPage() {
  const { t } = useTranslation()
  return <PageShell title={t('nav.clinic')}>{null}</PageShell>
}
