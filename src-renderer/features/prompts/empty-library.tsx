import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Icon } from '../../ui/icon.tsx'
import { openDialog } from './prompts-state.ts'

const layout = `en/us/vm-enter_pass.wav
en/us/prompts.txt
fr/fr/vm-enter_pass.wav
fr/fr/prompts.txt`

/** The first step of a new installation. */
export const EmptyLibrary = () => (
  <EmptyState
    icon="prompts"
    title="No prompts yet"
    actions={
      <>
        <Button command="prompts.new" onPress={() => openDialog('new')}>
          New prompt…
        </Button>
        <Button variant="primary" command="prompts.import" onPress={() => openDialog('import')}>
          <Icon name="import" size={14} />
          Import a pack…
        </Button>
      </>
    }
  >
    <p>
      A prompt is what callers hear in a situation, once per language. A pack is a folder or a zip
      with a folder per language: its sound files are named after the prompt, and{' '}
      <span className="mono">prompts.txt</span> holds their words, one{' '}
      <span className="mono">id: text</span> per line.
    </p>
    <pre className="empty-library-layout mono">{layout}</pre>
    <p>
      Drop a zip on this window, or choose one. Nothing is written before you have seen the list.
    </p>
  </EmptyState>
)
