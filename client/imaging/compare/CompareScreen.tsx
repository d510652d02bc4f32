import { Button } from '@mantine/core'
import { IconPhotoSearch, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Snapshot } from '#shared/imaging.ts'
import { compareSnapshot, type Registration } from '#shared/imaging-compare.ts'
import { call } from '../../platform/api.ts'
import { afterStop, inSentences } from '../../platform/lists.ts'
import { keyOf } from '../../platform/query.ts'
import { ErrorNotice, Notice } from '../../ui/index.ts'
import { useInheritedFocus } from '../useInheritedFocus.ts'
import { useSwitches } from '../recognition/useSwitches.ts'
import barClasses from '../viewer/Bars.module.css'
import { BlinkBar } from '../viewer/BlinkBar.tsx'
import { ToolButton } from '../viewer/ToolButton.tsx'
import { useBlink } from '../viewer/useBlink.ts'
import classes from './compare.module.css'
import { CompareStage, type CompareMode } from './CompareStage.tsx'
import { Confidence } from './Confidence.tsx'

interface CompareScreenProps {
  now: Snapshot
  earlier: Snapshot
  onAnother: () => void
  onClose: () => void
}

const laidModes = ['both', 'slider', 'blink', 'fade', 'difference'] as const satisfies readonly CompareMode[]

/** Two pictures of different days: beside each other, and laid over each other where the server says how. */
export function CompareScreen({ now, earlier, onAnother, onClose }: CompareScreenProps) {
  const { t } = useTranslation('history')
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
        <p className={classes.hint}>{t('compare.doctorOnly')}</p>
      </footer>
    </div>
  )
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
