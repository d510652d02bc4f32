import { NativeSelect, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { OrganizationId } from '#shared/ids.ts'
import { listOrganizations, type Organization } from '#shared/identity.ts'
import { listModels } from '#shared/imaging-models.ts'
import { readSwitches } from '#shared/imaging-recognition.ts'
import { read } from '../../platform/query.ts'
import { Loaded, Panel } from '../../ui/index.ts'
import { SwitchRow } from './SwitchRow.tsx'
import classes from './Switches.module.css'

/** An administrator decides what models and calculations may do by themselves, for the hospital or a clinic of it. */
export function SwitchesSection() {
  const organizations = useQuery(read(listOrganizations))
  return (
    <Loaded query={organizations} skeleton={<Skeleton height={560} />}>
      {(data) => <ForOrganization organizations={hospitalsFirst(data.organizations)} />}
    </Loaded>
  )
}

function ForOrganization({ organizations }: { organizations: readonly Organization[] }) {
  const { t } = useTranslation('models')
  const [chosen, setChosen] = useState<OrganizationId | null>(null)
  const organization = organizations.find(({ id }) => id === chosen) ?? organizations[0]
  if (!organization) return null
  return (
    <>
      <div className={classes.head}>
        <p className={classes.lead}>{t('switches.lead')}</p>
        {organizations.length > 1 && (
          <NativeSelect
            label={t('switches.where')}
            value={organization.id}
            data={organizations.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={({ currentTarget: { value } }) => {
              setChosen(organizations.find(({ id }) => id === value)?.id ?? null)
            }}
          />
        )}
      </div>
      <Panel
        title={t('switches.title')}
        flush
        aside={
          <Link to="/models" className={classes.link}>
            {t('switches.all')}
          </Link>
        }
      >
        <Switches key={organization.id} organization={organization} organizations={organizations} />
      </Panel>
    </>
  )
}

interface SwitchesProps {
  organization: Organization
  organizations: readonly Organization[]
}

function Switches({ organization, organizations }: SwitchesProps) {
  const query = useQuery(read(readSwitches, { params: { organizationId: organization.id } }))
  const models = useQuery(read(listModels))
  return (
    <Loaded query={query} skeleton={<Skeleton height={560} radius={0} />}>
      {({ switches }) => (
        <ul className={classes.list}>
          {switches.map((setting) => (
            <SwitchRow
              key={setting.name}
              setting={setting}
              organization={organization}
              above={organizations.find(({ id }) => id === organization.parentId) ?? null}
              decider={organizations.find(({ id }) => id === setting.decidedBy)?.name ?? null}
              models={models.data?.models ?? null}
            />
          ))}
        </ul>
      )}
    </Loaded>
  )
}

function hospitalsFirst(organizations: readonly Organization[]): Organization[] {
  return organizations.toSorted((a, b) => Number(a.parentId !== null) - Number(b.parentId !== null))
}
