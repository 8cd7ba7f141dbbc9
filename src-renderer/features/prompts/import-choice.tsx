import { useRef, useState, type DragEvent } from 'react'
import { bridge } from '../../lib/bridge.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Select } from '../../ui/select.tsx'
import { useIsAdmin, type Origin } from './queries.ts'
import type { ImportRequest } from './use-import.ts'

const targets = [
  { value: 'account', label: 'This account' },
  { value: 'system', label: 'System library', detail: 'every account hears it' },
] as const

/** The folder dialog of the desktop shell, where there is one. */
const { chooseFolder } = bridge

const ZipChoice = ({ onFile }: { onFile: (file: File) => void }) => {
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    event.stopPropagation()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file) onFile(file)
  }
  return (
    <div
      className={isOver ? 'import-zip is-drop' : 'import-zip'}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon name="import" size={22} />
      <p>Drop a zip here</p>
      <Button variant="primary" autoFocus onPress={() => input.current?.click()}>
        Choose a zip…
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".zip,application/zip"
        aria-label="Pack as a zip"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0]
          currentTarget.value = ''
          if (file) onFile(file)
        }}
      />
    </div>
  )
}

/** Where the pack comes from and whose library it goes into. */
export const ImportChoice = ({ onChoose }: { onChoose: (request: ImportRequest) => void }) => {
  const isAdmin = useIsAdmin()
  const [path, setPath] = useState('')
  const [target, setTarget] = useState<Origin>('account')
  const choosePath = (chosen: string) => {
    if (chosen.trim() !== '') onChoose({ source: { kind: 'path', path: chosen.trim() }, target })
  }
  const browse = async () => {
    const folder = await chooseFolder?.()
    if (!folder) return
    setPath(folder)
    choosePath(folder)
  }
  return (
    <div className="import-choice">
      {isAdmin ? (
        <Select label="Into" value={target} options={targets} onChange={setTarget} />
      ) : null}
      <ZipChoice onFile={(file) => onChoose({ source: { kind: 'zip', file }, target })} />
      <form
        className="import-path"
        onSubmit={(event) => {
          event.preventDefault()
          choosePath(path)
        }}
      >
        <TextField
          label="Or a folder or zip on the machine of the backend"
          isMono
          placeholder="/srv/prompts/kazoo-core"
          value={path}
          onChange={setPath}
        />
        {chooseFolder ? <Button onPress={() => void browse()}>Browse…</Button> : null}
        <Button type="submit" isDisabled={path.trim() === ''}>
          Check
        </Button>
      </form>
    </div>
  )
}
