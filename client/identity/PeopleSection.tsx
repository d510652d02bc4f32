import { Button, Skeleton, TextInput, VisuallyHidden } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { IconSearch, IconUserPlus, IconUserSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listOrganizations, listPeople, type Person } from '#shared/identity.ts'
import { read } from '../platform/query.ts'
import { EmptyState, Loaded, Panel, PersonAvatar, StatusWord, TimeText } from '../ui/index.ts'
import { AddPerson } from './AddPerson.tsx'
import { SwitchPerson } from './SwitchPerson.tsx'
import classes from './AdminPage.module.css'

/** Who may sign in, and the switch that ends it. */
export function PeopleSection() {
  const { t } = useTranslation('identity')
  const people = useQuery(read(listPeople))
  const [wanted, setWanted] = useState('')
  const [adding, { open, close }] = useDisclosure(false)
  return (
    <>
      <div className={classes.tools}>
        <TextInput
          className={classes.grow ?? ''}
          label={t('admin.person.search')}
          type="search"
          value={wanted}
          leftSection={<IconSearch size={18} stroke={1.75} aria-hidden />}
          onChange={(event) => {
            setWanted(event.currentTarget.value)
          }}
        />
        <Button leftSection={<IconUserPlus size={20} stroke={1.75} aria-hidden />} onClick={open}>
          {t('admin.person.add')}
        </Button>
      </div>
      <Panel flush>
        <Loaded query={people} skeleton={<Skeleton height={320} radius={0} />}>
          {(data) => <PeopleTable people={matching(data.people, wanted)} />}
        </Loaded>
      </Panel>
      <AddPerson opened={adding} onClose={close} />
    </>
  )
}

function PeopleTable({ people }: { people: readonly Person[] }) {
  const { t } = useTranslation(['identity', 'common'])
  const clinics = useQuery(read(listOrganizations))
  if (people.length === 0) {
    return (
      <EmptyState icon={IconUserSearch} title={t('admin.person.none')}>
        {t('admin.person.noneText')}
      </EmptyState>
    )
  }
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t('admin.person.name')}</th>
          <th scope="col">{t('admin.person.role')}</th>
          <th scope="col">{t('admin.person.clinic')}</th>
          <th scope="col">{t('admin.person.lastSignIn')}</th>
          <th scope="col">{t('admin.person.state')}</th>
          <th scope="col">
            <VisuallyHidden>{t('admin.person.actions')}</VisuallyHidden>
          </th>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <tr key={person.userId}>
            <td>
              <div className={classes.person}>
                <PersonAvatar name={person.displayName} size={36} />
                <div>
                  <div className={classes.strong}>{person.displayName}</div>
                  <div className={classes.dim}>{person.email}</div>
                </div>
              </div>
            </td>
            <td>{t(`common:role.${person.role}`)}</td>
            <td className={classes.dim}>
              {clinics.data?.organizations.find(({ id }) => id === person.organizationId)?.name ?? ''}
            </td>
            <td className={classes.dim}>
              {person.lastSignInAt === null ? (
                t('admin.person.never')
              ) : (
                <TimeText at={person.lastSignInAt} as="relative" />
              )}
            </td>
            <td>
              {person.active ? (
                <StatusWord tone="good">{t('admin.person.active')}</StatusWord>
              ) : (
                <StatusWord tone="neutral">{t('admin.person.off')}</StatusWord>
              )}
            </td>
            <td className={classes.end}>
              <SwitchPerson person={person} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function matching(people: readonly Person[], wanted: string): readonly Person[] {
  const part = wanted.trim().toLocaleLowerCase()
  return part === ''
    ? people
    : people.filter(({ displayName, email }) =>
        [displayName, email].some((text) => text.toLocaleLowerCase().includes(part)),
      )
}
