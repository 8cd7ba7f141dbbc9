import { useRef, useState, type DragEvent, type ReactNode } from 'react'
import { Icon } from './icon.tsx'
import './file-drop-area.css'

const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes('Files')

/** Takes files dropped anywhere on it, and shows so while they are above it. */
export const FileDropArea = ({
  text,
  onFiles,
  children,
}: {
  text: string
  onFiles: (files: readonly File[]) => void
  children: ReactNode
}) => {
  // Every child that is entered and left on the way counts: only at zero are the files gone.
  const depth = useRef(0)
  const [isOver, setOver] = useState(false)
  const move = (event: DragEvent, change: number) => {
    if (!hasFiles(event)) return
    event.preventDefault()
    depth.current += change
    setOver(depth.current > 0)
  }
  const drop = (event: DragEvent) => {
    if (!hasFiles(event)) return
    event.preventDefault()
    depth.current = 0
    setOver(false)
    onFiles([...event.dataTransfer.files])
  }
  return (
    <div
      className="file-drop-area"
      onDragEnter={(event) => move(event, 1)}
      onDragLeave={(event) => move(event, -1)}
      onDragOver={(event) => move(event, 0)}
      onDrop={drop}
    >
      {children}
      {isOver ? (
        <div className="file-drop-hint">
          <Icon name="upload" size={24} />
          {text}
        </div>
      ) : null}
    </div>
  )
}
