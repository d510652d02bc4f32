import { useTranslation } from 'react-i18next'
import { PageShell } from '../ui/index.ts'

export function SummaryPage() {
  const { t } = useTranslation()
  return <PageShell title={t('product')}>{null}</PageShell>
}
