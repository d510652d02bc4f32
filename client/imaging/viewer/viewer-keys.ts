import type { KeyboardEvent } from 'react'
import { toolsOf, type Tool, type ViewerRole } from './tools.ts'
import type { OutlineWork } from '../outline/useOutlining.ts'
import type { Annotations } from './useAnnotations.ts'
import type { Look } from './useLook.ts'

interface KeyMeanings {
  readonly role: ViewerRole
  readonly tool: Tool
  readonly proposes: boolean
  readonly look: Look
  readonly annotations: Pick<Annotations, 'undo' | 'redo'>
  readonly outline: Pick<OutlineWork, 'now' | 'discard'>
  readonly newer: (() => void) | null
  readonly older: (() => void) | null
  readonly onTool: (tool: Tool) => void
  readonly onClose: () => void
}

const zoomStep = 1.5

/** What a key does anywhere in the viewer; null: nothing of the viewer's. */
export function meaningOf(event: KeyboardEvent, meanings: KeyMeanings): (() => void) | null {
  if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return null
  const { role, tool, proposes, look, annotations, outline, newer, older, onTool, onClose } = meanings
  const key = event.key.toLowerCase()
  if (event.altKey) return null
  if (event.ctrlKey || event.metaKey) {
    if (key === 'z') return event.shiftKey ? annotations.redo : annotations.undo
    return key === 'y' ? annotations.redo : null
  }
  switch (key) {
    case '+':
    case '=':
      return () => {
        look.zoom(zoomStep)
      }
    case '-':
      return () => {
        look.zoom(1 / zoomStep)
      }
    case '0':
      return () => {
        look.showWhole()
      }
    case '1':
      return () => {
        look.zoom(1 / look.camera.scale)
      }
    case 'pageup':
      return newer
    case 'pagedown':
      return older
    case 'escape':
      if (tool !== 'hand')
        return () => {
          onTool('hand')
        }
      return outline.now ? outline.discard : onClose
  }
  const chosen = toolsOf(role, proposes).find((one) => one.key === key)
  return chosen
    ? () => {
        onTool(chosen.tool)
      }
    : null
}
