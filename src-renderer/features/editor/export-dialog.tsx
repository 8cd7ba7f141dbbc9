import { useQuery } from '@tanstack/react-query'
import { useState, type DragEvent } from 'react'
import type { OutputFormat } from '#contract/effects'
import { framesOf } from '#sound/edit-list/edit-list'
import { isSelected } from '../../audio/edit-view/edit-view-state.ts'
import { FormatForm } from '../../audio/processing/format-form.tsx'
import { bytesText } from '../../lib/bytes.ts'
import { saveBlob } from '../../lib/save-blob.ts'
import { Button } from '../../ui/button.tsx'
import { ChoiceGroup } from '../../ui/choice-group.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Progress } from '../../ui/progress.tsx'
import { useEditList, useEditorState, useSelection } from './editor-context.ts'
import { closeDialog } from './editor-dialogs-state.ts'
import {
  cancelExport,
  forgetExport,
  startExport,
  useExport,
  type ExportState,
} from './export-run.ts'
import { fileNameText } from './format-text.ts'
import { commandQuery, containersQuery } from './queries.ts'
import './export-dialog.css'

const parts = [
  { value: 'selection', label: 'The selection' },
  { value: 'everything', label: 'Everything' },
] as const

const initial: OutputFormat = { container: 'wav', encoding: 'pcm_16' }

/** Chromium's own way to let a file be dropped on another program or the desktop. */
const giveFile = (event: DragEvent, { file, url }: Extract<ExportState, { state: 'done' }>) => {
  event.dataTransfer.effectAllowed = 'copy'
  event.dataTransfer.setData('DownloadURL', `${file.type}:${file.name}:${url}`)
}

const Made = (made: Extract<ExportState, { state: 'done' }>) => (
  <div className="export-made">
    <a
      className="export-file"
      href={made.url}
      download={made.file.name}
      draggable
      onDragStart={(event) => giveFile(event, made)}
    >
      <Icon name="media" />
      <span className="truncate">{made.file.name}</span>
      <span className="mono faint">{bytesText(made.file.size)}</span>
    </a>
    <p className="muted">Drag it to a folder or another program, or save it.</p>
  </div>
)

/** Writes the draft, or a part of it, as a file outside the library. */
export const ExportDialog = () => {
  const list = useEditList()
  const selection = useSelection()
  const hasSelection = isSelected(selection)
  const draftName = useEditorState(({ draft }) => fileNameText(draft.name))
  const [part, setPart] = useState<'selection' | 'everything'>(
    hasSelection ? 'selection' : 'everything',
  )
  const [format, setFormat] = useState(initial)
  const [name, setName] = useState(draftName)
  const now = useExport((state) => state.now)
  const { sample_rate_hz, channels } = list
  const command = useQuery(commandQuery({ sample_rate_hz, channels, effects: [], format }))

  const { data: writable } = useQuery(containersQuery)

  const range = part === 'selection' ? selection : { from: 0, to: framesOf(list) }
  const isRunning = now.state === 'running'
  const canExport = name.trim() !== '' && !isRunning && !command.isError
  const close = () => {
    forgetExport()
    closeDialog()
  }
  const changed =
    <T,>(change: (value: T) => void) =>
    (value: T) => {
      forgetExport()
      change(value)
    }
  return (
    <Dialog
      isOpen
      onOpenChange={close}
      title="Export"
      description="A file outside the library. What callers hear stays as it is."
      footer={
        <>
          {isRunning ? (
            <Button onPress={cancelExport}>Cancel</Button>
          ) : (
            <Button onPress={close}>Close</Button>
          )}
          {now.state === 'done' ? (
            <Button variant="primary" onPress={() => saveBlob(now.file, now.file.name)}>
              Save file
            </Button>
          ) : (
            <Button
              variant="primary"
              isDisabled={!canExport}
              isPending={isRunning}
              onPress={() => void startExport({ list, range, format, name: name.trim() })}
            >
              Export
            </Button>
          )}
        </>
      }
    >
      <div className="export-form">
        <TextField label="Name" value={name} onChange={changed(setName)} maxLength={128} />
        {hasSelection ? (
          <ChoiceGroup label="Part" options={parts} value={part} onChange={changed(setPart)} />
        ) : null}
        <FormatForm
          format={format}
          writable={writable}
          onChange={changed((chosen: OutputFormat | undefined) => setFormat(chosen ?? initial))}
        />
        {command.isError ? (
          <p role="alert" className="tone-bad">
            {command.error.message}
          </p>
        ) : (
          <code className="effect-command mono">{command.data?.command ?? '…'}</code>
        )}
        {isRunning ? <Progress label="Writing the file" value={now.progress} /> : null}
        {now.state === 'failed' ? (
          <p role="alert" className="tone-bad">
            {`Nothing was exported: ${now.reason}`}
          </p>
        ) : null}
        {now.state === 'done' ? <Made {...now} /> : null}
      </div>
    </Dialog>
  )
}
