import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listPeople, setPersonActive, type Person } from '#shared/identity.ts'
import { call } from '../platform/api.ts'
import { keyOf } from '../platform/query.ts'
import { ConfirmDialog, ErrorNotice, notify, SavingButton } from '../ui/index.ts'
import { useSession } from './useSession.ts'

/** Switches an account off, after asking, or on again. Nobody can switch off themselves. */
export function SwitchPerson({ person }: { person: Person }) {
  const { t } = useTranslation('identity')
  const session = useSession()
  const queries = useQueryClient()
  const [asking, { open, close }] = useDisclosure(false)
  const change = useMutation({
    mutationFn: (active: boolean) =>
      call(setPersonActive, { params: { userId: person.userId }, body: { active } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: keyOf(listPeople) })
      close()
    },
    onError: (error) => {
      if (!person.active) notify.problem(error)
    },
  })
  if (session.state === 'in' && session.me.userId === person.userId) return t('admin.person.you')
  const name = person.displayName
  return (
    <>
      <SavingButton
        variant="default"
        size="sm"
        saving={change.isPending && !asking}
        aria-label={
          person.active ? t('admin.person.switchOffOf', { name }) : t('admin.person.switchOnOf', { name })
        }
        onClick={() => {
          if (person.active) open()
          else change.mutate(true)
        }}
      >
        {person.active ? t('admin.person.switchOff') : t('admin.person.switchOn')}
      </SavingButton>
      <ConfirmDialog
        opened={asking}
        title={t('admin.person.offTitle', { name })}
        confirmLabel={t('admin.person.offConfirm')}
        cancelLabel={t('admin.person.keep')}
        pending={change.isPending}
        onConfirm={() => {
          change.mutate(false)
        }}
        onCancel={close}
      >
        {t('admin.person.offText')}
        <ErrorNotice error={change.error} />
      </ConfirmDialog>
    </>
  )
}
