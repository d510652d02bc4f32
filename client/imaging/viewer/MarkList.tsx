import { IconTrash } from '@tabler/icons-react'
import { useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Annotation } from '#shared/imaging-viewer.ts'
import { formatDayTime } from '../../platform/time.ts'
import { Loaded } from '../../ui/index.ts'
import type { Size } from './camera.ts'
import type { Scale } from './geometry.ts'
import classes from './Panel.module.css'
import { iconOf } from './tools.ts'
import { ToolButton } from './ToolButton.tsx'
import type { Annotations } from './useAnnotations.ts'
import { useMarkWords } from './useMarkWords.ts'

interface MarkListProps {
  annotations: Annotations
  size: Size
  scale: Scale | null
  patient: string
  /** What more there is to say of one; null: nothing. */
  more: (annotation: Annotation) => ReactNode
}

/** All that is drawn, in words: what it is, what it measures, whose it is. */
export function MarkList({ annotations, size, scale, patient, more }: MarkListProps) {
  const { t } = useTranslation('viewer')
  const words = useMarkWords()
  const place = useRef<HTMLDivElement>(null)
  const name = ({ author }: Annotation) =>
    author.own
      ? t('marks.own')
      : author.role === 'patient'
        ? patient || t('marks.patient')
        : (author.name ?? '')
  return (
    <Loaded query={annotations.query}>
      {({ annotations: list }) => (
        <div ref={place} tabIndex={-1} className={classes.marks}>
          <p className={classes.scale}>
            {t(
              scale === null
                ? 'marks.uncalibrated'
                : scale.by === 'marker'
                  ? 'marks.byMarker'
                  : 'marks.calibrated',
            )}
          </p>
          {list.length === 0 ? (
            <p className={classes.empty}>{t('marks.none')}</p>
          ) : (
            <ul className={classes.list} aria-label={t('marks.list')}>
              {list.map((annotation) => {
                const { shape } = annotation
                const KindIcon = iconOf(shape.kind)
                const kind = t(`tools.${shape.kind}`)
                const said = words(shape, size, scale)
                return (
                  <li key={annotation.id} className={classes.mark}>
                    <span className={classes.kind} data-by={annotation.author.role}>
                      <KindIcon size={18} stroke={1.75} aria-hidden />
                    </span>
                    <span className={classes.words}>
                      <span className={classes.value}>
                        {said === '' ? kind : t('marks.said', { kind, said })}
                      </span>
                      <span className={classes.author}>
                        {name(annotation)} · {formatDayTime(annotation.createdAt)}
                      </span>
                    </span>
                    {annotation.author.own && (
                      <ToolButton
                        icon={IconTrash}
                        label={t('marks.remove', { what: said === '' ? kind : `${kind} ${said}` })}
                        onClick={() => {
                          // The mark takes its button along.
                          place.current?.focus({ preventScroll: true })
                          annotations.remove(annotation)
                        }}
                      />
                    )}
                    {more(annotation)}
                  </li>
                )
              })}
            </ul>
          )}
        </div>
      )}
    </Loaded>
  )
}
