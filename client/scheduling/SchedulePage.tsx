import { useTranslation } from 'react-i18next'
import { PageShell } from '../ui/index.ts'

export function SchedulePage() {
  const { t } = useTranslation()
  return <PageShell title={t('nav.schedule')}>{null}</PageShell>
}
