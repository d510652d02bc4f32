import { useTranslation } from 'react-i18next'
import { PageShell } from '../ui/index.ts'

export function AdminPage() {
  const { t } = useTranslation()
  return <PageShell title={t('nav.admin')}>{null}</PageShell>
}
