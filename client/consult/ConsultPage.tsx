import { useTranslation } from 'react-i18next'
import { PageShell } from '../ui/index.ts'

export function ConsultPage() {
  const { t } = useTranslation()
  return <PageShell title={t('product')}>{null}</PageShell>
}
