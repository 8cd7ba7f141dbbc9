import { useEffect, useState } from 'react'
import { Icon } from '../../ui/icon.tsx'
import { draggedOf, isPackFile } from './file-drop.ts'
import { offerPack } from './prompts-state.ts'

/** A zip dropped anywhere on the window opens the import. */
export const PackDrop = () => {
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    const follow = (event: DragEvent) => {
      const dragged = event.dataTransfer ? draggedOf(event.dataTransfer) : 'nothing'
      setOver(dragged === 'pack')
      // A file whose type the browser keeps to itself may be a pack.
      if (event.defaultPrevented || (dragged !== 'pack' && dragged !== 'unknown')) return
      event.preventDefault()
    }
    const leave = ({ relatedTarget }: DragEvent) => {
      if (relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent) => {
      setOver(false)
      const file = event.dataTransfer?.files[0]
      if (event.defaultPrevented || !file || !isPackFile(file)) return
      event.preventDefault()
      offerPack(file)
    }
    window.addEventListener('dragover', follow)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', follow)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', drop)
    }
  }, [])
  return isOver ? (
    <div className="pack-drop">
      <Icon name="import" size={32} />
      Drop the pack to see what it would change
    </div>
  ) : null
}
