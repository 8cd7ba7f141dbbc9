import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { CheckboxButton, CheckboxField, CheckboxGroup, Label } from 'react-aria-components'
import type { Matrix } from '#contract/studio'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { coverageOf } from './matrix-model.ts'
import { exportPack, showsOwnErrors } from './queries.ts'
import { saveBlob } from '../../lib/save-blob.ts'
import './export-dialog.css'

const today = () => new Date().toISOString().slice(0, 10)

/** Chooses languages and saves them as a pack. */
export const ExportDialog = ({ matrix, onClose }: { matrix: Matrix; onClose: () => void }) => {
  const [chosen, setChosen] = useState<readonly string[]>(matrix.languages)
  const save = useMutation({
    meta: showsOwnErrors,
    mutationFn: () => exportPack(matrix.languages.filter((language) => chosen.includes(language))),
    onSuccess: (zip) => {
      saveBlob(zip, `prompts-${today()}.zip`)
      onClose()
    },
  })
  const hasAll = chosen.length === matrix.languages.length
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="Export a pack"
      description="A zip with a folder per language: the sounds, and the words in prompts.txt."
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            variant="primary"
            isDisabled={chosen.length === 0 || save.isPending}
            onPress={() => save.mutate()}
          >
            {save.isPending ? 'Packing…' : 'Export'}
          </Button>
        </>
      }
    >
      <CheckboxGroup value={[...chosen]} onChange={setChosen}>
        <div className="export-head">
          <Label className="field-label">Languages</Label>
          <Button variant="quiet" onPress={() => setChosen(hasAll ? [] : matrix.languages)}>
            {hasAll ? 'None' : 'All'}
          </Button>
        </div>
        <div className="export-languages">
          {matrix.languages.map((language) => (
            <CheckboxField key={language} value={language}>
              <CheckboxButton className="export-language">
                <span className="export-box">
                  <Icon name="check" size={12} />
                </span>
                <span className="mono">{language}</span>
                <span className="faint mono">{coverageOf(matrix, language).heard}</span>
              </CheckboxButton>
            </CheckboxField>
          ))}
        </div>
      </CheckboxGroup>
      {save.error ? (
        <p className="field-error" role="alert">
          {save.error.message}
        </p>
      ) : null}
    </Dialog>
  )
}
