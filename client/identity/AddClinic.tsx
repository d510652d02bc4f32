import { Button, Group, SegmentedControl, Select, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { addOrganization, listOrganizations, type Organization } from '#shared/identity.ts'
import { call } from '../platform/api.ts'
import { keyOf } from '../platform/query.ts'
import { deviceZone } from '../platform/time.ts'
import { Dialog, ErrorNotice, Field, notify, SavingButton } from '../ui/index.ts'
import { fieldOf } from './field-of.ts'
import classes from './AdminPage.module.css'

type NewOrganization = z.input<typeof addOrganization.body>

interface AddClinicProps {
  opened: boolean
  onClose: () => void
  known: readonly Organization[]
}

/** A new hospital or clinic. Its time zone decides what "9 o'clock" means there. */
export function AddClinic({ opened, onClose, known }: AddClinicProps) {
  const { t } = useTranslation('identity')
  return (
    <Dialog opened={opened} onClose={onClose} title={t('admin.clinic.addTitle')}>
      <ClinicForm onClose={onClose} known={known} />
    </Dialog>
  )
}

function ClinicForm({ onClose, known }: Omit<AddClinicProps, 'opened'>) {
  const { t } = useTranslation(['identity', 'common'])
  const queries = useQueryClient()
  const [kind, setKind] = useState<NewOrganization['kind']>('clinic')
  const [zone, setZone] = useState(deviceZone)
  const [parent, setParent] = useState<string | null>(null)
  const [nameError, setNameError] = useState<string>()
  const add = useMutation({
    mutationFn: (organization: NewOrganization) => call(addOrganization, { body: organization }),
    onSuccess: async ({ name }) => {
      await queries.invalidateQueries({ queryKey: keyOf(listOrganizations) })
      notify.done(t('admin.clinic.added', { name }))
      onClose()
    },
  })

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => fieldOf(form, name).trim()
    const name = text('name')
    setNameError(name === '' ? t('admin.clinic.nameMissing') : undefined)
    if (name === '') {
      event.currentTarget.querySelector<HTMLInputElement>('[name=name]')?.focus()
      return
    }
    add.mutate({
      name,
      kind,
      zone,
      parentId: known.find(({ id }) => id === parent)?.id ?? null,
      telecom: text('telecom') || null,
      address: text('address') || null,
    })
  }

  return (
    <form onSubmit={submit} noValidate className={classes.form}>
      <ErrorNotice error={add.error} />
      <TextInput
        name="name"
        label={t('admin.clinic.name')}
        error={nameError}
        autoComplete="off"
        data-autofocus
      />
      <Field label={t('admin.clinic.kind')}>
        {(ids) => (
          <SegmentedControl
            {...ids}
            fullWidth
            aria-label={t('admin.clinic.kind')}
            value={kind}
            data={(['clinic', 'hospital'] as const).map((value) => ({
              value,
              label: t(`admin.clinic.${value}`),
            }))}
            onChange={(value) => {
              setKind(value === 'hospital' ? 'hospital' : 'clinic')
            }}
          />
        )}
      </Field>
      <Select
        label={t('admin.clinic.partOf')}
        placeholder={t('admin.clinic.nothing')}
        clearable
        value={parent}
        data={known.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={setParent}
      />
      <Select
        label={t('admin.clinic.zone')}
        searchable
        value={zone}
        data={Intl.supportedValuesOf('timeZone')}
        limit={50}
        onChange={(value) => {
          if (value !== null) setZone(value)
        }}
      />
      <TextInput name="telecom" type="tel" label={t('admin.clinic.telecom')} autoComplete="off" />
      <TextInput name="address" label={t('admin.clinic.address')} autoComplete="off" />
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <SavingButton type="submit" saving={add.isPending}>
          {t('admin.clinic.submit')}
        </SavingButton>
      </Group>
    </form>
  )
}
