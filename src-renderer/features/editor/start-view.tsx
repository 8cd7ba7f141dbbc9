import { FileTrigger } from 'react-aria-components'
import { openPage } from '../../lib/route.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Icon } from '../../ui/icon.tsx'
import { DraftsList } from './drafts-list.tsx'

/** The first step: what can be opened, and what was begun before. */
type StartViewProps = { open: (file: File) => void; record: () => void }

export const StartView = ({ open, record }: StartViewProps) => (
  <div className="editor-scroll">
    <div className="editor-start">
      <EmptyState
        icon="editor"
        title="Open something to edit"
        actions={
          <>
            <FileTrigger
              acceptedFileTypes={['audio/*', 'video/*']}
              onSelect={(files) => {
                const file = files?.[0]
                if (file) open(file)
              }}
            >
              <Button variant="primary">
                <Icon name="folder" />
                Open a file…
              </Button>
            </FileTrigger>
            <Button onPress={record}>Record a take…</Button>
            <Button onPress={() => openPage('prompts')}>Choose a prompt</Button>
            <Button onPress={() => openPage('media')}>Choose from media</Button>
          </>
        }
      >
        <p>
          Drop an audio file anywhere on this page, or choose a prompt or a medium and press “Edit”
          there. Nothing callers hear changes before you save; every step is kept meanwhile.
        </p>
      </EmptyState>
      <DraftsList />
    </div>
  </div>
)
