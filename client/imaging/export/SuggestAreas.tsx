import { IconScanEye } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SnapshotId } from '#shared/ids.ts'
import { suggestAreas } from '#shared/imaging-proposal.ts'
import type { Area } from '#shared/imaging-recipe.ts'
import { call } from '../../platform/api.ts'
import { inRow } from '../../platform/lists.ts'
import { ErrorNotice, SavingButton } from '../../ui/index.ts'
import { useSwitch } from '../recognition/useSwitches.ts'
import { withSuggested } from './areas.ts'
import classes from './export.module.css'

interface SuggestAreasProps {
  snapshotId: SnapshotId
  areas: readonly Area[]
  onSuggested: (areas: readonly Area[]) => void
}

/** Has models look for faces and text, and covers what they find until the doctor takes it away; nothing where both are off. */
export function SuggestAreas({ snapshotId, areas, onSuggested }: SuggestAreasProps) {
  const { t } = useTranslation('export')
  const faces = useSwitch('findFaces', true)
  const texts = useSwitch('readText', true)
  const [left, setLeft] = useState(0)
  const search = useMutation({
    mutationFn: () => call(suggestAreas, { params: { snapshotId } }),
    onSuccess: ({ areas: found }) => {
      const all = withSuggested(
        areas,
        found.map(({ box }) => box),
      )
      setLeft(all.left)
      onSuggested(all.areas)
    },
  })
  if (!faces && !texts) return null
  const count = (kind: 'face' | 'text') => search.data?.areas.filter((area) => area.kind === kind).length ?? 0
  return (
    <>
      <SavingButton
        variant="default"
        size="sm"
        leftSection={<IconScanEye size={18} stroke={1.75} aria-hidden />}
        saving={search.isPending}
        onClick={() => {
          search.mutate()
        }}
      >
        {t('suggest.button')}
      </SavingButton>
      <div className={classes.suggestion} role="status">
        {search.isPending && t('suggest.busy')}
        {search.data && !search.isPending && (
          <>
            <p className={classes.said}>
              {search.data.areas.length === 0
                ? t('suggest.nothing')
                : t('suggest.found', {
                    faces: t('suggest.faces', { count: count('face') }),
                    texts: t('suggest.texts', { count: count('text') }),
                  })}
            </p>
            {left > 0 && <p className={classes.said}>{t('suggest.tooMany')}</p>}
            <p className={classes.hint}>
              {t('suggest.by', {
                models: inRow(search.data.models.map(({ name, version }) => `${name} ${version}`)),
              })}
            </p>
          </>
        )}
      </div>
      <ErrorNotice error={search.error} />
    </>
  )
}
