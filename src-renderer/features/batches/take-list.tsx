import { useEffect, useRef, type KeyboardEvent } from 'react'
import type { TakeResult } from '#contract/batches'
import { isPlaying, usePlayer } from '../../audio/player.ts'
import { decibelText } from '../../lib/decibel.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { useStudioSession } from './session-state.ts'
import { playingIdOf } from './take-strip.tsx'
import type { NumberedTake } from './use-takes.ts'
import '../../ui/field.css'

export type TakeActions = {
  play: (index: number) => void
  merge: (index: number) => void
  split: (index: number) => void
  remove: (index: number) => void
  rename: (index: number, id: string) => void
}

type TakeListProps = {
  sourceId: string
  sampleRateHz: number
  takes: readonly NumberedTake[]
  promptIds: readonly string[]
  results: ReadonlyMap<string, TakeResult>
  actions: TakeActions
  isLocked: boolean
}

const noteOf = (
  { problem, isReplacement }: NumberedTake,
  result: TakeResult | undefined,
): [text: string, tone: string] => {
  if (result?.outcome === 'failed') return [result.reason ?? 'failed', 'tone-bad']
  if (result) return [result.outcome === 'added' ? 'added' : 'replaced', 'tone-ok']
  if (problem === 'double') return ['used twice', 'tone-bad']
  if (problem === 'none') return ['', 'faint']
  return isReplacement ? ['replaces a file', 'tone-warn'] : ['new', 'muted']
}

/** Minutes, seconds and hundredths: where a take begins. */
const placeText = (frame: number, rate: number): string => {
  const hundredths = Math.floor((frame * 100) / rate)
  const two = (value: number) => String(value).padStart(2, '0')
  const minutes = Math.floor(hundredths / 6000)
  return `${minutes}:${two(Math.floor(hundredths / 100) % 60)}.${two(hundredths % 100)}`
}

type RowProps = Omit<TakeListProps, 'takes' | 'promptIds' | 'results'> & {
  take: NumberedTake
  index: number
  isLast: boolean
  result: TakeResult | undefined
}

/** Enter goes on to the next prompt id, Shift with it back: hands stay on the keys. */
const goOnByEnter = (event: KeyboardEvent<HTMLInputElement>) => {
  if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
  event.preventDefault()
  const row = event.currentTarget.closest('li')
  const next = event.shiftKey ? row?.previousElementSibling : row?.nextElementSibling
  const field = next?.querySelector('input')
  field?.focus()
  field?.select()
}

const Row = (props: RowProps) => {
  const { take, index, isLast, result, actions, sourceId, sampleRateHz, isLocked } = props
  const { number, from, to, peakDbfs, promptId } = take
  const isActive = useStudioSession((state) => state.active === index)
  const hasLanguage = useStudioSession((state) => state.language !== '')
  const isOn = usePlayer(isPlaying(playingIdOf(sourceId, take)))
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isActive) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isActive])
  const [note, tone] = noteOf(take, result)
  const activate = () => useStudioSession.setState({ active: index })
  return (
    <li
      ref={row}
      className="take"
      aria-current={isActive}
      onFocusCapture={activate}
      onClick={activate}
    >
      <IconButton
        icon={isOn ? 'stop' : 'play'}
        label={`${isOn ? 'Stop' : 'Play'} take ${number}`}
        onPress={() => actions.play(index)}
      />
      <span className="mono faint take-number">{number}</span>
      <span className="mono muted">{placeText(from, sampleRateHz)}</span>
      <span className="mono">{((to - from) / sampleRateHz).toFixed(2)} s</span>
      <span className="mono muted">{decibelText(peakDbfs)}</span>
      <input
        className="field-input mono"
        aria-label={`Prompt id of take ${number}`}
        list="take-prompt-ids"
        value={promptId}
        readOnly={isLocked}
        spellCheck={false}
        placeholder={hasLanguage ? 'left out' : 'choose a language first'}
        onChange={({ target }) => actions.rename(index, target.value)}
        onKeyDown={goOnByEnter}
      />
      <span className={`${tone} truncate`} title={note}>
        {note}
      </span>
      <span className="faint truncate" title={take.text}>
        {take.text}
      </span>
      <span className="take-buttons">
        <IconButton
          icon="merge"
          label={`Merge take ${number} with the next`}
          isDisabled={isLast || isLocked}
          onPress={() => actions.merge(index)}
        />
        <IconButton
          icon="split"
          label={`Split take ${number} where it is quietest`}
          isDisabled={isLocked}
          onPress={() => actions.split(index)}
        />
        <IconButton
          icon="trash"
          label={`Remove take ${number}`}
          isDisabled={isLocked}
          onPress={() => actions.remove(index)}
        />
      </span>
    </li>
  )
}

/** The takes with the prompts they become. */
export const TakeList = ({ takes, promptIds, results, ...rest }: TakeListProps) => (
  <>
    <datalist id="take-prompt-ids">
      {promptIds.map((id) => (
        <option key={id} value={id} />
      ))}
    </datalist>
    <ol className="takes" aria-label="Takes">
      {takes.map((take, index) => (
        <Row
          key={`${take.from}-${take.to}`}
          {...rest}
          take={take}
          index={index}
          isLast={index === takes.length - 1}
          result={results.get(take.promptId)}
        />
      ))}
    </ol>
  </>
)
