import { openPage } from '../../lib/route.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu, type MenuEntry } from '../../ui/menu.tsx'
import { hasFile, isOwned, type PlaceState } from './cell-state.ts'
import { mediaIdOf, type Place } from './media-id.ts'
import { openSpeak } from './prompts-state.ts'
import type { CellActions } from './use-cell-actions.ts'
import './cell-footer.css'

type CellFooterProps = {
  place: Place
  state: PlaceState
  actions: CellActions
  pickFile: () => void
}

const replaceTitles: Record<PlaceState, string> = {
  recorded: 'Replace…',
  spoken: 'Replace…',
  unreadable: 'Replace…',
  empty: 'Choose a file…',
  missing: 'Choose a file…',
  inherited: 'Override…',
}

export const CellFooter = ({ place, state, actions, pickFile }: CellFooterProps) => {
  if (state === 'missing') return null
  const entries: MenuEntry[] = [
    {
      id: 'download',
      label: 'Download',
      icon: 'download',
      isDisabled: !hasFile(state),
      run: () => actions.download(place, 'file'),
    },
    {
      id: 'original',
      label: 'Download original',
      icon: 'download',
      isDisabled: !hasFile(state),
      run: () => actions.download(place, 'original'),
    },
    {
      id: 'delete',
      label: 'Delete',
      icon: 'trash',
      command: 'prompts.delete',
      tone: 'danger',
      isDisabled: !isOwned(state),
      run: () => actions.remove(place),
    },
  ]
  return (
    <footer className="cell-footer">
      <Button command="prompts.upload" onPress={pickFile}>
        {replaceTitles[state]}
      </Button>
      {isOwned(state) && hasFile(state) && state !== 'unreadable' ? (
        <Button
          command="prompts.edit"
          onPress={() => openPage('editor', { media: mediaIdOf(place) })}
        >
          Edit
        </Button>
      ) : null}
      <Button command="prompts.speak" onPress={() => openSpeak(place)}>
        Speak…
      </Button>
      <span className="cell-footer-gap" />
      <Menu label="More for this cell" entries={entries}>
        <IconButton icon="more" label="More" />
      </Menu>
    </footer>
  )
}
