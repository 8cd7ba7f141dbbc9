import { useState, type DragEvent } from 'react'
import { draggedOf, isPackFile } from './file-drop.ts'
import { isSamePlace, type Place } from './media-id.ts'

/** The cell under the pointer or around an element. */
export const placeOfElement = (element: EventTarget | null): Place | undefined => {
  if (!(element instanceof Element)) return undefined
  const language = element.closest('[data-language]')?.getAttribute('data-language')
  const promptId = element.closest('[data-prompt]')?.getAttribute('data-prompt')
  return language && promptId ? { promptId, language } : undefined
}

/** Lets sound files be dropped on cells and says on which one they would land. Packs pass through. */
export const useCellDrop = (onDropFile: (place: Place, file: File) => void) => {
  const [dropPlace, setDropPlace] = useState<Place | null>(null)

  const follow = (event: DragEvent) => {
    const place = placeOfElement(event.target) ?? null
    const dragged = draggedOf(event.dataTransfer)
    const accepts = place !== null && (dragged === 'sound' || dragged === 'unknown')
    if (accepts) {
      event.preventDefault()
      event.dataTransfer.dropEffect = 'copy'
    }
    const next = accepts ? place : null
    setDropPlace((before) => (isSamePlace(before, next) ? before : next))
  }
  return {
    dropPlace,
    handlers: {
      onDragOver: follow,
      onDragLeave: (event: DragEvent) => {
        const { relatedTarget, currentTarget } = event
        if (relatedTarget instanceof Node && currentTarget.contains(relatedTarget)) return
        setDropPlace(null)
      },
      onDrop: (event: DragEvent) => {
        setDropPlace(null)
        const place = placeOfElement(event.target)
        const file = event.dataTransfer.files[0]
        if (!place || !file || isPackFile(file)) return
        event.preventDefault()
        event.stopPropagation()
        onDropFile(place, file)
      },
    },
  }
}
