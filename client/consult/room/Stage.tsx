import { IconRefresh, IconUserPause, IconVolume } from '@tabler/icons-react'
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConsultView, ParticipantView } from '#shared/consult.ts'
import { announce } from '../../ui/index.ts'
import { darkVariables } from '../../ui/dark-variables.ts'
import type { CallState } from '../call/call-state.ts'
import type { CallSession } from '../call/CallSession.ts'
import { TileName, VideoTile } from '../VideoTile.tsx'
import { OwnPicture } from './OwnPicture.tsx'
import classes from './Stage.module.css'
import { StageHead } from './StageHead.tsx'
import { useWakeLock } from './use-wake-lock.ts'

interface StageProps {
  session: CallSession
  call: CallState
  view: ConsultView
  /** Own name. */
  name: string
  /** The bar. */
  children: ReactNode
}

/** The dark stage: the other person large, the own picture small, and what is going on with the line. */
export function Stage({ session, call, view, name, children }: StageProps) {
  const { t } = useTranslation('consult')
  const [silenced, setSilenced] = useState(false)
  useWakeLock()
  const other = view.participants.find((person) => person.participantId !== view.self)
  const otherName = other?.displayName ?? t('room.other')
  const remote = call.remotes.find((one) => one.participantId === other?.participantId) ?? call.remotes[0]
  const away = other === undefined || other.presence !== 'online'
  const onFirstFrame = useCallback(() => {
    session.firstFrame()
  }, [session])
  const onSilenced = useCallback(() => {
    setSilenced(true)
  }, [])
  const screen = remote?.screen && !remote.screen.paused ? remote.screen : null
  const person = (
    <VideoTile
      name={otherName}
      video={remote?.camera?.track ?? null}
      dark={remote?.camera?.paused ?? true}
      audio={remote?.microphone?.track ?? null}
      fit={screen ? 'cover' : 'contain'}
      onFirstFrame={onFirstFrame}
      onSilenced={onSilenced}
    >
      <TileName name={otherName} silent={remote?.microphone?.paused ?? false} />
    </VideoTile>
  )
  const trouble = useTrouble(call)
  useAnnouncedPresence(other)
  return (
    <section className={classes.stage} style={darkVariables} aria-label={t('room.stage')}>
      <StageHead
        name={otherName}
        call={call}
        startedAt={view.startedAt}
        otherQuality={other ? (call.qualityOf[other.participantId] ?? null) : null}
      />
      <div className={classes.pictures}>
        <div className={trouble ? `${classes.main} ${classes.veil}` : classes.main}>
          {screen ? (
            <VideoTile
              name={otherName}
              label={t('screenOf', { name: otherName })}
              video={screen.track}
              muted
              fit="contain"
            />
          ) : (
            person
          )}
        </div>
        {screen && <div className={classes.beside}>{person}</div>}
        <OwnPicture>
          <VideoTile
            name={name}
            video={session.devices.track('camera')}
            dark={call.camera !== 'on'}
            muted
            mirrored
          >
            <TileName name={t('room.you')} silent={call.microphone !== 'on'} />
          </VideoTile>
        </OwnPicture>
      </div>
      <div className={classes.notices}>
        {trouble && (
          <div className={classes.notice} role="alert">
            <IconRefresh size={20} stroke={1.75} aria-hidden />
            {trouble}
          </div>
        )}
        {!trouble && away && (
          <div className={classes.notice} role="status">
            <IconUserPause size={20} stroke={1.75} aria-hidden />
            {other?.presence === 'left'
              ? t('room.left', { name: otherName })
              : t('room.away', { name: otherName })}
          </div>
        )}
        {silenced && (
          <div className={classes.notice} role="alert">
            <IconVolume size={20} stroke={1.75} aria-hidden />
            {t('room.silenced')}
            <button
              type="button"
              onClick={() => {
                setSilenced(false)
                for (const player of document.querySelectorAll('video')) void player.play()
              }}
            >
              {t('room.turnSoundOn')}
            </button>
          </div>
        )}
        {(call.soundOnlyAdvised || call.soundOnly) && !trouble && call.camera !== 'none' && (
          <div className={classes.notice} role="status">
            {call.soundOnly ? t('room.soundOnlyNow') : t('room.soundOnlyAdvice')}
            <button
              type="button"
              onClick={() => {
                session.setSoundOnly(!call.soundOnly)
              }}
            >
              {call.soundOnly ? t('room.pictureAgain') : t('room.soundOnly')}
            </button>
          </div>
        )}
      </div>
      {children}
    </section>
  )
}

/** The sentence for a line that is being mended; null when all is well. Spoken when it comes and when it is over. */
function useTrouble(call: CallState): string | null {
  const { t } = useTranslation('consult')
  const trouble =
    call.media === 'recovering' || call.link === 'offline'
      ? call.media === 'recovering'
        ? t('room.recovering')
        : t('room.linkAway')
      : null
  const hadTrouble = useRef(false)
  useEffect(() => {
    if (hadTrouble.current && trouble === null) announce(t('room.recovered'))
    hadTrouble.current = trouble !== null
  }, [trouble, t])
  return trouble
}

function useAnnouncedPresence(other: ParticipantView | undefined): void {
  const { t } = useTranslation('consult')
  const presence = other?.presence
  const name = other?.displayName
  useEffect(() => {
    if (name === undefined || presence === undefined) return
    if (presence === 'online') announce(t('room.here', { name }))
    else announce(presence === 'left' ? t('room.left', { name }) : t('room.away', { name }))
  }, [presence, name, t])
}
