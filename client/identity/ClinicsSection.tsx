import { Button, Skeleton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { IconBuildingHospital, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { listOrganizations, type Organization } from '#shared/identity.ts'
import { read } from '../platform/query.ts'
import { EmptyState, Loaded, Panel } from '../ui/index.ts'
import { AddClinic } from './AddClinic.tsx'
import classes from './AdminPage.module.css'

/** Hospitals and clinics, each with its time zone. */
export function ClinicsSection() {
  const { t } = useTranslation('identity')
  const organizations = useQuery(read(listOrganizations))
  const [adding, { open, close }] = useDisclosure(false)
  return (
    <>
      <div className={classes.tools}>
        <Button leftSection={<IconPlus size={20} stroke={1.75} aria-hidden />} onClick={open}>
          {t('admin.clinic.add')}
        </Button>
      </div>
      <Panel flush>
        <Loaded query={organizations} skeleton={<Skeleton height={200} radius={0} />}>
          {(data) => <ClinicsTable organizations={data.organizations} />}
        </Loaded>
      </Panel>
      <AddClinic opened={adding} onClose={close} known={organizations.data?.organizations ?? []} />
    </>
  )
}

function ClinicsTable({ organizations }: { organizations: readonly Organization[] }) {
  const { t } = useTranslation('identity')
  if (organizations.length === 0) {
    return (
      <EmptyState icon={IconBuildingHospital} title={t('admin.clinic.none')}>
        {t('admin.clinic.noneText')}
      </EmptyState>
    )
  }
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t('admin.clinic.name')}</th>
          <th scope="col">{t('admin.clinic.kind')}</th>
          <th scope="col">{t('admin.clinic.partOf')}</th>
          <th scope="col">{t('admin.clinic.zone')}</th>
          <th scope="col">{t('admin.clinic.telecom')}</th>
        </tr>
      </thead>
      <tbody>
        {organizations.map(({ id, name, kind, parentId, zone, telecom, address }) => (
          <tr key={id}>
            <td>
              <div className={classes.strong}>{name}</div>
              {address !== null && <div className={classes.dim}>{address}</div>}
            </td>
            <td>{t(`admin.clinic.${kind}`)}</td>
            <td className={classes.dim}>
              {organizations.find((other) => other.id === parentId)?.name ?? ''}
            </td>
            <td className={classes.dim}>{zone}</td>
            <td>{telecom}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
