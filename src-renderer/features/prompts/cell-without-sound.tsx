import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import type { Place } from './media-id.ts'
import { openSpeak } from './prompts-state.ts'
import './cell-without-sound.css'

/** What can be done about a cell that callers cannot hear. */
export const CellWithoutSound = ({ place, pickFile }: { place: Place; pickFile: () => void }) => (
  <div className="cell-without-sound">
    <Icon name="upload" size={22} />
    <p>
      Drop a file here or on the cell to give <b className="mono">{place.language}</b> its sound.
    </p>
    <div className="cell-without-sound-actions">
      <Button command="prompts.upload" onPress={pickFile}>
        Choose a file…
      </Button>
      <Button command="prompts.speak" onPress={() => openSpeak(place)}>
        Speak it…
      </Button>
    </div>
  </div>
)
