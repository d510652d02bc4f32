import { Button } from '@mantine/core'
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react'
import { Component, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { journal } from '../platform/journal.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { OutdatedPage } from './screen.ts'

/** Catches what a screen throws while it is drawn; another address begins anew. */
export function ErrorBoundary({ children }: { children: ReactNode }) {
  const { pathname } = useLocation()
  return <Boundary key={pathname}>{children}</Boundary>
}

class Boundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null }

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error }
  }

  override componentDidCatch(error: unknown): void {
    journal('A screen stopped working', error)
  }

  override render(): ReactNode {
    return this.state.error === null ? this.props.children : <Stopped error={this.state.error} />
  }
}

function Stopped({ error }: { error: unknown }) {
  const { t } = useTranslation()
  const words = error instanceof OutdatedPage ? 'update' : 'crash'
  return (
    <main role="alert">
      <EmptyState
        page
        icon={error instanceof OutdatedPage ? IconRefresh : IconAlertTriangle}
        title={t(`${words}.title`)}
        action={
          <Button
            onClick={() => {
              location.reload()
            }}
          >
            {t('crash.action')}
          </Button>
        }
      >
        {t(`${words}.text`)}
      </EmptyState>
    </main>
  )
}
