import { useQuery } from '@tanstack/react-query'
import type { SnapshotId } from '#shared/ids.ts'
import { listModels } from '#shared/imaging-models.ts'
import { read } from '../../platform/query.ts'
import { OwnModelForm } from './OwnModelForm.tsx'
import { modelsFor } from './model-words.ts'
import { useSwitch } from './useSwitches.ts'

/** The doctor's way to have one of the clinic's own models look at a picture; nothing where that is off or there is none. */
export function OwnModelSection({ snapshotId }: { snapshotId: SnapshotId }) {
  const on = useSwitch('ownModel', true)
  const models = useQuery({ ...read(listModels), enabled: on })
  const own = modelsFor('ownModel', models.data?.models ?? [])
  if (!on || own.length === 0) return null
  return (
    <OwnModelForm
      key={snapshotId}
      snapshotId={snapshotId}
      names={own.filter(({ state }) => state === 'ready').map(({ name }) => name)}
    />
  )
}
