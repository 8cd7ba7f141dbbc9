import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Matrix } from '#contract/studio'
import { Button } from '../../ui/button.tsx'
import { TextArea } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { PanelSection } from '../../ui/panel.tsx'
import { useCommand } from '../../ui/use-command.ts'
import { mediaIdOf, type Place } from './media-id.ts'
import { refreshRow, scriptsQuery, showsOwnErrors, writeScript } from './queries.ts'
import { dropDraft, isConflict, rebaseDraft, useDrafts, writeDraft } from './script-drafts.ts'
import './cell-script.css'

const useSaveScript = (place: Place) => {
  const queryClient = useQueryClient()
  return useMutation({
    meta: showsOwnErrors,
    mutationFn: (text: string) => writeScript({ ...place, text }),
    onSuccess: async () => {
      const { queryKey } = scriptsQuery(place.promptId)
      await queryClient.invalidateQueries({ queryKey })
      await refreshRow(queryClient, place.promptId)
      dropDraft(mediaIdOf(place))
    },
  })
}

const Conflict = ({ id, saved }: { id: string; saved: string }) => (
  <div className="cell-script-conflict" role="alert">
    <p>It was changed elsewhere meanwhile:</p>
    <blockquote>{saved === '' ? '(no text)' : saved}</blockquote>
    <div className="cell-script-buttons">
      <Button onPress={() => dropDraft(id)}>Take the other</Button>
      <Button onPress={() => rebaseDraft(id, saved)}>Keep mine</Button>
    </div>
  </div>
)

const SavedNote = ({ isShown }: { isShown: boolean }) => (
  <p role="status" className="cell-script-state muted">
    {isShown ? (
      <>
        <Icon name="check" size={14} />
        Saved
      </>
    ) : null}
  </p>
)

/** What the prompt says: in the source language to read, in the cell's own to write. Key it by cell. */
export const CellScript = ({ place, matrix }: { place: Place; matrix: Matrix }) => {
  const id = mediaIdOf(place)
  const { data: scripts, error } = useQuery(scriptsQuery(place.promptId))
  const draft = useDrafts(({ draftsById }) => draftsById[id])
  const save = useSaveScript(place)

  const textIn = (language: string) =>
    scripts?.find((script) => script.language === language)?.text ?? ''
  const saved = textIn(place.language)
  const isSource = place.language === matrix.source_language
  const hasConflict = scripts !== undefined && isConflict(draft, saved)
  const canSave = draft !== undefined && !hasConflict && !save.isPending
  const saveDraft = () => {
    if (draft) save.mutate(draft.text)
  }
  useCommand({
    id: 'prompts.save-script',
    title: 'Save the script',
    group: 'Prompts',
    keys: 'mod+enter',
    when: canSave,
    run: saveDraft,
  })

  return (
    <PanelSection title="Script">
      {isSource ? null : (
        <p className="cell-script-source muted">
          {textIn(matrix.source_language) || 'No source text.'}
        </p>
      )}
      <TextArea
        label={isSource ? 'Source text' : `Text in ${place.language}`}
        lang={place.language}
        rows={3}
        value={draft?.text ?? saved}
        placeholder="What the prompt says"
        isDisabled={scripts === undefined}
        onChange={(text) => writeDraft(id, text, saved)}
        error={save.error?.message ?? error?.message}
      />
      {hasConflict ? <Conflict id={id} saved={saved} /> : null}
      <SavedNote isShown={draft === undefined && save.isSuccess} />
      {draft === undefined ? null : (
        <div className="cell-script-buttons">
          <Button onPress={() => dropDraft(id)}>Cancel</Button>
          <Button
            variant="primary"
            command="prompts.save-script"
            isDisabled={!canSave}
            onPress={saveDraft}
          >
            Save
          </Button>
        </div>
      )}
    </PanelSection>
  )
}
