import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowsMaximize,
  IconAspectRatio,
  IconChevronLeft,
  IconChevronRight,
  IconEye,
  IconEyeOff,
  IconLayoutSidebarRight,
  IconPresentation,
  IconX,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Snapshot } from '#shared/imaging.ts'
import { ViewerMode } from '#shared/imaging-viewer.ts'
import { formatDayTime, formatNumber } from '../../platform/time.ts'
import classes from './Bars.module.css'
import { maxScale } from './camera.ts'
import { ToolButton } from './ToolButton.tsx'
import { toolsOf, type Tool, type ViewerRole } from './tools.ts'
import type { Annotations } from './useAnnotations.ts'
import type { Look } from './useLook.ts'

interface TopBarProps {
  snapshot: Snapshot
  /** How many there are, and which one this is, from 1. */
  place: { readonly at: number; readonly of: number }
  newer: (() => void) | null
  older: (() => void) | null
  /** Null: there is nobody to show it to. */
  presenting: { readonly on: boolean; readonly to: string; readonly toggle: () => void } | null
  panel: { readonly open: boolean; readonly toggle: () => void }
  onClose: () => void
  /** What stands in the middle where there is room. */
  children: ReactNode
}

/** Which picture it is, who sees it, and the way out. */
export function TopBar({ snapshot, place, newer, older, presenting, panel, onClose, children }: TopBarProps) {
  const { t } = useTranslation('viewer')
  const { t: images } = useTranslation('imaging')
  return (
    <header className={classes.top} role="presentation">
      <div className={classes.group}>
        <span className={classes.when}>{formatDayTime(snapshot.takenAt)}</span>
        {place.of > 1 && (
          <>
            <span className={`${classes.when ?? ''} ${classes.place ?? ''}`}>{t('place', place)}</span>
            <ToolButton
              icon={IconChevronLeft}
              label={t('newer')}
              onClick={() => newer?.()}
              disabled={!newer}
            />
            <ToolButton
              icon={IconChevronRight}
              label={t('older')}
              onClick={() => older?.()}
              disabled={!older}
            />
          </>
        )}
      </div>
      {children}
      <div className={classes.group}>
        {presenting && (
          <button
            type="button"
            className={classes.present}
            aria-pressed={presenting.on}
            aria-label={t('present.label')}
            title={t('present.label')}
            onClick={presenting.toggle}
          >
            <IconPresentation size={18} stroke={1.75} aria-hidden />
            <span className={classes.presentWord} aria-hidden>
              {t('present.label')}
            </span>
          </button>
        )}
        <ToolButton
          icon={IconLayoutSidebarRight}
          label={t('panel.label')}
          expanded={panel.open}
          onClick={panel.toggle}
        />
        <ToolButton icon={IconX} label={images('viewer.close')} onClick={onClose} />
      </div>
    </header>
  )
}

/** How original and enhanced picture share the screen. */
export function Modes({ look, enhanced }: { look: Look; enhanced: boolean }) {
  const { t } = useTranslation('viewer')
  return (
    <div className={classes.modes} role="group" aria-label={t('modes.label')}>
      {ViewerMode.options.map((mode) => (
        <button
          key={mode}
          type="button"
          className={classes.choice}
          aria-pressed={look.mode === mode}
          disabled={mode !== 'original' && !enhanced}
          onClick={() => {
            look.setMode(mode)
          }}
        >
          {t(`modes.${mode}`)}
        </button>
      ))}
    </div>
  )
}

const zoomStep = 1.5

export function ZoomTools({ look }: { look: Look }) {
  const { t } = useTranslation('viewer')
  const { scale } = look.camera
  return (
    <div className={classes.group} role="group" aria-label={t('zoom.label')}>
      <ToolButton
        icon={IconZoomOut}
        label={t('zoom.out')}
        shortcut="-"
        disabled={look.whole}
        onClick={() => {
          look.zoom(1 / zoomStep)
        }}
      />
      <span className={classes.zoom}>{formatNumber(scale, { style: 'percent' })}</span>
      <ToolButton
        icon={IconZoomIn}
        label={t('zoom.in')}
        shortcut="+"
        disabled={scale >= maxScale}
        onClick={() => {
          look.zoom(zoomStep)
        }}
      />
      <ToolButton
        icon={IconArrowsMaximize}
        label={t('zoom.fit')}
        shortcut="0"
        disabled={look.whole}
        onClick={() => {
          look.showWhole()
        }}
      />
      <ToolButton
        icon={IconAspectRatio}
        label={t('zoom.actual')}
        shortcut="1"
        disabled={Math.abs(scale - 1) < 0.001}
        onClick={() => {
          look.zoom(1 / scale)
        }}
      />
    </div>
  )
}

interface RailProps {
  role: ViewerRole
  tool: Tool
  /** The computer may outline. */
  proposes: boolean
  onTool: (tool: Tool) => void
  annotations: Annotations
  marksShown: boolean
  onMarksShown: (shown: boolean) => void
}

/** What a finger does, and taking it back. */
export function DrawingTools({ role, tool, proposes, onTool, annotations, ...marks }: RailProps) {
  const { marksShown, onMarksShown } = marks
  const { t } = useTranslation('viewer')
  return (
    <>
      {toolsOf(role, proposes).map(({ tool: choice, icon, key }) => (
        <ToolButton
          key={choice}
          icon={icon}
          label={t(`tools.${choice}`)}
          shortcut={key}
          pressed={tool === choice}
          onClick={() => {
            onTool(choice)
          }}
        />
      ))}
      <span className={classes.divider} />
      <ToolButton
        icon={IconArrowBackUp}
        label={t('undo')}
        shortcut="Control+Z"
        disabled={!annotations.canUndo}
        onClick={annotations.undo}
      />
      <ToolButton
        icon={IconArrowForwardUp}
        label={t('redo')}
        shortcut="Control+Y"
        disabled={!annotations.canRedo}
        onClick={annotations.redo}
      />
      <ToolButton
        icon={marksShown ? IconEye : IconEyeOff}
        label={t('marks.show')}
        pressed={marksShown}
        onClick={() => {
          onMarksShown(!marksShown)
        }}
      />
    </>
  )
}
