import { Button, UnstyledButton } from '@mantine/core'
import { IconChevronRight, IconLink } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { readInfo } from '#shared/identity.ts'
import { PersonAvatar } from '../ui/PersonAvatar.tsx'
import classes from './DemoAccounts.module.css'

type Demo = NonNullable<z.output<(typeof readInfo)['reply']>['demo']>

interface DemoAccountsProps {
  demo: Demo
  pending: boolean
  onChoose: (account: { email: string; password: string }) => void
}

/** One press to be anyone of a demo clinic. The server names them only when it runs one. */
export function DemoAccounts({ demo, pending, onChoose }: DemoAccountsProps) {
  const { t } = useTranslation(['identity', 'common'])
  return (
    <section className={classes.demo} aria-labelledby="demo-title">
      <h2 id="demo-title" className={classes.title}>
        {t('demo.title')}
      </h2>
      <p className={classes.text}>{t('demo.text')}</p>
      <ul className={classes.list}>
        {demo.accounts.map(({ role, displayName, email, password }) => (
          <li key={email}>
            <UnstyledButton
              className={classes.account}
              // Not disabled: who has just pressed it would lose their place.
              aria-disabled={pending || undefined}
              onClick={() => {
                if (!pending) onChoose({ email, password })
              }}
            >
              <PersonAvatar name={displayName} size={36} />
              <span className={classes.words}>
                <span className={classes.name}>{displayName}</span>
                <span className={classes.role}>{t(`common:role.${role}`)}</span>
              </span>
              <IconChevronRight size={18} stroke={1.75} aria-hidden className={classes.arrow} />
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {demo.joinPath && (
        <Button
          component="a"
          href={demo.joinPath}
          variant="subtle"
          size="sm"
          leftSection={<IconLink size={18} stroke={1.75} aria-hidden />}
        >
          {t('demo.join')}
        </Button>
      )}
      {demo.joinPath && demo.joinBirthDate && (
        <p className={classes.text}>{t('demo.birthDate', { date: demo.joinBirthDate })}</p>
      )}
    </section>
  )
}
