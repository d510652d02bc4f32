import { IconBulb, IconCheck, IconFocus2, IconHandStop, IconSunOff, type Icon } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { journal } from '../../platform/journal.ts'
import classes from './CameraGuide.module.css'
import { LiveJudge, type Advice } from './LiveJudge.ts'

const icons: Readonly<Record<Advice, Icon>> = {
  dark: IconBulb,
  bright: IconSunOff,
  glare: IconSunOff,
  moving: IconHandStop,
  blurred: IconFocus2,
  ready: IconCheck,
}

interface CameraGuideProps {
  /** Its accessible name. */
  label: string
  track: MediaStreamTrack
  /** The camera is held back: there is nothing to judge. */
  off: boolean
}

/** What the own camera sees, a frame to fill, and what would make a better picture. Nothing of it leaves the device. */
export function CameraGuide({ label, track, off }: CameraGuideProps) {
  const { t } = useTranslation('capture')
  const preview = useRef<HTMLDivElement>(null)
  const video = useRef<HTMLVideoElement>(null)
  const [advice, setAdvice] = useState<Advice | null>(null)

  useEffect(() => {
    const player = video.current
    if (!player) return
    player.srcObject = new MediaStream([track])
    player.play().catch((error: unknown) => {
      journal('The own picture did not start', error)
    })
    return () => {
      player.srcObject = null
    }
  }, [track])

  useEffect(() => {
    if (off || !video.current) return
    const judge = new LiveJudge(video.current, (now, looks) => {
      setAdvice(now)
      // For who wants to know how often it looks; React need not render for it.
      if (preview.current) preview.current.dataset['looks'] = String(looks)
    })
    return () => {
      judge.close()
      setAdvice(null)
    }
  }, [off])

  const AdviceIcon = advice && icons[advice]
  return (
    <div ref={preview} className={classes.preview} data-advice={advice ?? undefined}>
      <video ref={video} className={classes.video} aria-label={label} muted autoPlay playsInline />
      {!off && (
        <svg className={classes.frame} viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden>
          <path d="M0 18V0H18M82 0H100V18M100 82V100H82M18 100H0V82" />
        </svg>
      )}
      <p className={classes.advice} role="status">
        {AdviceIcon && <AdviceIcon size={20} stroke={1.75} aria-hidden />}
        {off ? t('cameraOff') : advice && t(`advice.${advice}`)}
      </p>
    </div>
  )
}
