import { Button, Group, PasswordInput, Select, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { addPerson, listOrganizations, listPeople } from '#shared/identity.ts'
import { call } from '../platform/api.ts'
import { keyOf, read } from '../platform/query.ts'
import { Dialog, ErrorNotice, notify, SavingButton } from '../ui/index.ts'
import { useSession } from './useSession.ts'
import { fieldOf } from './field-of.ts'
import classes from './AdminPage.module.css'

type NewPerson = z.input<typeof addPerson.body>
const roles = ['practitioner', 'scheduler', 'administrator'] as const
const shortestPassword = 12

/** A new member of staff, with a first password. */
export function AddPerson({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('identity')
  return (
    <Dialog opened={opened} onClose={onClose} title={t('admin.person.addTitle')}>
      <PersonForm onClose={onClose} />
    </Dialog>
  )
}

function PersonForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['identity', 'common'])
  const session = useSession()
  const queries = useQueryClient()
  const clinics = useQuery(read(listOrganizations))
  const [role, setRole] = useState<NewPerson['role']>('practitioner')
  const [clinic, setClinic] = useState(session.state === 'in' ? session.me.organization.id : null)
  const [errors, setErrors] = useState<
    Partial<Record<'displayName' | 'email' | 'specialty' | 'password', string>>
  >({})
  const add = useMutation({
    mutationFn: (person: NewPerson) => call(addPerson, { body: person }),
    onSuccess: async (person) => {
      await queries.invalidateQueries({ queryKey: keyOf(listPeople) })
      notify.done(t('admin.person.added', { name: person.displayName }))
      onClose()
    },
  })

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => fieldOf(form, name).trim()
    const password = fieldOf(form, 'password')
    const found = {
      ...(text('displayName') === '' ? { displayName: t('admin.person.nameMissing') } : {}),
      ...(/^\S+@\S+\.\S+$/.test(text('email')) ? {} : { email: t('admin.person.emailMissing') }),
      ...(role === 'practitioner' && text('specialty') === ''
        ? { specialty: t('admin.person.specialtyMissing') }
        : {}),
      ...(password.length < shortestPassword ? { password: t('admin.person.passwordShort') } : {}),
    }
    setErrors(found)
    const first = Object.keys(found)[0]
    if (first !== undefined) event.currentTarget.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus()
    else if (clinic !== null) {
      add.mutate({
        role,
        displayName: text('displayName'),
        email: text('email'),
        password,
        organizationId: clinic,
        ...(role === 'practitioner' ? { specialty: text('specialty') } : {}),
      })
    }
  }

  return (
    <form onSubmit={submit} noValidate className={classes.form}>
      <ErrorNotice error={add.error} />
      <TextInput
        name="displayName"
        label={t('admin.person.name')}
        error={errors.displayName}
        autoComplete="off"
        data-autofocus
      />
      <TextInput
        name="email"
        type="email"
        label={t('admin.person.email')}
        error={errors.email}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      <Select
        label={t('admin.person.role')}
        value={role}
        data={roles.map((value) => ({ value, label: t(`common:role.${value}`) }))}
        onChange={(value) => {
          setRole(roles.find((known) => known === value) ?? 'practitioner')
        }}
      />
      {role === 'practitioner' && (
        <TextInput
          name="specialty"
          label={t('admin.person.specialty')}
          error={errors.specialty}
          autoComplete="off"
        />
      )}
      <Select
        label={t('admin.person.clinic')}
        value={clinic}
        data={(clinics.data?.organizations ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(value) => {
          setClinic(clinics.data?.organizations.find(({ id }) => id === value)?.id ?? null)
        }}
      />
      <PasswordInput
        name="password"
        label={t('admin.person.password')}
        description={t('admin.person.passwordHint')}
        error={errors.password}
        autoComplete="new-password"
      />
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <SavingButton type="submit" saving={add.isPending}>
          {t('admin.person.submit')}
        </SavingButton>
      </Group>
    </form>
  )
}
