import { Skeleton, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { listModels, type ListedModel } from '#shared/imaging-models.ts'
import { read } from '../../platform/query.ts'
import { Loaded, PageShell, Panel } from '../../ui/index.ts'
import { ModelCardPanel } from './ModelCardPanel.tsx'
import classes from './Models.module.css'

const checkingMs = 2000

/** Every model on this server with its card, for all who work here. */
export function ModelsPage() {
  const { t } = useTranslation('models')
  const query = useQuery({
    ...read(listModels),
    refetchInterval: ({ state }) =>
      state.data?.models.some((model) => model.state === 'checking') ? checkingMs : false,
  })
  return (
    <PageShell title={t('page.title')} subtitle={t('page.lead')}>
      <Loaded query={query} skeleton={<Skeleton height={560} />}>
        {({ models }) => <Cards models={models} />}
      </Loaded>
    </PageShell>
  )
}

function Cards({ models }: { models: readonly ListedModel[] }) {
  const { t, i18n } = useTranslation('models')
  useShownByAddress()
  const own = models.filter(({ origin }) => origin === 'own')
  return (
    <div className={classes.page}>
      <Title order={2} className={classes.part}>
        {t('page.shipped')}
      </Title>
      {models
        .filter(({ origin }) => origin === 'shipped')
        .map((model) => (
          <ModelCardPanel key={model.name} model={model} />
        ))}
      <Title order={2} className={classes.part}>
        {t('page.own')}
      </Title>
      {own.length === 0 && <p className={classes.none}>{t('page.ownNone')}</p>}
      {own.length > 0 && i18n.resolvedLanguage !== 'en' && (
        <p className={classes.none}>{t('page.ownLanguage')}</p>
      )}
      {own.map((model) => (
        <ModelCardPanel key={model.name} model={model} />
      ))}
      <Title order={2} className={classes.part}>
        {t('page.methods')}
      </Title>
      <Panel>
        <p className={classes.none}>{t('page.methodsText')}</p>
        <dl className={classes.facts}>
          {(['outline', 'compare'] as const).map((task) => (
            <div key={task}>
              <dt>{t(`task.${task}.name`)}</dt>
              <dd>{t(`method.${task}`)}</dd>
            </div>
          ))}
        </dl>
      </Panel>
    </div>
  )
}

/** The page is filled after it has opened: the card that the address names is looked for once it is there. */
function useShownByAddress(): void {
  const { hash } = useLocation()
  useEffect(() => {
    if (hash === '') return
    const card = document.getElementById(decodeURIComponent(hash.slice(1)))
    card?.scrollIntoView()
    card?.focus({ preventScroll: true })
  }, [hash])
}
