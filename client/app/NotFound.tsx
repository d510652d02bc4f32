import { Button } from '@mantine/core'
import { IconDoor } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { EmptyState } from '../ui/EmptyState.tsx'
import { FocusPage } from '../ui/FocusPage.tsx'
import { useTitle } from '../ui/use-title.ts'

/** For addresses that lead nowhere. */
export function NotFound() {
  const { t } = useTranslation()
  useTitle(t('notFound.title'))
  return (
    <FocusPage>
      <EmptyState
        page
        icon={IconDoor}
        title={t('notFound.title')}
        action={
          <Button component={Link} to="/">
            {t('notFound.action')}
          </Button>
        }
      >
        {t('notFound.text')}
      </EmptyState>
    </FocusPage>
  )
}
