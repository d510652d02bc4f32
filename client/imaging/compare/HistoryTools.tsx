import { IconBodyScan, IconHistory } from '@tabler/icons-react'
import { lazy, Suspense, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Snapshot } from '#shared/imaging.ts'
import { ToolButton } from '../viewer/ToolButton.tsx'

const SiteDialog = lazy(async () => ({ default: (await import('../sites/SiteDialog.tsx')).SiteDialog }))
const CompareDialog = lazy(async () => ({ default: (await import('./CompareDialog.tsx')).CompareDialog }))

/** The doctor's way from one picture to those before it: where on the body it is from, and how it was there earlier. */
export function HistoryTools({ snapshot }: { snapshot: Snapshot }) {
  const { t } = useTranslation('history', { useSuspense: false })
  const [open, setOpen] = useState<'site' | 'compare' | null>(null)
  const Opened = open === 'site' ? SiteDialog : CompareDialog
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
            <Opened
              snapshot={snapshot}
              onClose={() => {
                setOpen(null)
              }}
            />
          </Suspense>
        </div>
      )}
    </>
  )
}

function keepToDialog(event: KeyboardEvent): void {
  event.stopPropagation()
}
