import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { DraftSummary } from '#contract/drafts'
import { useState } from 'react'
import { whenText } from '../../lib/gregorian.ts'
import { hrefOf } from '../../lib/route.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { PanelSection } from '../../ui/panel.tsx'
import { nameText } from './format-text.ts'
import { draftsQuery, removeDraft } from './queries.ts'

const stepsText = (steps: number) => (steps === 1 ? '1 step' : `${steps} steps`)

const standingOf = ({ editor, is_saved, steps }: DraftSummary) => {
  if (editor) return 'open in another window'
  if (is_saved) return 'saved'
  return steps === 0 ? 'not saved' : `${stepsText(steps)} not saved`
}

const lossOf = ({ steps }: DraftSummary) =>
  steps === 0 ? 'It has not been saved anywhere else.' : `${stepsText(steps)} would be lost.`

/** What was never saved does not come back: a click on the wrong row is not to cost it. */
const ThrowAwayDialog = ({
  draft,
  keep,
  remove,
}: {
  draft: DraftSummary
  keep: () => void
  remove: () => void
}) => (
  <Dialog
    isOpen
    onOpenChange={keep}
    role="alertdialog"
    size="small"
    title={`Throw away the draft of “${nameText(draft.name)}”?`}
    description={`${lossOf(draft)} What callers hear stays as it is.`}
    footer={
      <>
        <Button onPress={keep} autoFocus>
          Keep it
        </Button>
        <Button variant="danger" onPress={remove}>
          Throw away
        </Button>
      </>
    }
  />
)

const DraftRow = ({ draft, remove }: { draft: DraftSummary; remove: () => void }) => (
  <li className="draft">
    <a className="draft-name truncate" href={hrefOf('editor', { draft: draft.id })}>
      {nameText(draft.name)}
    </a>
    <span className={draft.is_saved ? 'muted' : 'tone-warn'}>{standingOf(draft)}</span>
    <span className="muted">{whenText(draft.modified)}</span>
    <IconButton
      icon="trash"
      label={`Throw away the draft of ${nameText(draft.name)}`}
      isDisabled={draft.editor !== null}
      onPress={remove}
    />
  </li>
)

/** Work that was begun: whatever happened to the window, it is here. */
export const DraftsList = () => {
  const queryClient = useQueryClient()
  const { data: drafts = [] } = useQuery(draftsQuery)
  const remove = useMutation({
    mutationFn: removeDraft,
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['drafts'] }),
  })
  const [asked, ask] = useState<DraftSummary>()
  const worthIt = drafts.filter(({ steps, is_saved: isSaved }) => steps > 0 || !isSaved)
  if (worthIt.length === 0) return null
  return (
    <PanelSection title="Continue">
      <ul className="drafts">
        {worthIt.map((draft) => (
          <DraftRow
            key={draft.id}
            draft={draft}
            remove={() => (draft.is_saved ? remove.mutate(draft.id) : ask(draft))}
          />
        ))}
      </ul>
      {asked ? (
        <ThrowAwayDialog
          draft={asked}
          keep={() => ask(undefined)}
          remove={() => {
            remove.mutate(asked.id)
            ask(undefined)
          }}
        />
      ) : null}
    </PanelSection>
  )
}
