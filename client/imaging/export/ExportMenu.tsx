import { IconFileExport } from '@tabler/icons-react'
import { lazy, Suspense, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { EnhancementId } from '#shared/ids.ts'
import type { Snapshot } from '#shared/imaging.ts'
import { ToolButton } from '../viewer/ToolButton.tsx'

const ExportDialog = lazy(async () => ({ default: (await import('./ExportDialog.tsx')).ExportDialog }))

interface ExportMenuProps {
  snapshot: Snapshot
  /** Null: the original. */
  enhancementId: EnhancementId | null
}

/** The doctor's ways to take a picture out of the house: a DICOM file, the archive, paper. */
export function ExportMenu({ snapshot, enhancementId }: ExportMenuProps) {
  const { t } = useTranslation('export')
  const [opened, setOpened] = useState(false)
  return (
    <>
      <ToolButton
        icon={IconFileExport}
        label={t('title')}
        expanded={opened}
        onClick={() => {
          setOpened(true)
        }}
      />
      {opened && (
        // What is typed here is not meant for the viewer around it, which hears it through the portal.
        <div role="presentation" onKeyDown={keepToDialog}>
          <Suspense fallback={null}>
            <ExportDialog
              snapshot={snapshot}
              enhancementId={enhancementId}
              onClose={() => {
                setOpened(false)
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
