import { useElementSize, useMergedRef } from '@mantine/hooks'
import { Suspense, useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Snapshot } from '#shared/imaging.ts'
import { maxOutlinePoints, type PicturePoint } from '#shared/imaging-viewer.ts'
import { formatTime } from '../../platform/time.ts'
import { ComparisonOver } from '../compare/ComparisonOver.tsx'
import { HistoryTools } from '../compare/HistoryTools.tsx'
import type { TogetherView } from '../compare/together.ts'
import { ExportMenu } from '../export/ExportMenu.tsx'
import { OutlineBar } from '../outline/OutlineBar.tsx'
import { OutlineOver } from '../outline/OutlineOver.tsx'
import { useOutlining } from '../outline/useOutlining.ts'
import { ReadOver } from '../proposals/ReadOver.tsx'
import { useReading } from '../proposals/useReading.ts'
import { DrawingTools, Modes, TopBar, ZoomTools } from './Bars.tsx'
import barClasses from './Bars.module.css'
import { BlinkBar } from './BlinkBar.tsx'
import { useSwitch } from '../recognition/useSwitches.ts'
import type { DraftKind } from './drafting.ts'
import { Face } from './Face.tsx'
import { FollowBar } from './FollowBar.tsx'
import { scaleOf, simplify } from './geometry.ts'
import type { Mark } from './Marks.tsx'
import type { PanelTab } from './Panel.tsx'
import { ShapeForm, type OpenShape } from './ShapeForm.tsx'
import { Stage } from './Stage.tsx'
import type { Tool } from './tools.ts'
import { useAnnotations } from './useAnnotations.ts'
import { useBlink } from './useBlink.ts'
import { sharedOf, useLook } from './useLook.ts'
import { useOfPicture } from './useOfPicture.ts'
import { usePlaceAsker } from './usePlaceAsker.ts'
import { usePointers } from './usePointers.ts'
import { usePresenter } from './usePresenter.ts'
import { usePreview } from './usePreview.ts'
import { useSources } from './useSources.ts'
import { useSpokenMode } from './useSpokenMode.ts'
import { meaningOf } from './viewer-keys.ts'
import type { ViewerProps } from './Viewer.tsx'
import { ViewerPanel } from './ViewerPanel.tsx'
import classes from './ViewerScreen.module.css'

interface ViewerScreenProps extends Omit<ViewerProps, 'shown'> {
  snapshot: Snapshot
}

/** Everything about one picture at a time: looking, comparing, showing, pointing, drawing, measuring. */
export function ViewerScreen({
  snapshot,
  snapshots,
  role,
  session,
  follower,
  onShow,
  onClose,
}: ViewerScreenProps) {
  const { t } = useTranslation('viewer')
  const { t: images } = useTranslation('imaging')
  const people = session?.state.view?.participants ?? []
  const patient = people.find((person) => person.role === 'patient')?.displayName ?? ''
  const doctor = people.find((person) => person.role === 'practitioner')?.displayName ?? ''
  const [presenting, setPresenting] = useState(false)
  const [tool, setTool] = useState<Tool>('hand')
  const [open, setOpen] = useOfPicture<OpenShape>(snapshot.id)
  const [marksShown, setMarksShown] = useState(true)
  const [panel, setPanel] = useState<PanelTab | null>(() =>
    role === 'practitioner' && matchMedia('(min-width: 62em)').matches ? 'marks' : null,
  )
  const [preview, setPreview] = usePreview(snapshot.id)

  const theirView = follower?.part === 'following' ? follower.shown : null
  const following = theirView?.snapshotId === snapshot.id
  const compares = following && theirView.comparison !== undefined
  const stage = useElementSize<HTMLDivElement>()
  const element = useRef<HTMLDivElement>(null)
  const measure = useMergedRef(element, stage.ref)
  const look = useLook(snapshot, stage, following ? theirView : null, preview !== null, () =>
    follower?.roam(),
  )
  const onPreview = (tried: ImageBitmap | null) => {
    setPreview(tried)
    // Who tries something wants to see it.
    if (tried && look.mode === 'original') look.setMode('enhanced')
  }
  const blink = useBlink(look.mode === 'blink')
  const annotations = useAnnotations(snapshot.id, session)
  const proposes = useSwitch('outline', role === 'practitioner')
  const outline = useOutlining(snapshot, annotations)
  const atRest = outline.now === null
  useEffect(() => {
    // An outline's buttons and points go with it, a comparison's stage too, and the keys would go nowhere.
    if (atRest && !compares && document.activeElement === document.body)
      element.current?.focus({ preventScroll: true })
  }, [atRest, compares])
  const readsText = useSwitch('readText', role === 'practitioner')
  const reading = useReading(snapshot.id)
  const asker = usePlaceAsker(snapshot.id, outline)
  const { theirs, point } = usePointers(session, snapshot.id, presenting || following)
  const [compared, setCompared] = useOfPicture<TogetherView>(snapshot.id)
  const shows = (presenting || compared !== null) && stage.width > 0
  usePresenter(session, shows ? { ...sharedOf(snapshot, look), ...compared } : null)
  useSpokenMode(t(`modes.${look.mode}`))

  const index = snapshots.findIndex(({ id }) => id === snapshot.id)
  const step = (to: Snapshot | undefined) => {
    if (!to) return null
    return () => {
      if (following) follower?.roam()
      onShow(to.id)
    }
  }
  const [newer, older] = [step(snapshots[index - 1]), step(snapshots[index + 1])]
  const shapes = annotations.list.map(({ shape }) => shape)
  const scale = scaleOf(shapes, snapshot)
  const marks: Mark[] = [
    ...annotations.list
      .filter(({ id }) => id !== outline.replaces)
      .map(({ id, shape, author }) => ({ key: id, shape, by: author.role })),
    ...annotations.pending.map((shape, at) => ({ key: `pending ${at}`, shape, by: role, faint: true })),
  ]
  const drawn = (kind: DraftKind, points: readonly PicturePoint[]) => {
    const [a, b, c] = points
    if (!a) return
    if (kind === 'text' || kind === 'calibration') setOpen({ kind, points })
    else if (kind === 'box') {
      outline.ask(a, b ?? a)
      setTool('hand')
    } else if (kind === 'outline') {
      const line = simplify(points, snapshot, 1.5 / look.camera.scale, maxOutlinePoints)
      if (line.length >= 3) annotations.add({ kind, points: line })
    } else if (kind === 'angle') {
      if (b && c) annotations.add({ kind, points: [a, b, c] })
    } else if (b) annotations.add({ kind, points: [a, b] })
  }

  const keyed = (event: KeyboardEvent) => {
    const { placed } = asker
    const cancels = placed !== null && event.key === 'Escape'
    const act = cancels
      ? () => {
          placed(null)
        }
      : meaningOf(event, {
          role,
          tool,
          proposes,
          look,
          annotations,
          outline,
          newer,
          older,
          onTool: setTool,
          onClose,
        })
    if (!act) return
    act()
    event.preventDefault()
    event.stopPropagation()
  }
  const at = { time: formatTime(snapshot.takenAt) }
  const sources = useSources(snapshot, look.enhancementId)
  const enhanced = preview ?? sources.enhanced

  return (
    <div
      className={classes.screen}
      data-panel={panel !== null || undefined}
      data-outlining={!atRest || undefined}
      onKeyDown={keyed}
    >
      <div className={classes.head}>
        <TopBar
          snapshot={snapshot}
          place={{ at: index + 1, of: snapshots.length }}
          newer={newer}
          older={older}
          presenting={
            session && role === 'practitioner'
              ? { on: presenting, to: patient, toggle: () => setPresenting(!presenting) } // prettier-ignore
              : null
          }
          panel={{ open: panel !== null, toggle: () => setPanel(panel === null ? 'marks' : null) }} // prettier-ignore
          onClose={onClose}
        >
          <div className={classes.wide}>
            {!compares && <Modes look={look} enhanced={enhanced !== null} />}
            <ZoomTools look={look} />
          </div>
        </TopBar>
      </div>
      <div className={barClasses.rail} role="group" aria-label={t('tools.label')}>
        <DrawingTools
          role={role}
          tool={tool}
          proposes={proposes}
          onTool={setTool}
          annotations={annotations}
          marksShown={marksShown}
          onMarksShown={setMarksShown}
        />
        {role === 'practitioner' && (
          <HistoryTools
            key={snapshot.id}
            snapshot={snapshot}
            together={
              session && snapshot.consultId
                ? { consultId: snapshot.consultId, to: patient, onShow: setCompared }
                : null
            }
          />
        )}
        {role === 'practitioner' && <ExportMenu snapshot={snapshot} enhancementId={look.enhancementId} />}
        <div className={classes.narrow}>
          <span className={barClasses.divider} />
          <ZoomTools look={look} />
        </div>
      </div>
      <div className={classes.middle}>
        <div className={classes.under} inert={compares}>
          <Stage
            snapshotId={snapshot.id}
            measure={measure}
            look={look}
            sources={{ original: sources.original, enhanced }}
            alts={{ original: images('alt.original', at), enhanced: images('alt.enhanced', at) }}
            captions={{ original: images('original'), enhanced: preview ? t('preview') : images('enhanced') }}
            blink={blink.side}
            tool={tool}
            role={role}
            pointing={following && tool === 'hand'}
            marks={marksShown ? marks : []}
            spared={outline.now?.step === 'editing' ? outline.now.editing.points : []}
            scale={scale}
            pointer={theirs ? { at: theirs, name: role === 'patient' ? doctor : patient } : null}
            onPoint={point}
            onPlace={asker.placed}
            over={(pane) => (
              <>
                {panel === 'read' && <ReadOver reading={reading} look={look} />}
                <OutlineOver work={outline} look={look} pane={pane} />
              </>
            )}
            onDrawn={drawn}
            onStep={(by) => (by < 0 ? newer : older)?.()}
          />
        </div>
        {compares && <ComparisonOver now={snapshot} view={theirView} onNotNow={() => follower?.roam()} />}
        {look.mode === 'blink' && !compares && <BlinkBar blink={blink} />}
        {session && <Face session={session} />}
        {presenting && (
          <p className={classes.shownTo} role="status">
            {t('present.to', { name: patient })}
          </p>
        )}
        {follower?.shown && (
          <FollowBar
            following={following}
            doctor={doctor}
            onRoam={follower.roam}
            onFollow={follower.follow}
          />
        )}
        {open && (
          <ShapeForm
            open={open}
            onCancel={() => {
              setOpen(null)
            }}
            onDone={(shape) => {
              annotations.add(shape)
              setOpen(null)
              if (shape.kind === 'calibration') setTool('ruler')
            }}
          />
        )}
      </div>
      {outline.now && (
        <div className={classes.bar}>
          <Suspense fallback={null}>
            <OutlineBar work={outline} tapping={asker.side} onTapping={asker.askForSide} />
          </Suspense>
        </div>
      )}
      <div className={classes.modesBelow}>
        {!compares && <Modes look={look} enhanced={enhanced !== null} />}
      </div>
      {panel !== null && (
        <ViewerPanel
          tab={panel}
          onTab={setPanel}
          sources={{ original: sources.original, enhanced }}
          reading={readsText ? reading : null}
          onOutlineTaken={() => {
            setTool('hand')
          }}
          onAskForPlace={asker.askForPlace}
          {...{ snapshot, role, patient, look, scale, annotations, outline, onPreview }}
        />
      )}
    </div>
  )
}
