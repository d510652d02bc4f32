import { Button } from '@mantine/core'
import { IconEyeOff } from '@tabler/icons-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { SnapshotId } from '#shared/ids.ts'
import { uncover, type Cover } from './cover.ts'
import classes from './AskBeforeShowing.module.css'

interface AskBeforeShowingProps {
  id: SnapshotId
  cover: Cover
  onNotNow: () => void
}

/** In the viewer, in the picture's place: asks once for each picture before it is shown large. */
export function AskBeforeShowing({ id, cover, onNotNow }: AskBeforeShowingProps) {
  const { t } = useTranslation('guard')
  const title = useId()
  return (
    <div
      className={classes.place}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        // To the page behind it, Escape means something else.
        event.stopPropagation()
        onNotNow()
      }}
    >
      <div
        className={classes.box}
        role="alertdialog"
        aria-labelledby={title}
        aria-describedby={`${title}-text`}
      >
        <IconEyeOff size={32} stroke={1.5} aria-hidden className={classes.icon} />
        <h2 id={title} className={classes.title}>
          {t(`ask.${cover}.title`)}
        </h2>
        <p id={`${title}-text`} className={classes.text}>
          {t(`ask.${cover}.text`)}
        </p>
        <div className={classes.answers}>
          <Button variant="default" size="lg" autoFocus onClick={onNotNow}>
            {t('notNow')}
          </Button>
          <Button
            variant="default"
            size="lg"
            onClick={() => {
              uncover(id)
            }}
          >
            {t('show')}
          </Button>
        </div>
      </div>
    </div>
  )
}
