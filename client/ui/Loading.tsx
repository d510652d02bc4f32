import { Skeleton, Stack, VisuallyHidden } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useLate } from './use-late.ts'

interface LoadingProps {
  /** The shape of what will come; by default a few lines. */
  children?: ReactNode
  /** How many lines the default shape has. */
  lines?: number
  /** What is loading, for screen readers. */
  label?: string
}

/** A quiet skeleton, shown only when the answer takes longer than 200 ms. */
export function Loading({ children, lines = 4, label }: LoadingProps) {
  const { t } = useTranslation()
  if (!useLate()) return null
  return (
    <div role="status" aria-busy="true">
      <VisuallyHidden>{label ?? t('loading')}</VisuallyHidden>
      {children ?? (
        <Stack gap="sm" aria-hidden>
          {Array.from({ length: lines }, (_, line) => (
            <Skeleton key={line} height={18} width={`${[92, 76, 84, 60][line % 4] ?? 80}%`} radius="sm" />
          ))}
        </Stack>
      )}
    </div>
  )
}
