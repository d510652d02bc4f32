import { useEffect } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import type { PrintSheet } from '#shared/imaging-export.ts'
import { formatCalendarDate, formatExact } from '../../platform/time.ts'
import classes from './sheet.module.css'

interface PrintedSheetProps {
  sheet: PrintSheet
  /** Its address. */
  picture: string
  onDone: () => void
}

/** A page that only the printer sees; the browser's print dialog opens when the picture is there. */
export function PrintedSheet({ sheet, picture, onDone }: PrintedSheetProps) {
  const { t } = useTranslation('export')
  const { patient, zone, processedBy } = sheet
  useEffect(() => {
    addEventListener('afterprint', onDone)
    return () => {
      removeEventListener('afterprint', onDone)
    }
  }, [onDone])
  return createPortal(
    <article className={classes.sheet}>
      <header className={classes.head}>
        <div>
          <h1 className={classes.name}>{patient.displayName}</h1>
          <p className={classes.line}>
            {t('sheet.patient', {
              born: formatCalendarDate(patient.birthDate),
              gender: t(`sheet.gender.${patient.gender}`),
              number: patient.identifier,
            })}
          </p>
        </div>
        <p className={classes.place}>{sheet.organizationName}</p>
      </header>
      <figure className={classes.figure}>
        <img
          src={picture}
          alt={t('sheet.picture')}
          width={sheet.width}
          height={sheet.height}
          className={classes.image}
          onLoad={() => {
            print()
          }}
          onError={onDone}
        />
        <figcaption className={classes.caption}>
          <span>{t('sheet.taken', { time: formatExact(sheet.takenAt, { zone }) })}</span>
          <strong>
            {processedBy === null ? t('sheet.original') : t('sheet.processed', { recipe: processedBy })}
          </strong>
        </figcaption>
      </figure>
      <footer className={classes.foot}>
        {t('sheet.printed', {
          name: sheet.practitionerName,
          time: formatExact(sheet.printedAt, { zone }),
        })}
      </footer>
    </article>,
    document.body,
  )
}
