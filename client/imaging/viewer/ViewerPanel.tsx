import { Suspense } from 'react'
import type { Snapshot } from '#shared/imaging.ts'
import type { Annotation } from '#shared/imaging-viewer.ts'
import { EnhancePanel, type AskForPlace } from '../enhance/EnhancePanel.tsx'
import { FindMarker } from '../marker/FindMarker.tsx'
import { OutlineNumbers } from '../outline/OutlineNumbers.tsx'
import type { OutlineWork } from '../outline/useOutlining.ts'
import { ReadPanel } from '../proposals/ReadPanel.tsx'
import type { Reading } from '../proposals/useReading.ts'
import { OwnModelSection } from '../recognition/OwnModelSection.tsx'
import { seenBy } from './camera.ts'
import type { Scale } from './geometry.ts'
import { InsidePanel } from './inside/InsidePanel.tsx'
import { MarkList } from './MarkList.tsx'
import { Panel, type PanelTab } from './Panel.tsx'
import type { ViewerRole } from './tools.ts'
import type { Annotations } from './useAnnotations.ts'
import type { Look } from './useLook.ts'

interface ViewerPanelProps {
  snapshot: Snapshot
  role: ViewerRole
  /** The patient's name; empty where nobody is in a consult. */
  patient: string
  tab: PanelTab
  /** Null: it is closed. */
  onTab: (tab: PanelTab | null) => void
  look: Look
  sources: { readonly original: string; readonly enhanced: string | ImageBitmap | null }
  scale: Scale | null
  annotations: Annotations
  outline: OutlineWork
  /** A kept outline has been taken to be changed. */
  onOutlineTaken: () => void
  /** Null: nothing is read here. */
  reading: Reading | null
  onPreview: (tried: ImageBitmap | null) => void
  onAskForPlace: AskForPlace
}

/** What each tab of the panel has to say of this picture, to this reader. */
export function ViewerPanel(props: ViewerPanelProps) {
  const { snapshot, role, look, sources, scale, annotations, reading, onTab, onPreview } = props
  const { outline, onOutlineTaken } = props
  const forDoctor = role === 'practitioner'
  return (
    <Panel
      tab={props.tab}
      onTab={onTab}
      onClose={() => {
        onTab(null)
      }}
      marks={
        <>
          {forDoctor && (
            <Suspense fallback={null}>
              <FindMarker key={snapshot.id} snapshot={snapshot} onFound={annotations.add} />
            </Suspense>
          )}
          <MarkList
            annotations={annotations}
            size={snapshot}
            scale={scale}
            patient={props.patient}
            more={(annotation) =>
              forDoctor && <Outlined {...{ snapshot, scale, outline, onOutlineTaken, annotation }} />
            }
          />
        </>
      }
      enhance={
        <EnhancePanel
          snapshot={snapshot}
          shown={look.enhancementId}
          onShow={(id) => {
            look.setEnhancement(id)
          }}
          onPreview={onPreview}
          onAskForPlace={props.onAskForPlace}
          mayEnhance={forDoctor}
        />
      }
      read={
        reading && (
          <Suspense fallback={null}>
            <ReadPanel
              key={snapshot.id}
              snapshotId={snapshot.id}
              origin={snapshot.origin}
              reading={reading}
            />
          </Suspense>
        )
      }
      inside={
        forDoctor ? (
          <Suspense fallback={null}>
            <InsidePanel
              key={snapshot.id}
              snapshot={snapshot}
              sources={sources}
              seen={seenBy(look.scene, look.camera)}
              calibration={scale}
              onPreview={onPreview}
            />
            <OwnModelSection snapshotId={snapshot.id} />
          </Suspense>
        ) : null
      }
    />
  )
}

type OutlinedProps = Pick<ViewerPanelProps, 'snapshot' | 'scale' | 'outline' | 'onOutlineTaken'>

/** The numbers of a mark that is an outline, and the way to change it. */
function Outlined({
  annotation,
  outline,
  onOutlineTaken,
  ...rest
}: OutlinedProps & { annotation: Annotation }) {
  const { shape } = annotation
  if (shape.kind !== 'outline') return null
  return (
    <Suspense fallback={null}>
      <OutlineNumbers
        {...rest}
        annotation={annotation}
        shape={shape}
        onEdit={() => {
          outline.take(annotation, shape)
          onOutlineTaken()
        }}
      />
    </Suspense>
  )
}
