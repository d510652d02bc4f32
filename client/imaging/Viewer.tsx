import { Modal } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import {
  IconArrowsMaximize,
  IconChevronLeft,
  IconChevronRight,
  IconX,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SnapshotId } from '#shared/ids.ts'
import { readSnapshotImage, type Snapshot } from '#shared/imaging.ts'
import { addressOf } from '../platform/api.ts'
import { formatDayTime, formatTime } from '../platform/time.ts'
import { darkVariables } from '../ui/dark-variables.ts'
import classes from './Viewer.module.css'

interface ViewerProps {
  /** Newest first. */
  snapshots: readonly Snapshot[]
  /** Null: closed. */
  shown: SnapshotId | null
  onShow: (id: SnapshotId) => void
  onClose: () => void
}

type View = 'original' | 'enhanced' | 'both'
const zooms = [1, 1.5, 2, 3, 4, 6] as const

/** A picture as large as the screen allows, dark around it, its word always there. */
export function Viewer({ snapshots, shown, onShow, onClose }: ViewerProps) {
  const { t } = useTranslation('imaging')
  const index = snapshots.findIndex((snapshot) => snapshot.id === shown)
  const snapshot = snapshots[index]
  return (
    <Modal.Root opened={snapshot !== undefined} onClose={onClose} fullScreen lockScroll={false}>
      <Modal.Content className={classes.content ?? ''} style={darkVariables} aria-label={t('viewer.title')}>
        <Modal.Body className={classes.body ?? ''}>
          {snapshot && (
            <Picture
              key={snapshot.id}
              snapshot={snapshot}
              newer={snapshots[index - 1]}
              older={snapshots[index + 1]}
              onShow={onShow}
              onClose={onClose}
            />
          )}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}

interface PictureProps {
  snapshot: Snapshot
  newer: Snapshot | undefined
  older: Snapshot | undefined
  onShow: (id: SnapshotId) => void
  onClose: () => void
}

function Picture({ snapshot, newer, older, onShow, onClose }: PictureProps) {
  const { t } = useTranslation('imaging')
  const enhanced = snapshot.state === 'ready'
  const [view, setView] = useState<View>(enhanced ? 'both' : 'original')
  const [zoom, setZoom] = useState<number>(1)
  const closer = () => {
    setZoom((now) => zooms.find((step) => step > now) ?? now)
  }
  const farther = () => {
    setZoom((now) => zooms.findLast((step) => step < now) ?? now)
  }
  useHotkeys([
    ['+', closer],
    ['shift++', closer],
    ['-', farther],
    [
      '0',
      () => {
        setZoom(1)
      },
    ],
    ['ArrowLeft', () => newer && onShow(newer.id)],
    ['ArrowRight', () => older && onShow(older.id)],
  ])
  const variants = view === 'both' ? (['original', 'enhanced'] as const) : ([view] as const)
  return (
    <>
      <header className={classes.bar}>
        <span className={classes.when}>{formatDayTime(snapshot.takenAt)}</span>
        <div className={classes.views} role="group" aria-label={t('viewer.show')}>
          {(['original', 'enhanced', 'both'] as const).map((choice) => (
            <button
              key={choice}
              type="button"
              className={classes.choice}
              aria-pressed={view === choice}
              disabled={choice !== 'original' && !enhanced}
              onClick={() => {
                setView(choice)
              }}
            >
              {choice === 'both' ? t('viewer.both') : t(choice)}
            </button>
          ))}
        </div>
        <div className={classes.tools}>
          <Tool label={t('viewer.farther')} onClick={farther} disabled={zoom === 1}>
            <IconZoomOut size={20} stroke={1.75} aria-hidden />
          </Tool>
          <span className={classes.zoom}>{Math.round(zoom * 100)}%</span>
          <Tool label={t('viewer.closer')} onClick={closer} disabled={zoom === zooms.at(-1)}>
            <IconZoomIn size={20} stroke={1.75} aria-hidden />
          </Tool>
          <Tool
            label={t('viewer.fit')}
            onClick={() => {
              setZoom(1)
            }}
            disabled={zoom === 1}
          >
            <IconArrowsMaximize size={20} stroke={1.75} aria-hidden />
          </Tool>
          {(newer ?? older) && (
            <>
              <Tool label={t('viewer.newer')} onClick={() => newer && onShow(newer.id)} disabled={!newer}>
                <IconChevronLeft size={20} stroke={1.75} aria-hidden />
              </Tool>
              <Tool label={t('viewer.older')} onClick={() => older && onShow(older.id)} disabled={!older}>
                <IconChevronRight size={20} stroke={1.75} aria-hidden />
              </Tool>
            </>
          )}
          <Tool label={t('viewer.close')} onClick={onClose}>
            <IconX size={20} stroke={1.75} aria-hidden />
          </Tool>
        </div>
      </header>
      <div className={classes.pictures} data-both={view === 'both' || undefined}>
        {variants.map((variant) => (
          <figure key={variant} className={classes.figure}>
            <div className={classes.scroll} tabIndex={0} role="group" aria-label={t(variant)}>
              <img
                src={addressOf(readSnapshotImage, { params: { snapshotId: snapshot.id, variant } })}
                alt={t(`alt.${variant}`, { time: formatTime(snapshot.takenAt) })}
                className={classes.image}
                style={{ width: `${zoom * 100}%`, height: `${zoom * 100}%` }}
              />
            </div>
            <figcaption className={classes.caption}>{t(variant)}</figcaption>
          </figure>
        ))}
      </div>
    </>
  )
}

interface ToolProps {
  label: string
  onClick: () => void
  disabled?: boolean
  children: ReactNode
}

function Tool({ label, onClick, disabled = false, children }: ToolProps) {
  return (
    <button
      type="button"
      className={classes.tool}
      aria-label={label}
      title={label}
      onClick={onClick}
      disabled={disabled}
    >
      {children}
    </button>
  )
}
