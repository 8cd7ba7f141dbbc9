import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import './save-bar.css'

type SaveBarProps = {
  isDirty: boolean
  /** Dirty, and nothing known to be wrong. */
  canSave?: boolean
  isSaving: boolean
  /** The last save went well, and nothing was changed since. */
  isSaved: boolean
  onDiscard: () => void
}

/** The end of a form that changes nothing before it is saved, and says how it stands. */
export const SaveBar = (props: SaveBarProps) => {
  const { isDirty, canSave = isDirty, isSaving, isSaved, onDiscard } = props
  return (
    <div className="save-bar">
      <Button type="submit" variant="primary" isDisabled={!canSave} isPending={isSaving}>
        Save
      </Button>
      <Button variant="quiet" isDisabled={!isDirty} onPress={onDiscard}>
        Discard
      </Button>
      <span role="status" className="save-bar-state">
        {isDirty ? 'Not saved yet' : null}
        {!isDirty && isSaved ? (
          <>
            <Icon name="check" size={14} />
            Saved
          </>
        ) : null}
      </span>
    </div>
  )
}
