import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Matrix } from '#contract/studio'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextArea, TextField } from '../../ui/field.tsx'
import type { Place } from './media-id.ts'
import { goToPlace } from './place-address.ts'
import { addCell, fieldError, loadedMatrix, refreshRow, showsOwnErrors } from './queries.ts'

type NewPromptDialogProps = { matrix: Matrix; language: string; onClose: () => void }

const useAddCell = (onAdded: () => void) => {
  const queryClient = useQueryClient()
  return useMutation({
    meta: showsOwnErrors,
    mutationFn: async ({ place, text }: { place: Place; text: string }) => {
      await addCell(place, text)
      await refreshRow(queryClient, place.promptId)
      const matrix = loadedMatrix(queryClient)
      if (matrix) goToPlace(matrix, place)
    },
    onSuccess: onAdded,
  })
}

/** Begins a prompt that no pack brought, or a language nobody has spoken yet. */
export const NewPromptDialog = ({ matrix, language, onClose }: NewPromptDialogProps) => {
  const [promptId, setPromptId] = useState('')
  const [tag, setTag] = useState(language)
  const [text, setText] = useState('')
  const add = useAddCell(onClose)

  const place = { promptId: promptId.trim(), language: tag.trim().toLowerCase() }
  const row = matrix.prompts.find(({ prompt_id }) => prompt_id === place.promptId)
  const isTaken = row?.cells[place.language] !== undefined
  const canAdd = place.promptId !== '' && place.language !== '' && !isTaken && !add.isPending
  const errorOf = (field: string) => fieldError(add.error, field)
  const isShown = ['prompt_id', 'language'].some((field) => errorOf(field) !== undefined)
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="New prompt"
      description="Its sound comes next: drop a file on the cell, or let its text be spoken."
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" form="new-prompt" variant="primary" isDisabled={!canAdd}>
            Create
          </Button>
        </>
      }
    >
      <form
        id="new-prompt"
        className="prompt-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (canAdd) add.mutate({ place, text: text.trim() })
        }}
      >
        <div className="prompt-form-names">
          <TextField
            label="Prompt id"
            isMono
            autoFocus
            placeholder="vm-holiday_greeting"
            help="The part before the first “-” is its area."
            value={promptId}
            onChange={setPromptId}
            error={isTaken ? `It has ${place.language} already.` : errorOf('prompt_id')}
          />
          <TextField
            label="Language"
            isMono
            placeholder="en-us"
            value={tag}
            onChange={setTag}
            error={errorOf('language')}
          />
        </div>
        <TextArea label="Text" lang={place.language} rows={3} value={text} onChange={setText} />
        {add.error && !isShown ? (
          <p className="field-error" role="alert">
            {add.error.message}
          </p>
        ) : null}
      </form>
    </Dialog>
  )
}
