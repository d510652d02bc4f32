import { Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Note } from '#shared/records.ts'
import { newKey } from '../platform/key.ts'
import { ErrorNotice, SavingButton, TimeText } from '../ui/index.ts'
import type { NoteDraft } from './NoteDraft.ts'
import classes from './VisitNote.module.css'

/** What was added to a signed note, and a field to add more. */
export function Amendments({ note, amendments }: { note: NoteDraft; amendments: Note['amendments'] }) {
  const { t } = useTranslation('records')
  const [text, setText] = useState('')
  const [key, setKey] = useState(newKey)
  const amend = useMutation({
    mutationFn: () => note.amend(text.trim(), key),
    onSuccess: () => {
      setText('')
      setKey(newKey())
    },
  })
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // What was added has pushed it down.
    if (document.activeElement === button.current) button.current?.scrollIntoView({ block: 'nearest' })
  }, [amendments.length])
  return (
    <div className={classes.amendments}>
      {amendments.length > 0 && <h3 className={classes.partTitle}>{t('amend.title')}</h3>}
      {amendments.map((amendment) => (
        <div key={amendment.id}>
          <p className={classes.text}>{amendment.text}</p>
          <p className={classes.signature}>
            {amendment.practitionerName} · <TimeText at={amendment.at} as="dayTime" />
          </p>
        </div>
      ))}
      <Textarea
        label={t('amend.label')}
        description={t('amend.hint')}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
        }}
        minRows={2}
        maxLength={20_000}
      />
      <ErrorNotice error={amend.error} />
      <SavingButton
        ref={button}
        variant="default"
        size="sm"
        rests={text.trim() === ''}
        saving={amend.isPending}
        onClick={() => {
          amend.mutate()
        }}
      >
        {t('amend.add')}
      </SavingButton>
    </div>
  )
}
