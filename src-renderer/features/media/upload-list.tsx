import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Progress } from '../../ui/progress.tsx'
import { dismissUpload, useUploads, type UploadItem } from './uploads.ts'
import './upload-list.css'

const Upload = ({ item, retry }: { item: UploadItem; retry: (key: number) => void }) => {
  const { key, file, state, progress, error } = item
  return (
    <li className="upload">
      <span className="upload-name truncate">{file.name}</span>
      {state === 'failed' ? (
        <>
          <Button onPress={() => retry(key)}>Try again</Button>
          <IconButton
            icon="close"
            label={`Dismiss ${file.name}`}
            onPress={() => dismissUpload(key)}
          />
          <p className="upload-error tone-bad">
            <Icon name="error" size={14} />
            {error}
          </p>
        </>
      ) : (
        <>
          <Progress
            isCompact
            label={`Sending ${file.name}`}
            value={state === 'waiting' ? 0 : progress}
          />
          <IconButton
            icon="close"
            label={`Cancel ${file.name}`}
            onPress={() => dismissUpload(key)}
          />
        </>
      )}
    </li>
  )
}

/** Files on their way and files that did not make it. */
export const UploadList = ({ retry }: { retry: (key: number) => void }) => {
  const items = useUploads((state) => state.items)
  if (items.length === 0) return null
  const failed = items.filter(({ state }) => state === 'failed').length
  const open = items.length - failed
  return (
    <section className="uploads" aria-label="Files being added">
      <header className="uploads-header">
        <h2 role="status">
          {open > 0 ? `Adding ${open} ${open === 1 ? 'file' : 'files'}` : null}
          {open > 0 && failed > 0 ? ', ' : null}
          {failed > 0 ? `${failed} could not be added` : null}
        </h2>
      </header>
      <ul className="uploads-list">
        {items.map((item) => (
          <Upload key={item.key} item={item} retry={retry} />
        ))}
      </ul>
    </section>
  )
}
