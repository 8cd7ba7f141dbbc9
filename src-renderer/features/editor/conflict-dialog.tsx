import { useQuery } from '@tanstack/react-query'
import { whenFullText } from '../../lib/gregorian.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useEditorState, useSession } from './editor-context.ts'
import { closeDialog, openDialog } from './editor-dialogs-state.ts'
import { nameText } from './format-text.ts'
import { revisionQuery } from './queries.ts'
import { save } from './save-draft.ts'

/** The document was given another file since the draft began: nothing is overwritten unasked. */
export const ConflictDialog = () => {
  const session = useSession()
  const draft = useEditorState((state) => state.draft)
  const { data } = useQuery(revisionQuery(draft.media_id ?? '', draft.target))
  const modified = data?.modified
  return (
    <Dialog
      isOpen
      onOpenChange={closeDialog}
      role="alertdialog"
      size="small"
      title={`“${nameText(draft.name)}” was changed meanwhile`}
      description={
        <>
          Somebody gave it another file
          {modified === undefined ? '' : ` on ${whenFullText(modified)}`}, after you began. Yours is
          not saved yet, and your draft is kept.
        </>
      }
      footer={
        <>
          <Button onPress={closeDialog}>Cancel</Button>
          <Button onPress={() => openDialog('save_as')}>Save as another…</Button>
          <Button
            variant="danger"
            isDisabled={data?.revision === undefined}
            onPress={() =>
              void save(session, data?.revision ? { media_revision: data.revision } : {})
            }
          >
            Replace theirs
          </Button>
        </>
      }
    />
  )
}
