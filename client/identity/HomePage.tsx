import { useTranslation } from 'react-i18next'
import { PageShell } from '../ui/index.ts'

export function HomePage() {
  const { t } = useTranslation()
  return <PageShell title={t('nav.home')}>{null}</PageShell>
}
