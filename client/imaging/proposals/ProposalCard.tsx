import { Checkbox } from '@mantine/core'
import { IconAlertTriangle, IconPlus } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SnapshotId } from '#shared/ids.ts'
import { confirmReading, type ConfirmedReading, type ProposalDoubt } from '#shared/imaging-proposal.ts'
import { readPatientContext } from '#shared/records.ts'
import { call } from '../../platform/api.ts'
import { newKey } from '../../platform/key.ts'
import { keyOf } from '../../platform/query.ts'
import { announce, ErrorNotice, SavingButton, StatusWord } from '../../ui/index.ts'
import classes from './proposals.module.css'
import { keyFor, recordedWords } from './reading-cards.ts'
import type { Reading } from './useReading.ts'

interface ProposalCardProps {
  snapshotId: SnapshotId
  reading: Reading
  /** Which of the reading's proposals. */
  at: number
  title: string
  /** As it stands in the picture. */
  asRead: string
  doubts: readonly ProposalDoubt[]
  /** Null: not complete yet. */
  confirmed: ConfirmedReading | null
  children: ReactNode
}

/** One proposal: what was read, why to doubt it, the fields to correct, and the button without which nothing is kept. */
export function ProposalCard(props: ProposalCardProps) {
  const { snapshotId, reading, at, title, asRead, doubts, confirmed, children } = props
  const { t } = useTranslation('proposals')
  const queries = useQueryClient()
  const heading = useId()
  const cardElement = useRef<HTMLElement>(null)
  const headingElement = useRef<HTMLHeadingElement>(null)
  /** For what the doctor has given their word; another value or another doubt needs it anew. */
  const [compared, setCompared] = useState<string | null>(null)
  const state = JSON.stringify([confirmed, doubts])
  const card = reading.cardOf(at)
  const { kept } = card
  const add = useMutation({
    mutationFn: (body: { reading: ConfirmedReading; idempotencyKey: string }) =>
      call(confirmReading, { params: { snapshotId }, body }),
    onSuccess: async (_, sent) => {
      const { activeElement } = document
      // The button that was pressed goes; who is busy elsewhere by now stays there.
      if (activeElement === document.body || cardElement.current?.contains(activeElement))
        headingElement.current?.focus()
      reading.change(at, { kept: sent.reading })
      announce(t('added', { what: title }))
      await queries.invalidateQueries({ queryKey: keyOf(readPatientContext) })
    },
  })
  const mayAdd = confirmed !== null && (doubts.length === 0 || compared === state)
  return (
    <article
      ref={cardElement}
      className={classes.card}
      aria-labelledby={heading}
      data-doubtful={doubts.length > 0 || undefined}
      onPointerEnter={() => {
        reading.point(at)
      }}
      onPointerLeave={() => {
        reading.point(null)
      }}
      onFocus={() => {
        reading.point(at)
      }}
    >
      <header className={classes.head}>
        <h3 id={heading} ref={headingElement} tabIndex={-1} className={classes.title}>
          {title}
        </h3>
        {kept !== null && <StatusWord tone="good">{t('kept')}</StatusWord>}
      </header>
      <p className={classes.asRead}>{t('asRead', { text: asRead })}</p>
      {kept !== null && <p className={classes.keptAs}>{t('keptAs', { value: recordedWords(kept) })}</p>}
      {kept === null && (
        <>
          {children}
          {doubts.length > 0 && (
            <ul className={classes.doubts}>
              {doubts.map((doubt) => (
                <li key={doubt}>
                  <IconAlertTriangle size={18} stroke={1.75} aria-hidden />
                  {t(`doubt.${doubt}`)}
                </li>
              ))}
            </ul>
          )}
          {doubts.length > 0 && confirmed !== null && (
            <Checkbox
              checked={compared === state}
              onChange={(event) => {
                setCompared(event.currentTarget.checked ? state : null)
              }}
              label={t('compared')}
            />
          )}
          <ErrorNotice error={add.error} />
          <SavingButton
            variant="default"
            leftSection={<IconPlus size={18} stroke={1.75} aria-hidden />}
            disabled={!mayAdd}
            saving={add.isPending}
            onClick={() => {
              if (!confirmed) return
              const { key, keys } = keyFor(card, confirmed, newKey)
              reading.change(at, { keys })
              add.mutate({ reading: confirmed, idempotencyKey: key })
            }}
          >
            {t('add')}
          </SavingButton>
        </>
      )}
    </article>
  )
}
