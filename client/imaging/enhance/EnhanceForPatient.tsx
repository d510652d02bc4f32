import { useTranslation } from 'react-i18next'
import { formatTime } from '../../platform/time.ts'
import { Loaded } from '../../ui/index.ts'
import { Choice } from './Choice.tsx'
import classes from './enhance.module.css'
import type { EnhancePanelProps } from './EnhancePanel.tsx'
import { useEnhancements } from './useEnhancements.ts'

/** The enhancements that the doctor has had made. */
export function EnhanceForPatient({
  snapshot,
  shown,
  onShow,
}: Pick<EnhancePanelProps, 'snapshot' | 'shown' | 'onShow'>) {
  const { t } = useTranslation('enhance')
  const query = useEnhancements(snapshot.id)
  return (
    <section className={classes.panel} aria-label={t('title')}>
      <Loaded query={query}>
        {({ enhancements }) => (
          <div className={classes.choices} role="group" aria-label={t('choices')}>
            <Choice
              name={t('automatic.name')}
              why={t('automatic.why')}
              pressed={shown === null}
              onPick={() => {
                onShow(null)
              }}
            />
            {enhancements
              .filter(({ state }) => state === 'ready')
              .map(({ id, name, createdAt }) => (
                <Choice
                  key={id}
                  name={
                    name === 'custom'
                      ? t('custom', { time: formatTime(createdAt) })
                      : t(`preset.${name}.name`)
                  }
                  why={name === 'custom' ? t('customWhy') : t(`preset.${name}.why`)}
                  pressed={shown === id}
                  onPick={() => {
                    onShow(id)
                  }}
                />
              ))}
          </div>
        )}
      </Loaded>
    </section>
  )
}
