import { Button, Textarea } from '@mantine/core'
import { IconCalendarPlus, IconSignature } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { EncounterId, PractitionerId } from '#shared/ids.ts'
import type { Note } from '#shared/records.ts'
import {
  announce,
  ConfirmDialog,
  ErrorNotice,
  ErrorState,
  Loading,
  Notice,
  SavingButton,
  StatusWord,
  TimeText,
  useInheritedFocus,
} from '../ui/index.ts'
import { afterStop, inRow } from '../platform/lists.ts'
import { Amendments } from './Amendments.tsx'
import { FollowUpDialog } from './FollowUpDialog.tsx'
import { noteParts, type Draft } from './note-draft.ts'
import type { NoteDraft } from './NoteDraft.ts'
import { useNoteDraft } from './useNoteDraft.ts'
import classes from './VisitNote.module.css'

interface VisitNoteProps {
  encounterId: EncounterId
  practitionerId: PractitionerId | null
  /** `dock`: the four parts side by side under the video; `panel`: one below the other. */
  place: 'dock' | 'panel'
  /** Beside the title. */
  aside?: ReactNode
}

/** The visit note: written, saved by itself, signed; after that only amended. */
export function VisitNote({ encounterId, practitionerId, place, aside }: VisitNoteProps) {
  const { t } = useTranslation('records')
  const { draft, note } = useNoteDraft(encounterId)
  const [followUp, setFollowUp] = useState(false)
  return (
    <section className={classes.note} data-place={place} aria-label={t('note.title')}>
      <header className={classes.head}>
        <h2 className={classes.title}>{t('note.title')}</h2>
        <SaveState draft={draft} />
        <div className={classes.actions}>
          {practitionerId && (
            <Button
              variant="default"
              size="sm"
              leftSection={<IconCalendarPlus size={18} stroke={1.75} aria-hidden />}
              onClick={() => {
                setFollowUp(true)
              }}
            >
              {t('followUp.open')}
            </Button>
          )}
          {draft.note && draft.state !== 'signed' && <SignButton note={note} draft={draft} />}
          {aside}
        </div>
      </header>
      <Body draft={draft} note={note} place={place} />
      {practitionerId && (
        <FollowUpDialog
          opened={followUp}
          encounterId={encounterId}
          practitionerId={practitionerId}
          onClose={() => {
            setFollowUp(false)
          }}
        />
      )}
    </section>
  )
}

function Body({ draft, note, place }: { draft: Draft; note: NoteDraft; place: VisitNoteProps['place'] }) {
  const { t } = useTranslation('records')
  const [wasOpen, setWasOpen] = useState(false)
  if (!wasOpen && draft.note && draft.state !== 'signed') setWasOpen(true)
  if (!draft.note) {
    return draft.error ? <ErrorState error={draft.error} onRetry={() => void note.load()} /> : <Loading />
  }
  if (draft.state === 'signed') return <Signed draft={draft} signed={draft.note} note={note} now={wasOpen} />
  return (
    <>
      {draft.state === 'offline' && (
        <Notice tone="caution" title={t('note.offline.title')}>
          {t('note.offline.text')}
        </Notice>
      )}
      {draft.clashes.length > 0 && (
        <Notice tone="info" title={t('note.clash.title')}>
          {t('note.clash.text', { parts: inRow(draft.clashes.map((part) => t(`note.${part}`))) })}
        </Notice>
      )}
      <div className={classes.parts}>
        {noteParts.map((part) => (
          <Textarea
            key={part}
            label={t(`note.${part}`)}
            className={classes.part ?? ''}
            value={draft.content[part]}
            onChange={(event) => {
              note.write(part, event.currentTarget.value)
            }}
            maxLength={20_000}
            minRows={place === 'dock' ? 3 : 4}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            {...(part === 'plan' ? { description: t('note.planHint') } : {})}
          />
        ))}
      </div>
    </>
  )
}

interface SignedProps {
  draft: Draft
  signed: Note
  note: NoteDraft
  /** It has been signed while one looked on: the button for that is gone, and with it the focus. */
  now: boolean
}

/** The signed text, and what was typed too late to be part of it. */
function Signed({ draft, signed, note, now }: SignedProps) {
  const { t } = useTranslation('records')
  const place = useInheritedFocus<HTMLDivElement>(now, now)
  const late = noteParts.filter((part) => draft.content[part] !== signed.content[part])
  return (
    <div ref={place} tabIndex={-1} className={classes.signed}>
      {late.length > 0 && (
        <Notice tone="caution" title={t('note.late.title')}>
          {t('note.late.text')}
          {late.map((part) => (
            <p key={part} className={classes.text}>
              {draft.content[part]}
            </p>
          ))}
        </Notice>
      )}
      <div className={classes.parts}>
        {noteParts.map((part) => (
          <div key={part}>
            <h3 className={classes.partTitle}>{t(`note.${part}`)}</h3>
            <p className={classes.text}>{signed.content[part] || t('note.empty')}</p>
          </div>
        ))}
      </div>
      {signed.signature && (
        <p className={classes.signature}>
          <IconSignature size={18} stroke={1.75} aria-hidden />
          <span>
            {t('note.signedBy', { name: signed.signature.practitionerName })}
            {afterStop()}
            <TimeText at={signed.signature.signedAt} as="dayTime" />
          </span>
        </p>
      )}
      <Amendments note={note} amendments={signed.amendments} />
    </div>
  )
}

function SaveState({ draft }: { draft: Draft }) {
  const { t } = useTranslation('records')
  return <span role="status">{word()}</span>

  function word() {
    switch (draft.state) {
      case 'loading':
        return null
      case 'saved':
        return draft.note && noteParts.some((part) => draft.content[part] !== '') ? (
          <StatusWord tone="good">{t('note.state.saved')}</StatusWord>
        ) : (
          <StatusWord tone="neutral">{t('note.state.empty')}</StatusWord>
        )
      case 'unsaved':
      case 'saving':
        return <StatusWord tone="neutral">{t('note.state.saving')}</StatusWord>
      case 'offline':
        return <StatusWord tone="caution">{t('note.state.offline')}</StatusWord>
      case 'signed':
        return <StatusWord tone="tide">{t('note.state.signed')}</StatusWord>
    }
  }
}

function SignButton({ note, draft }: { note: NoteDraft; draft: Draft }) {
  const { t } = useTranslation('records')
  const [asking, setAsking] = useState(false)
  const empty = noteParts.every((part) => draft.content[part].trim() === '')
  const sign = useMutation({
    mutationFn: () => note.sign(),
    onSuccess: () => {
      setAsking(false)
      announce(t('note.signedNow'))
    },
  })
  return (
    <>
      <SavingButton
        size="sm"
        leftSection={<IconSignature size={18} stroke={1.75} aria-hidden />}
        disabled={empty}
        saving={sign.isPending}
        onClick={() => {
          setAsking(true)
        }}
      >
        {t('note.sign')}
      </SavingButton>
      <ConfirmDialog
        opened={asking}
        title={t('note.signTitle')}
        confirmLabel={t('note.signNow')}
        cancelLabel={t('note.keepWriting')}
        tone="tide"
        pending={sign.isPending}
        onCancel={() => {
          setAsking(false)
        }}
        onConfirm={() => {
          sign.mutate()
        }}
      >
        {t('note.signText')}
        <ErrorNotice error={sign.error} />
      </ConfirmDialog>
    </>
  )
}
