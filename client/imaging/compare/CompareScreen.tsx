import { Button } from '@mantine/core'
import { IconPhotoSearch, IconPresentation, IconX } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Snapshot } from '#shared/imaging.ts'
import { compareSnapshot, showPicture, type Registration } from '#shared/imaging-compare.ts'
import type { CompareMode, PictureRect } from '#shared/imaging-viewer.ts'
import { call } from '../../platform/api.ts'
import { afterStop, inSentences } from '../../platform/lists.ts'
import { keyOf } from '../../platform/query.ts'
import { ErrorNotice, Notice, useInheritedFocus } from '../../ui/index.ts'
import { useSwitches } from '../recognition/useSwitches.ts'
import barClasses from '../viewer/Bars.module.css'
import { BlinkBar } from '../viewer/BlinkBar.tsx'
import { ToolButton } from '../viewer/ToolButton.tsx'
import { useBlink } from '../viewer/useBlink.ts'
import classes from './compare.module.css'
import { CompareStage } from './CompareStage.tsx'
import { Confidence } from './Confidence.tsx'
import type { Together, TogetherView } from './together.ts'

interface CompareScreenProps {
  now: Snapshot
  earlier: Snapshot
  /** Null: there is nobody to show it to. */
  together: Together | null
  onAnother: () => void
  onClose: () => void
}

const laidModes = ['both', 'slider', 'blink', 'fade', 'difference'] as const satisfies readonly CompareMode[]

/** Two pictures of different days: beside each other, and laid over each other where the server says how. */
export function CompareScreen({ now, earlier, together, onAnother, onClose }: CompareScreenProps) {
  const { t } = useTranslation('history')
  const { t: viewer } = useTranslation('viewer')
  const switches = useSwitches(true)
  const on = switches.data?.switches.compare
  const query = useQuery({
    queryKey: [...keyOf(compareSnapshot), now.id, earlier.id],
    queryFn: () => call(compareSnapshot, { params: { snapshotId: now.id }, body: { earlierId: earlier.id } }),
    enabled: on === true,
    staleTime: Infinity,
  })
  const [wanted, setWanted] = useState<CompareMode>('slider')
  const [share, setShare] = useState(0.5)
  const registration = query.data?.registration ?? null
  const homography = registration?.state === 'registered' ? registration.homography : null
  const mode = homography ? wanted : 'both'
  const blink = useBlink(mode === 'blink')
  const failed = switches.data ? query : switches
  const waits = on !== false && !query.data && !failed.error
  const [seen, setSeen] = useState<PictureRect | null>(null)
  const showing = useShowing(
    together,
    earlier,
    seen && { rect: seen, comparison: { earlierId: earlier.id, homography, mode, share } },
  )
  const foot = useInheritedFocus<HTMLElement>(failed.error)
  return (
    <div className={classes.screen}>
      <header className={classes.top} role="presentation">
        <div className={barClasses.modes} role="group" aria-label={t('compare.modes.label')}>
          {laidModes.map((one) => (
            <button
              key={one}
              type="button"
              className={barClasses.choice}
              aria-pressed={mode === one}
              disabled={one !== 'both' && !homography}
              onClick={() => {
                setWanted(one)
              }}
            >
              {t(`compare.modes.${one}`)}
            </button>
          ))}
        </div>
        <div className={barClasses.group}>
          {together && (
            <button
              type="button"
              className={barClasses.present}
              aria-pressed={showing.on}
              aria-label={viewer('present.label')}
              title={viewer('present.label')}
              aria-disabled={showing.starts}
              onClick={showing.toggle}
            >
              <IconPresentation size={18} stroke={1.75} aria-hidden />
              <span className={barClasses.presentWord} aria-hidden>
                {viewer('present.label')}
              </span>
            </button>
          )}
          <ToolButton icon={IconPhotoSearch} label={t('compare.another')} onClick={onAnother} />
          <ToolButton icon={IconX} label={t('compare.close')} onClick={onClose} />
        </div>
      </header>
      <div className={classes.middle}>
        <CompareStage
          now={now}
          earlier={earlier}
          homography={homography}
          mode={mode}
          share={share}
          blinksEarlier={blink.side === 'original'}
          onSeen={setSeen}
        />
        {mode === 'blink' && <BlinkBar blink={blink} />}
        {(mode === 'slider' || mode === 'fade') && (
          <input
            type="range"
            className={classes.share}
            min={0}
            max={1}
            step={0.01}
            value={share}
            aria-label={t(mode === 'slider' ? 'compare.split' : 'compare.fade')}
            onChange={(event) => {
              setShare(event.currentTarget.valueAsNumber)
            }}
          />
        )}
      </div>
      <footer ref={foot} className={classes.foot} role="presentation" aria-live="polite" tabIndex={-1}>
        {on === false && <Notice tone="info">{t('compare.off')}</Notice>}
        {waits && <p className={classes.hint}>{t('compare.working')}</p>}
        {failed.error && (
          <>
            <ErrorNotice error={failed.error} />
            <Button variant="default" size="sm" onClick={() => void failed.refetch()}>
              {t('compare.again')}
            </Button>
          </>
        )}
        {query.data && <Outcome registration={query.data.registration} method={query.data.method} />}
        <ErrorNotice error={showing.error} />
        <p className={classes.hint}>
          {together && showing.hasBeen
            ? t(showing.on ? 'compare.shown' : 'compare.shownBefore', { name: together.to })
            : inSentences(t('compare.doctorOnly'), together ? t('compare.mayShow') : '')}
        </p>
      </footer>
    </div>
  )
}

/** The patient sees what the doctor sees of it for as long as that is wanted and this is open. */
function useShowing(together: Together | null, earlier: Snapshot, view: TogetherView | null) {
  const [on, setOn] = useState(false)
  const start = useMutation({
    mutationFn: ({ consultId }: Together) =>
      call(showPicture, { params: { consultId, snapshotId: earlier.id } }),
    onSuccess: () => {
      setOn(true)
    },
  })
  const onShow = together?.onShow
  const content = JSON.stringify(on ? view : null)
  useEffect(() => {
    onShow?.(JSON.parse(content) as TogetherView | null)
  }, [onShow, content])
  useEffect(() => () => onShow?.(null), [onShow])
  return {
    on,
    hasBeen: start.isSuccess,
    starts: start.isPending,
    error: start.error,
    toggle: () => {
      if (on) setOn(false)
      else if (together && !start.isPending) start.mutate(together)
    },
  }
}

interface OutcomeProps {
  registration: Registration
  method: { name: string; version: string }
}

function Outcome({ registration, method }: OutcomeProps) {
  const { t } = useTranslation('history')
  if (registration.state === 'registered')
    return <Confidence confidence={registration.confidence} facts={registration.facts} method={method} />
  return (
    <Notice tone="caution">
      <strong>{t('compare.refused.title')}</strong>
      {afterStop()}
      {inSentences(t(`compare.refused.${registration.reason}`), t('compare.refused.beside'))}
    </Notice>
  )
}
