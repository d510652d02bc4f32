import { ActionIcon, Button, Textarea } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { StatusWord, TimeText } from '../ui/index.ts'
import type { CallSession } from './call/CallSession.ts'
import type { ChatLine } from './call/ChatLog.ts'
import { useCall } from './call/useCall.ts'
import classes from './Chat.module.css'

interface ChatProps {
  session: CallSession
  /** Inside a page instead of a panel of its own height. */
  compact?: boolean
  /** Stands where no message is yet. */
  hint: string
}

/** What both wrote, the newest last, and a line to write more. */
export function Chat({ session, compact = false, hint }: ChatProps) {
  const { t } = useTranslation('consult')
  const { chat, view } = useCall(session)
  const [text, setText] = useState('')
  const log = useRef<HTMLDivElement>(null)

  useEffect(() => {
    session.chat.watch(true)
    return () => {
      session.chat.watch(false)
    }
  }, [session])
  useEffect(() => {
    // Only the messages scroll, never the page around them.
    log.current?.scrollTo({ top: log.current.scrollHeight })
  }, [chat.lines.length])

  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    const trimmed = text.trim()
    if (trimmed === '') return
    session.chat.send(trimmed)
    setText('')
  }
  const nameOf = (line: ChatLine) =>
    line.from === 'self'
      ? t('chat.you')
      : (view?.participants.find((person) => person.participantId === line.from)?.displayName ??
        t('chat.other'))
  return (
    <div className={classes.chat} data-compact={compact || undefined}>
      <div ref={log} className={classes.lines} role="log" aria-label={t('chat.log')} tabIndex={0}>
        {chat.lines.length === 0 && <p className={classes.empty}>{hint}</p>}
        {chat.lines.map((line) => (
          <div key={line.key} className={classes.line} data-own={line.from === 'self' || undefined}>
            <div className={classes.who}>
              {nameOf(line)} · <TimeText at={line.at} as="time" />
            </div>
            <div className={classes.bubble}>{line.text}</div>
            {line.state === 'sending' && <div className={classes.who}>{t('chat.sending')}</div>}
            {line.state === 'failed' && (
              <div className={classes.failed}>
                <StatusWord tone="danger">{t('chat.failed')}</StatusWord>
                <Button
                  variant="subtle"
                  size="xs"
                  onClick={() => {
                    session.chat.sendAgain(line.key)
                  }}
                >
                  {t('chat.sendAgain')}
                </Button>
              </div>
            )}
          </div>
        ))}
      </div>
      <form className={classes.form} onSubmit={submit}>
        <Textarea
          className={classes.field}
          aria-label={t('chat.label')}
          placeholder={t('chat.placeholder')}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
          }}
          onKeyDown={(event) => {
            // Enter ends a choice of characters in Chinese input; only a bare one sends.
            if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) submit(event)
          }}
          maxLength={2000}
          minRows={1}
          maxRows={5}
        />
        <ActionIcon type="submit" variant="filled" color="tide" size="md" aria-label={t('chat.send')}>
          <IconSend size={20} stroke={1.75} aria-hidden />
        </ActionIcon>
      </form>
    </div>
  )
}
