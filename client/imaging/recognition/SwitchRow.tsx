import { Button, Switch } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useRef } from 'react'
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
import { afterStop } from '../../platform/lists.ts'
import { keyOf } from '../../platform/query.ts'
import { announce, ErrorNotice, TimeText } from '../../ui/index.ts'
import { cardAddress, modelsFor } from './model-words.ts'
import classes from './Switches.module.css'

interface SwitchRowProps {
  setting: SwitchSetting
  /** For whom is decided. */
  organization: Organization
  /** What it belongs to; null: nothing. */
  above: Organization | null
  /** Who has decided: itself, or what it belongs to. */
  decider: string | null
  /** Null until they are known. */
  models: readonly ListedModel[] | null
}

/** One thing that the computer may do: what it does, what it does not, by which model, and who has decided. */
export function SwitchRow({ setting, organization, above, decider, models }: SwitchRowProps) {
  const { t } = useTranslation('models')
  const queries = useQueryClient()
  const words = useId()
  const { name, on, decidedAt } = setting
  const title = t(`task.${name}.name`)
  const input = useRef<HTMLInputElement>(null)
  const decide = useMutation({
    mutationFn: (wanted: boolean | null) =>
      call(setSwitch, { params: { organizationId: organization.id, name }, body: { on: wanted } }),
    onSuccess: async (decided, wanted) => {
      await queries.invalidateQueries({ queryKey: keyOf(readSwitches) })
      if (wanted === null && above) announce(t('switches.follows', { what: title, name: above.name }))
      else announce(t(decided.on ? 'switches.switchedOn' : 'switches.switchedOff', { what: title }))
    },
  })
  const shown = (decide.isPending ? decide.variables : null) ?? on
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
          ref={input}
          // Not disabled while it is saved: who pressed it with a key goes on from here.
          aria-busy={decide.isPending}
          onChange={({ currentTarget }) => {
            if (!decide.isPending) decide.mutate(currentTarget.checked)
          }}
        />
        <p className={classes.since}>
          {decidedAt === null ? (
            t('switches.undecided')
          ) : (
            <>
              {decider !== null && t('switches.by', { name: decider }) + afterStop()}
              <TimeText at={decidedAt} as="dayTime" />
            </>
          )}
        </p>
        {above && setting.decidedBy === organization.id && (
          <Button
            size="sm"
            variant="subtle"
            className={classes.follow ?? ''}
            onClick={() => {
              if (decide.isPending) return
              // The button goes with the decision.
              input.current?.focus()
              decide.mutate(null)
            }}
          >
            {t('switches.follow', { name: above.name })}
          </Button>
        )}
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
