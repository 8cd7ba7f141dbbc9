import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { whenFullText } from '../../lib/gregorian.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useEditorState, useSession } from './editor-context.ts'
import { closeDialog, openDialog, useEditorDialog } from './editor-dialogs-state.ts'
import { nameText } from './format-text.ts'
import { revisionQuery, type SaveInput } from './queries.ts'
import { save } from './save-draft.ts'

type Question = {
  /** The document whose file would be replaced. */
  mediaId: string
  title: string
  text: (when: string) => ReactNode
  replace: string
}

const own = (mediaId: string, name: string): Question => ({
  mediaId,
  title: `“${nameText(name)}” was changed meanwhile`,
  text: (when) =>
    `Somebody gave it another file${when}, after you began. Yours is not saved yet, and your draft is kept.`,
  replace: 'Replace theirs',
})

const other = ({ language = '', prompt_id: promptId = '' }: NonNullable<SaveInput['as']>) => {
  const mediaId = `${language.toLowerCase()}%2F${promptId}`
  return {
    mediaId,
    title: `“${nameText(mediaId)}” has a file already`,
    text: (when) =>
      `It was last changed${when}, and callers hear it. Nothing is saved yet, and your draft is kept.`,
    replace: 'Replace its file',
  } satisfies Question
}

/** There is a file that nobody asked to replace: nothing is overwritten unasked. */
export const ConflictDialog = () => {
  const session = useSession()
  const draft = useEditorState((state) => state.draft)
  const as = useEditorDialog((state) => state.asked?.as)
  const question = as ? other(as) : own(draft.media_id ?? '', draft.name)
  const { data } = useQuery(revisionQuery(question.mediaId, draft.target))
  const revision = data?.revision
  const when = data?.modified === undefined ? '' : ` on ${whenFullText(data.modified)}`
  const replace = () => {
    if (revision !== undefined)
      void save(session, { media_revision: revision, ...(as ? { as } : {}) })
  }
  return (
    <Dialog
      isOpen
      onOpenChange={closeDialog}
      role="alertdialog"
      size="small"
      title={question.title}
      description={question.text(when)}
      footer={
        <>
          <Button onPress={closeDialog}>Cancel</Button>
          <Button onPress={() => openDialog('save_as')}>Save as another…</Button>
          <Button variant="danger" isDisabled={revision === undefined} onPress={replace}>
            {question.replace}
          </Button>
        </>
      }
    />
  )
}
