import { Button } from '@mantine/core'
import { IconEyeOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
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
  const { t } = useTranslation('guard')
  return (
    <div className={classes.frame} data-cover={cover ?? undefined}>
      {/* Pressing the covered picture itself opens the viewer, which asks. */}
      <div className={classes.picture}>{children}</div>
      {cover !== null && (
        <div className={classes.cover}>
          <span className={classes.why}>
            <IconEyeOff size={18} stroke={1.75} aria-hidden />
            <span className={classes.word}>{t(`cover.${cover}`)}</span>
          </span>
          <Button
            size="sm"
            variant="default"
            className={classes.show ?? ''}
            aria-label={t('showOf', { name })}
            onClick={() => {
              uncover(id)
            }}
          >
            {t('show')}
          </Button>
        </div>
      )}
    </div>
  )
}
