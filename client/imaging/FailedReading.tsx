import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '../ui/index.ts'

interface FailedReadingProps {
  error: unknown
  onRetry: () => void
}

/** In a small part of a screen: what could not be had, and a way to try again. */
export function FailedReading({ error, onRetry }: FailedReadingProps) {
  const { t } = useTranslation()
  return (
    <div>
      <ErrorNotice error={error} />
      <Button
        variant="default"
        size="sm"
        mt="xs"
        leftSection={<IconRefresh size={18} stroke={1.75} aria-hidden />}
        onClick={onRetry}
      >
        {t('retry')}
      </Button>
    </div>
  )
}
