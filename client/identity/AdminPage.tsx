import { Tabs } from '@mantine/core'
import {
  IconActivityHeartbeat,
  IconBuildingHospital,
  IconListSearch,
  IconScan,
  IconUsers,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { SwitchesSection } from '../imaging/recognition/SwitchesSection.tsx'
import { PageShell } from '../ui/index.ts'
import { AuditSection } from './AuditSection.tsx'
import { ClinicsSection } from './ClinicsSection.tsx'
import { HealthSection } from './HealthSection.tsx'
import { PeopleSection } from './PeopleSection.tsx'
import classes from './AdminPage.module.css'

const sections = ['people', 'clinics', 'recognition', 'audit', 'system'] as const
type Section = (typeof sections)[number]

const icons = {
  people: IconUsers,
  clinics: IconBuildingHospital,
  recognition: IconScan,
  audit: IconListSearch,
  system: IconActivityHeartbeat,
} as const

/** People, clinics, who looked at what, and how the service does. The section is part of the address. */
export function AdminPage() {
  const { t } = useTranslation('identity')
  const [search, setSearch] = useSearchParams()
  const section = sections.find((name) => name === search.get('section')) ?? 'people'
  return (
    <PageShell title={t('admin.title')}>
      <Tabs
        value={section}
        onChange={(next) => {
          setSearch(next === null || next === 'people' ? {} : { section: next })
        }}
      >
        <Tabs.List aria-label={t('admin.sections')} className={classes.tabs}>
          {sections.map((name) => {
            const TabIcon = icons[name]
            return (
              <Tabs.Tab
                key={name}
                value={name}
                ref={name === section ? bringIntoSight : null}
                leftSection={<TabIcon size={18} stroke={1.75} aria-hidden />}
              >
                {t(`admin.${name}`)}
              </Tabs.Tab>
            )
          })}
        </Tabs.List>
        <Tabs.Panel value={section} pt="lg">
          {contentOf(section)}
        </Tabs.Panel>
      </Tabs>
    </PageShell>
  )
}

/** On a phone the last sections are beyond the edge. */
function bringIntoSight(tab: HTMLButtonElement | null): void {
  const { parentElement: list } = tab ?? {}
  if (!tab || !list) return
  if (tab.offsetLeft + tab.offsetWidth > list.clientWidth) list.scrollLeft = tab.offsetLeft
}

function contentOf(section: Section) {
  switch (section) {
    case 'people':
      return <PeopleSection />
    case 'clinics':
      return <ClinicsSection />
    case 'recognition':
      return <SwitchesSection />
    case 'audit':
      return <AuditSection />
    case 'system':
      return <HealthSection />
  }
}
