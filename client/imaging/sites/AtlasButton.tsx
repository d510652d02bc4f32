import { Button } from '@mantine/core'
import { IconBodyScan } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PatientId } from '#shared/ids.ts'
import classes from './sites.module.css'

const AtlasDialog = lazy(async () => ({ default: (await import('./AtlasDialog.tsx')).AtlasDialog }))

/** In the doctor's chart, beside the newest pictures: all of them, by where on the body they are from. */
export function AtlasButton({ patientId }: { patientId: PatientId }) {
  const { t } = useTranslation('history')
  const [opened, setOpened] = useState(false)
  return (
    <>
      <Button
        variant="default"
        size="sm"
        className={classes.entry ?? ''}
        aria-haspopup="dialog"
        leftSection={<IconBodyScan size={18} stroke={1.75} aria-hidden />}
        onClick={() => {
          setOpened(true)
        }}
      >
        {t('atlas.open')}
      </Button>
      {opened && (
        <Suspense fallback={null}>
          <AtlasDialog
            patientId={patientId}
            onClose={() => {
              setOpened(false)
            }}
          />
        </Suspense>
      )}
    </>
  )
}
