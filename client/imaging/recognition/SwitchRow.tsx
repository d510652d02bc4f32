import { Switch } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Organization } from '#shared/identity.ts'
import type { ListedModel } from '#shared/imaging-models.ts'
import {
  readSwitches,
  setSwitch,
  type RecognitionSwitch,
  type SwitchSetting,
} from '#shared/imaging-recognition.ts'
import { call } from '../../platform/api.ts'
import { keyOf } from '../../platform/query.ts'
import { announce, ErrorNotice, TimeText } from '../../ui/index.ts'
import { cardAddress, modelsFor } from './model-words.ts'
import classes from './Switches.module.css'

interface SwitchRowProps {
  setting: SwitchSetting
  /** For whom is decided. */
  organization: Organization
  /** Who has decided: itself, or what it belongs to. */
  decider: string | null
  /** Null until they are known. */
  models: readonly ListedModel[] | null
}

/** One thing that the computer may do: what it does, what it does not, by which model, and who has decided. */
export function SwitchRow({ setting, organization, decider, models }: SwitchRowProps) {
  const { t } = useTranslation('models')
  const queries = useQueryClient()
  const words = useId()
  const { name, on, decidedAt } = setting
  const title = t(`task.${name}.name`)
  const decide = useMutation({
    mutationFn: (wanted: boolean) =>
      call(setSwitch, { params: { organizationId: organization.id, name }, body: { on: wanted } }),
    onSuccess: async (decided) => {
      await queries.invalidateQueries({ queryKey: keyOf(readSwitches) })
      announce(t(decided.on ? 'switches.switchedOn' : 'switches.switchedOff', { what: title }))
    },
  })
  const shown = decide.isPending ? decide.variables : on
  return (
    <li className={classes.row}>
      <div className={classes.words} id={words}>
        <h3 className={classes.name}>{title}</h3>
        <dl className={classes.facts}>
          <div>
            <dt>{t('switches.does')}</dt>
            <dd>{t(`task.${name}.does`)}</dd>
          </div>
          <div>
            <dt>{t('switches.doesNot')}</dt>
            <dd>{t(`task.${name}.not`)}</dd>
          </div>
          <Maker task={name} models={models} />
        </dl>
        <ErrorNotice error={decide.error} />
      </div>
      <div className={classes.decision}>
        <Switch
          size="lg"
          checked={shown}
          label={t(shown ? 'switches.on' : 'switches.off')}
          aria-label={title}
          aria-describedby={words}
          disabled={decide.isPending}
          onChange={({ currentTarget }) => {
            decide.mutate(currentTarget.checked)
          }}
        />
        <p className={classes.since}>
          {decidedAt === null ? (
            t('switches.undecided')
          ) : (
            <>
              {decider !== null && t('switches.by', { name: decider })}{' '}
              <TimeText at={decidedAt} as="dayTime" />
            </>
          )}
        </p>
        {decidedAt !== null && setting.decidedBy !== organization.id && (
          <p className={classes.since}>{t('switches.inherited', { name: organization.name })}</p>
        )}
      </div>
    </li>
  )
}

function Maker({ task, models }: { task: RecognitionSwitch; models: readonly ListedModel[] | null }) {
  const { t } = useTranslation('models')
  const own = modelsFor(task, models ?? [])
  if (task === 'outline' || task === 'compare') {
    return (
      <div>
        <dt>{t('switches.method')}</dt>
        <dd>{t(`method.${task}`)}</dd>
      </div>
    )
  }
  return (
    <div>
      <dt>{t('switches.model')}</dt>
      <dd>
        {models !== null && own.length === 0 && t('switches.none')}
        {own.map(({ name, card, state }) => (
          <span key={name} className={classes.model}>
            <Link to={cardAddress(name)} className={classes.link}>
              {name} {card?.version}
            </Link>
            {state === 'unavailable' && ` (${t('switches.bad')})`}
          </span>
        ))}
      </dd>
    </div>
  )
}
