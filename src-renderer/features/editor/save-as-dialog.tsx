import { useState, type SubmitEvent } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { useEditorState, useSession } from './editor-context.ts'
import { closeDialog, useEditorDialog } from './editor-dialogs-state.ts'
import { nameText } from './format-text.ts'
import { save } from './save-draft.ts'

const formId = 'editor-save-as'

/** Saves a draft that has no document yet, or as another one. */
export const SaveAsDialog = () => {
  const session = useSession()
  const draftName = useEditorState(({ draft }) => draft.name)
  const asked = useEditorDialog((state) => state.asked)
  const [name, setName] = useState(asked?.as.name ?? nameText(draftName).slice(0, 128))
  const [language, setLanguage] = useState(asked?.as.language ?? '')
  const [promptId, setPromptId] = useState(asked?.as.prompt_id ?? '')
  const isPrompt = promptId.trim() !== ''
  const needsLanguage = isPrompt && language.trim() === ''
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (name.trim() === '' || needsLanguage) return
    void save(session, {
      as: {
        name: name.trim(),
        ...(language.trim() === '' ? {} : { language: language.trim() }),
        ...(isPrompt ? { prompt_id: promptId.trim() } : {}),
      },
    })
  }
  return (
    <Dialog
      isOpen
      onOpenChange={closeDialog}
      size="small"
      title="Save as a new medium"
      description="It appears among the media, or among the prompts when it gets a prompt id."
      footer={
        <>
          <Button onPress={closeDialog}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" isDisabled={name.trim() === ''}>
            Save
          </Button>
        </>
      }
    >
      <form id={formId} className="editor-form" onSubmit={submit}>
        <TextField label="Name" value={name} onChange={setName} maxLength={128} autoFocus />
        <TextField
          label="Prompt id"
          isMono
          value={promptId}
          onChange={setPromptId}
          placeholder="none"
        />
        <TextField
          label="Language"
          isMono
          value={language}
          onChange={setLanguage}
          placeholder="none"
          error={needsLanguage ? 'A prompt needs a language, such as en-us.' : undefined}
        />
        {asked?.problem === undefined ? null : (
          <p role="alert" className="tone-bad">
            {asked.problem}
          </p>
        )}
      </form>
    </Dialog>
  )
}
