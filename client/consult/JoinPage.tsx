import { useTranslation } from 'react-i18next'
import { PageShell } from '../ui/index.ts'

export function JoinPage() {
  const { t } = useTranslation()
  return <PageShell title={t('product')}>{null}</PageShell>
}
