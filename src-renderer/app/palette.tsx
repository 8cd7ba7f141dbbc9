import { useState } from 'react'
import {
  Autocomplete,
  Collection,
  Dialog,
  Header,
  Input,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Modal,
  ModalOverlay,
  TextField,
} from 'react-aria-components'
import { useStore } from 'zustand'
import { commandRegistry } from '../lib/commands.ts'
import { Icon } from '../ui/icon.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { useCommand } from '../ui/use-command.ts'
import { paletteGroups, type PaletteEntry } from './palette-entries.ts'
import { noteRecent, recentIds } from './recent.ts'
import './palette.css'

const Entry = ({
  entry,
  choose,
}: {
  entry: PaletteEntry
  choose: (entry: PaletteEntry) => void
}) => (
  <ListBoxItem
    id={entry.id}
    className="palette-entry"
    textValue={entry.title}
    onAction={() => choose(entry)}
  >
    <span className="truncate">{entry.title}</span>
    {entry.detail ? <span className="palette-detail truncate">{entry.detail}</span> : null}
    {entry.keys ? <Kbd keys={entry.keys} /> : null}
  </ListBoxItem>
)

/** `finds` says among what: a window of one conference has nothing but commands. */
type Finds = { finds: string }

const PaletteContent = ({ close, finds }: Finds & { close: () => void }) => {
  const { commands, providers } = useStore(commandRegistry)
  const [typed, setTyped] = useState('')
  const groups = paletteGroups(typed, {
    commands: commands.values(),
    providers: providers.values(),
    recent: recentIds(),
  })
  const choose = (entry: PaletteEntry) => {
    noteRecent(entry.id)
    close()
    // After the palette has given the focus back, so that what runs can move it on.
    requestAnimationFrame(entry.run)
  }
  return (
    <Autocomplete inputValue={typed} onInputChange={setTyped}>
      <TextField className="palette-search" aria-label={`Search ${finds}`} autoFocus>
        <Icon name="search" />
        <Input
          className="palette-input"
          role="combobox"
          aria-expanded
          aria-haspopup="listbox"
          placeholder={`Search ${finds}…`}
        />
      </TextField>
      <ListBox
        className="palette-list"
        aria-label="Found"
        selectionMode="none"
        items={groups.map((group) => ({ ...group, id: group.title }))}
        renderEmptyState={() => <p className="palette-empty">Nothing fits “{typed}”.</p>}
      >
        {(group) => (
          <ListBoxSection id={group.id}>
            <Header className="section-title palette-header">{group.title}</Header>
            <Collection items={group.entries}>
              {(entry) => <Entry entry={entry} choose={choose} />}
            </Collection>
          </ListBoxSection>
        )}
      </ListBox>
    </Autocomplete>
  )
}

/** Everything that can be done or found, a few keystrokes away. */
export const Palette = ({ finds }: Finds) => {
  const [isOpen, setOpen] = useState(false)
  useCommand({
    id: 'app.palette',
    title: `Search ${finds}…`,
    group: 'Go',
    keys: ['mod+k', 'mod+shift+p'],
    run: () => setOpen(true),
  })
  return (
    <ModalOverlay
      className="dialog-scrim palette-scrim"
      isOpen={isOpen}
      onOpenChange={setOpen}
      isDismissable
    >
      <Modal className="palette">
        <Dialog className="palette-dialog" aria-label="Command palette">
          {({ close }) => <PaletteContent close={close} finds={finds} />}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
