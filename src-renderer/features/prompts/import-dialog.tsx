import { useEffect, useEffectEvent } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Progress } from '../../ui/progress.tsx'
import { ImportChoice } from './import-choice.tsx'
import { ImportEntries } from './import-entries.tsx'
import { changesText, summaryText } from './import-report.ts'
import { usePrompts } from './prompts-state.ts'
import type { PackSource } from './queries.ts'
import { useImport, type ImportStep } from './use-import.ts'
import './import-dialog.css'

const descriptions: Record<ImportStep, string> = {
  choose: 'A folder or zip with a folder per language. You see what would change before it does.',
  checking: 'Nothing is written yet.',
  report: 'Nothing is written yet.',
  importing: 'You can close this: the import goes on, and the status bar shows how far it is.',
  done: 'The matrix shows the result.',
}

const nameOf = (source: PackSource): string =>
  source.kind === 'zip' ? source.file.name : source.path

type Import = ReturnType<typeof useImport>

const Buttons = ({ work, onClose }: { work: Import; onClose: () => void }) => {
  const { step, report } = work
  switch (step) {
    case 'choose':
      return <Button onPress={onClose}>Cancel</Button>
    case 'checking':
    case 'importing':
      return (
        <>
          <Button isPending={work.isSending} onPress={work.cancel}>
            Cancel {step === 'checking' ? 'the check' : 'the import'}
          </Button>
          {step === 'importing' ? (
            <Button variant="primary" autoFocus onPress={onClose}>
              Close and go on
            </Button>
          ) : null}
        </>
      )
    case 'report':
      return (
        <>
          <Button onPress={work.chooseAgain}>Choose another</Button>
          <Button
            variant="primary"
            autoFocus
            isDisabled={!report || report.changes === 0}
            onPress={work.run}
          >
            {report && report.changes > 0
              ? `Import ${changesText(report.changes)}`
              : 'Nothing to import'}
          </Button>
        </>
      )
    case 'done':
      return (
        <Button variant="primary" autoFocus onPress={onClose}>
          Done
        </Button>
      )
  }
}

/** Brings a pack in: what it would change first, then the import itself. */
export const ImportDialog = ({ onClose }: { onClose: () => void }) => {
  const work = useImport()
  const { step, request, report, failure } = work
  const offeredPack = usePrompts((prompts) => prompts.offeredPack)

  const begin = useEffectEvent((file: File) =>
    work.check({ source: { kind: 'zip', file }, target: 'account' }),
  )
  useEffect(() => {
    if (offeredPack) begin(offeredPack)
  }, [offeredPack])

  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      size={report ? 'large' : 'medium'}
      title={request && step !== 'choose' ? `Import ${nameOf(request.source)}` : 'Import a pack'}
      description={descriptions[step]}
      footer={<Buttons work={work} onClose={onClose} />}
    >
      {step === 'choose' ? <ImportChoice onChoose={work.check} /> : null}
      {failure ? (
        <p className="import-failure tone-bad" role="alert">
          {failure}
        </p>
      ) : null}
      {step === 'checking' || step === 'importing' ? (
        <Progress
          label={
            work.isSending
              ? 'Sending the pack'
              : step === 'checking'
                ? 'Comparing with the library'
                : 'Importing'
          }
          value={work.progress}
        />
      ) : null}
      {step === 'done' && report ? (
        <p className="import-summary" role="status">
          {summaryText(report)}
        </p>
      ) : null}
      {report && (step === 'report' || step === 'done') ? <ImportEntries report={report} /> : null}
    </Dialog>
  )
}
