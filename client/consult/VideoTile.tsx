import { IconMicrophoneOff } from '@tabler/icons-react'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { journal } from '../platform/journal.ts'
import { PersonAvatar } from '../ui/index.ts'
import classes from './VideoTile.module.css'

interface VideoTileProps {
  /** Whose picture it is; its accessible name is "Video of NAME". */
  name: string
  /** Another accessible name, for a screen. */
  label?: string
  video: MediaStreamTrack | null
  /** Played with the picture; own sound is never played. */
  audio?: MediaStreamTrack | null
  /** The camera is held back: the person's initials stand in its place. */
  dark?: boolean
  muted?: boolean
  mirrored?: boolean
  fit?: 'cover' | 'contain'
  children?: ReactNode
  /** The first picture is on the screen. */
  onFirstFrame?: () => void
  /** The browser plays no sound before the page is touched. */
  onSilenced?: () => void
}

/** A live picture of somebody, with their sound. The element stays while tracks come and go. */
export function VideoTile(props: VideoTileProps) {
  const { name, label, video, audio = null, dark = false, mirrored = false, fit = 'cover' } = props
  const { t } = useTranslation('consult')
  const element = useRef<HTMLVideoElement>(null)
  const [stream] = useState(() => new MediaStream())
  const { onFirstFrame, onSilenced } = props

  useEffect(() => {
    const player = element.current
    if (!player) return
    player.srcObject = stream
    const play = () => {
      if (document.visibilityState === 'hidden') return
      player.play().catch((error: unknown) => {
        if (error instanceof DOMException && error.name === 'NotAllowedError') onSilenced?.()
        else journal('A picture did not start', error)
      })
    }
    play()
    // Phones pause what is playing when another app comes to the front.
    document.addEventListener('visibilitychange', play)
    stream.addEventListener('addtrack', play)
    return () => {
      document.removeEventListener('visibilitychange', play)
      stream.removeEventListener('addtrack', play)
      player.srcObject = null
    }
  }, [stream, onSilenced])

  useTrack(stream, video)
  useTrack(stream, audio)

  useEffect(() => {
    const player = element.current
    if (!player || !video || !onFirstFrame) return
    const handle = player.requestVideoFrameCallback(() => {
      onFirstFrame()
    })
    return () => {
      player.cancelVideoFrameCallback(handle)
    }
  }, [video, onFirstFrame])

  const shown = video !== null && !dark
  return (
    <div className={classes.tile} data-shown={shown || undefined}>
      <video
        ref={element}
        className={classes.video}
        aria-label={label ?? t('videoOf', { name })}
        data-mirrored={mirrored || undefined}
        data-fit={fit}
        muted={props.muted ?? false}
        autoPlay
        playsInline
      />
      {!shown && (
        <div className={classes.absent} aria-hidden>
          <PersonAvatar name={name} size={72} />
        </div>
      )}
      {props.children}
    </div>
  )
}

/** Words at the lower edge of a tile: the name, and that the microphone is off. */
export function TileName({ name, silent = false }: { name: string; silent?: boolean }) {
  const { t } = useTranslation('consult')
  return (
    <div className={classes.name}>
      <span className={classes.nameText}>{name}</span>
      {silent && <IconMicrophoneOff size={16} stroke={1.75} role="img" aria-label={t('microphoneIsOff')} />}
    </div>
  )
}

function useTrack(stream: MediaStream, track: MediaStreamTrack | null): void {
  useEffect(() => {
    if (!track) return
    stream.addTrack(track)
    stream.dispatchEvent(new Event('addtrack'))
    return () => {
      stream.removeTrack(track)
    }
  }, [stream, track])
}
