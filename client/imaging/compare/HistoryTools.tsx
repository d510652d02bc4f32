import { IconBodyScan, IconHistory } from '@tabler/icons-react'
import { lazy, Suspense, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Snapshot } from '#shared/imaging.ts'
import { ToolButton } from '../viewer/ToolButton.tsx'
import type { Together } from './together.ts'

const SiteDialog = lazy(async () => ({ default: (await import('../sites/SiteDialog.tsx')).SiteDialog }))
const CompareDialog = lazy(async () => ({ default: (await import('./CompareDialog.tsx')).CompareDialog }))

/** The doctor's way from one picture to those before it: where on the body it is from, and how it was there earlier. */
export function HistoryTools({ snapshot, together }: { snapshot: Snapshot; together: Together | null }) {
  const { t } = useTranslation('history', { useSuspense: false })
  const [open, setOpen] = useState<'site' | 'compare' | null>(null)
  const close = () => {
    setOpen(null)
  }
  return (
    <>
      <ToolButton
        icon={IconBodyScan}
        label={t('site.label')}
        expanded={open === 'site'}
        onClick={() => {
          setOpen('site')
        }}
      />
      <ToolButton
        icon={IconHistory}
        label={t('compare.tool')}
        expanded={open === 'compare'}
        onClick={() => {
          setOpen('compare')
        }}
      />
      {open !== null && (
        // What is typed here is not meant for the viewer around it, which hears it through the portal.
        <div role="presentation" onKeyDown={keepToDialog}>
          <Suspense fallback={null}>
            {open === 'site' ? (
              <SiteDialog snapshot={snapshot} onClose={close} />
            ) : (
              <CompareDialog snapshot={snapshot} together={together} onClose={close} />
            )}
          </Suspense>
        </div>
      )}
    </>
  )
}

function keepToDialog(event: KeyboardEvent): void {
  event.stopPropagation()
}
