import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import type { MediaDocument } from '#contract/media'
import { runCommand } from '../../lib/commands.ts'
import { saveBlob } from '../../lib/save-blob.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Progress } from '../../ui/progress.tsx'
import { useToasts } from '../../ui/toast-store.ts'
import { loadFile, loadOriginal, replaceFile, statusQuery, useRefreshMedia } from './queries.ts'
import { problemOf } from './upload-file.ts'

const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** Replaces the file of a medium and tells how far it is. */
const useReplaceFile = (id: string) => {
  const [progress, setProgress] = useState<number>()
  const [problem, setProblem] = useState<string>()
  const { data: status } = useQuery(statusQuery)
  const refresh = useRefreshMedia()
  const replace = async (file: File) => {
    const kept = problemOf(file, status?.max_upload_size)
    setProblem(kept)
    if (kept !== undefined) return
    setProgress(0)
    try {
      await replaceFile(id, { file, onProgress: setProgress })
      refresh()
    } catch (error) {
      setProblem(textOf(error))
    } finally {
      setProgress(undefined)
    }
  }
  return { progress, problem, replace: (file: File) => void replace(file) }
}

const DownloadButton = ({ document }: { document: MediaDocument }) => {
  const showToast = useToasts((state) => state.show)
  const { file, original } = document._read_only ?? {}
  const save = (load: (id: string) => Promise<Blob>, fileName: string) => {
    load(document.id).then(
      (blob) => saveBlob(blob, fileName),
      (error: unknown) => showToast({ tone: 'bad', text: textOf(error) }),
    )
  }
  const button = (
    <>
      <Icon name="download" />
      Download
    </>
  )
  if (file && original) {
    return (
      <Menu
        label="Download"
        entries={[
          {
            id: 'file',
            label: `What callers hear (${file.audio.container})`,
            run: () => save(loadFile, file.filename),
          },
          {
            id: 'original',
            label: `The original (${original.audio.container})`,
            run: () => save(loadOriginal, original.filename),
          },
        ]}
      >
        <Button>{button}</Button>
      </Menu>
    )
  }
  const only = file ?? original
  if (!only) return null
  return <Button onPress={() => save(loadFile, only.filename)}>{button}</Button>
}

export const MediaActions = ({ document }: { document: MediaDocument }) => {
  const { progress, problem, replace } = useReplaceFile(document.id)
  return (
    <div className="media-actions">
      {problem === undefined ? null : (
        <p role="alert" className="tone-bad">
          {problem}
        </p>
      )}
      {progress === undefined ? null : <Progress label="Replacing the file" value={progress} />}
      <div className="media-actions-row">
        <FileTrigger
          acceptedFileTypes={['audio/*', 'video/*']}
          onSelect={(files) => {
            const file = files?.[0]
            if (file) replace(file)
          }}
        >
          <Button isDisabled={progress !== undefined}>
            <Icon name="upload" />
            Replace file…
          </Button>
        </FileTrigger>
        <DownloadButton document={document} />
        <IconButton
          icon="trash"
          label="Delete"
          command="media.remove"
          variant="danger"
          onPress={() => void runCommand('media.remove')}
        />
      </div>
    </div>
  )
}
