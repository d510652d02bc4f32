import { Button } from '@mantine/core'
import { IconEyeOff } from '@tabler/icons-react'
import { useEffectEvent, useLayoutEffect, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SnapshotId } from '#shared/ids.ts'
import { uncover, type Cover } from './cover.ts'
import classes from './Covered.module.css'

interface CoveredProps {
  id: SnapshotId
  /** Null: nothing is put over it. */
  cover: Cover | null
  /** What the picture is called: "Original picture, 14:30". */
  name: string
  children: ReactNode
}

/** A picture in a list: blurred under a cover until the person presses Show. */
export function Covered({ id, cover, name, children }: CoveredProps) {
  const picture = useRef<HTMLDivElement>(null)
  return (
    <div className={classes.frame} data-cover={cover ?? undefined}>
      {/* Pressing the covered picture itself opens the viewer, which asks. */}
      <div ref={picture} className={classes.picture} tabIndex={-1}>
        {children}
      </div>
      {cover !== null && (
        <Sheet
          cover={cover}
          name={name}
          onShow={() => {
            uncover(id)
          }}
          onGone={() => {
            const next = picture.current?.querySelector('button') ?? picture.current
            next?.focus({ preventScroll: true })
          }}
        />
      )}
    </div>
  )
}

interface SheetProps {
  cover: Cover
  name: string
  onShow: () => void
  /** It goes while it has the focus: because Show was pressed, or the guard has answered meanwhile. */
  onGone: () => void
}

function Sheet({ cover, name, onShow, onGone }: SheetProps) {
  const { t } = useTranslation('guard')
  const show = useRef<HTMLButtonElement>(null)
  const gone = useEffectEvent(onGone)
  useLayoutEffect(() => {
    const button = show.current
    return () => {
      if (document.activeElement === button) gone()
    }
  }, [])
  return (
    <div className={classes.cover}>
      <span className={classes.why}>
        <IconEyeOff size={18} stroke={1.75} aria-hidden />
        <span className={classes.word}>{t(`cover.${cover}`)}</span>
      </span>
      <Button
        ref={show}
        size="sm"
        variant="default"
        className={classes.show ?? ''}
        aria-label={t('showOf', { name })}
        onClick={onShow}
      >
        {t('show')}
      </Button>
    </div>
  )
}
