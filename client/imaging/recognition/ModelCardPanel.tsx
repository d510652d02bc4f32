import { useTranslation } from 'react-i18next'
import type { ListedModel } from '#shared/imaging-models.ts'
import type { ModelCard } from '#shared/imaging-recognition.ts'
import { formatNumber } from '../../platform/time.ts'
import { CopyButton, Notice, Panel, StatusWord } from '../../ui/index.ts'
import { shortHash } from './model-words.ts'
import { cardFacts, useCardWords } from './useCardWords.ts'
import classes from './Models.module.css'

const tones = { checking: 'neutral', ready: 'good', unavailable: 'danger' } as const

/** What is to be known of one model before it is believed. */
export function ModelCardPanel({ model }: { model: ListedModel }) {
  const { t } = useTranslation('models')
  const { name, card, state, fault, detail } = model
  return (
    <div id={name} tabIndex={-1} className={classes.card}>
      <Panel
        title={name}
        order={3}
        aside={<StatusWord tone={tones[state]}>{t(`state.${state}`)}</StatusWord>}
      >
        {fault !== null && (
          <div className={classes.fault}>
            <Notice tone="caution" title={t('page.cannotBeUsed')}>
              {t(`fault.${fault}`)}
              {detail !== null && (
                <pre className={classes.detail} lang="en">
                  {detail}
                </pre>
              )}
            </Notice>
          </div>
        )}
        {card && <Facts card={card} />}
      </Panel>
    </div>
  )
}

function Facts({ card }: { card: ModelCard }) {
  const { t } = useTranslation('models')
  const { version, task, sha256, bytes } = card
  const translated = useCardWords()(card)
  const megabytes = formatNumber(bytes / 1e6, { maximumSignificantDigits: 2 })
  return (
    <dl className={classes.facts}>
      <div>
        <dt>{t('page.for')}</dt>
        <dd>{t(`task.${task}.name`)}</dd>
      </div>
      {cardFacts.map((fact) => (
        <div key={fact}>
          <dt>{t(`page.${fact}`)}</dt>
          <dd {...(translated ? {} : { lang: 'en' })}>{(translated ?? card)[fact]}</dd>
        </div>
      ))}
      <div>
        <dt>{t('page.size')}</dt>
        <dd>
          {version} · {t('page.megabytes', { value: megabytes })}
        </dd>
      </div>
      <div>
        <dt>{t('page.hash')}</dt>
        <dd className={classes.hash}>
          <code title={sha256}>{shortHash(sha256)}…</code>
          <CopyButton value={sha256} label={t('page.copyHash')} size="compact-sm" />
        </dd>
      </div>
    </dl>
  )
}
