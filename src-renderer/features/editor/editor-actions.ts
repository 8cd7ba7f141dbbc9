import type { EditList, Marker } from '#contract/edit-list'
import type { Measures, TargetProfile } from '#contract/measures'
import { copy, framesOf } from '#sound/edit-list/edit-list'
import { gainFor } from '#sound/levels/gain'
import { levelText } from '#sound/levels/level-text'
import { cursorAt, isSelected, select } from '../../audio/edit-view/edit-view-state.ts'
import { snapRange } from '../../audio/edit-view/snap.ts'
import type { FrameRange } from '../../audio/edit-view/types.ts'
import { useToasts } from '../../ui/toast-store.ts'
import { copyClip, pasteProblem, useClipboard } from './clipboard.ts'
import { transport, type Session } from './editor-session.ts'
import { useEditorSettings } from './editor-settings.ts'

/** Fades without a selection: just long enough to take a click away. */
const headFadeS = 0.005
const tailFadeS = 0.03

const say = (tone: 'ok' | 'warn' | 'info', text: string) =>
  useToasts.getState().show({ tone, text })

const selectionOf = ({ editor }: Session): FrameRange => editor.view.getState().selection

/** What commands work on: the selection, or everything. */
export const scopeOf = (session: Session): FrameRange => {
  const selection = selectionOf(session)
  return isSelected(selection) ? selection : { from: 0, to: framesOf(session.editor.list()) }
}

/** Lists hold audio without its edges moving: a cut in the midst of a wave clicks. */
const settled = async (session: Session, range: FrameRange): Promise<FrameRange> =>
  useEditorSettings.getState().snap ? snapRange(session.editor.list(), session.tiles, range) : range

export const copySelection = (session: Session): boolean => {
  const { from, to } = selectionOf(session)
  if (to <= from) return false
  if (!copyClip(copy(session.editor.list(), from, to)))
    say('warn', 'Copied for this window only: it is too much for the others.')
  return true
}

export const cutSelection = (session: Session): void => {
  if (copySelection(session)) session.editor.edit({ kind: 'cut', ...selectionOf(session) })
}

export const paste = (session: Session): void => {
  const { clip } = useClipboard.getState()
  if (!clip) return void say('info', 'Nothing was copied yet.')
  const problem = pasteProblem(clip, session.editor.list())
  if (problem !== undefined) return void say('warn', problem)
  const { selection, cursor } = session.editor.view.getState()
  const range = isSelected(selection) ? selection : { from: cursor, to: cursor }
  session.editor.edit({ kind: 'paste', ...range, clip })
}

type RangeKind = 'delete' | 'silence' | 'trim'

export const editSelection = (session: Session, kind: RangeKind): void => {
  const selection = selectionOf(session)
  if (isSelected(selection)) session.editor.edit({ kind, ...selection })
}

export const reverse = (session: Session): void => {
  session.editor.edit({ kind: 'reverse', ...scopeOf(session) })
}

const fadeRange = (session: Session, direction: 'in' | 'out'): FrameRange => {
  const selection = selectionOf(session)
  if (isSelected(selection)) return selection
  const list = session.editor.list()
  const frames = framesOf(list)
  const length = Math.min(
    frames,
    Math.round((direction === 'in' ? headFadeS : tailFadeS) * list.sample_rate_hz),
  )
  return direction === 'in' ? { from: 0, to: length } : { from: frames - length, to: frames }
}

export const fade = (session: Session, direction: 'in' | 'out'): void => {
  const { curve } = useEditorSettings.getState()
  session.editor.edit({ kind: 'fade', ...fadeRange(session, direction), direction, curve })
}

/** Draws together what is before and behind the cursor. */
export const crossfade = (session: Session): void => {
  const { cursor } = session.editor.view.getState()
  const list = session.editor.list()
  const { curve } = useEditorSettings.getState()
  const room = Math.min(cursor, framesOf(list) - cursor)
  const frames = Math.max(1, Math.min(room, Math.round(0.05 * list.sample_rate_hz)))
  session.editor.edit({ kind: 'crossfade', at: cursor, frames, curve })
}

/** Moves one end of the selection to the cursor, or to what is heard. */
export const setEdge = (session: Session, edge: 'from' | 'to'): void => {
  const { selection, cursor } = session.editor.view.getState()
  const heard = transport.position()
  const at = Math.round(heard ?? cursor)
  const other = edge === 'from' ? Math.max(at, selection.to) : Math.min(at, selection.from)
  const range = edge === 'from' ? { from: at, to: other } : { from: other, to: at }
  session.editor.view.setState({ selection: range, cursor: at })
}

export const snapSelection = async (session: Session): Promise<void> => {
  const { view } = session.editor
  const range = await snapRange(session.editor.list(), session.tiles, view.getState().selection)
  view.setState({ selection: range, cursor: range.from })
}

export const selectAll = ({ editor }: Session): void => {
  const frames = framesOf(editor.list())
  editor.view.setState({ selection: { from: 0, to: frames }, cursor: 0 })
}

export const selectRange = async (session: Session, range: FrameRange): Promise<void> => {
  const { editor } = session
  select(editor.view, await settled(session, range), framesOf(editor.list()))
}

export const jumpTo = ({ editor }: Session, frame: number): void => {
  select(editor.view, { from: frame, to: frame }, framesOf(editor.list()))
  transport.seek(frame)
}

/** A name nobody else uses in this draft; crypto.randomUUID is missing over plain HTTP. */
const markerId = () => Date.now().toString(36) + Math.random().toString(36).slice(2, 8)

/** A marker at what is heard, at the cursor, or over the selection. */
export const addMarker = (session: Session): string | undefined => {
  const { editor } = session
  const { selection, cursor } = editor.view.getState()
  const heard = transport.position()
  const id = markerId()
  const number = editor.list().markers.length + 1
  const place: Pick<Marker, 'at' | 'end'> =
    heard === undefined && isSelected(selection)
      ? { at: selection.from, end: selection.to }
      : { at: Math.round(heard ?? cursor) }
  const isDone = editor.edit({
    kind: 'add_marker',
    marker: { id, label: `Marker ${number}`, ...place },
  })
  return isDone ? id : undefined
}

export const changeMarker = ({ editor }: Session, marker: Marker): void => {
  editor.edit({ kind: 'change_marker', marker })
}

/** The marker nearest to the cursor, for the key that renames one. */
export const nearestMarker = ({ editor }: Session): Marker | undefined => {
  const { cursor } = editor.view.getState()
  const distance = ({ at }: Marker) => Math.abs(at - cursor)
  return [...editor.list().markers].sort((a, b) => distance(a) - distance(b))[0]
}

/** Brings a range to the level of a target, as far as its ceiling lets it. */
export const matchLevel = (
  session: Session,
  { measures, target, range }: { measures: Measures; target: TargetProfile; range: FrameRange },
): void => {
  const gain = gainFor(measures, {
    metric: target.metric,
    level: target.level,
    ceiling: target.ceiling_dbtp,
  })
  if (!gain) {
    say('warn', 'There is nothing in it whose level could be measured.')
    return
  }
  if (Math.abs(gain.gainDb) < 0.05) {
    say('info', `It already is at the level of “${target.name}”.`)
    return
  }
  const { metric, gainDb, missingDb } = gain
  session.editor.edit({
    kind: 'normalise',
    ...range,
    metric,
    level: target.level,
    gain_db: Math.round(gainDb * 100) / 100,
  })
  if (missingDb > 0.05)
    say(
      'warn',
      `It stays ${levelText(missingDb)} dB below “${target.name}”: more would lift its peaks over ${levelText(target.ceiling_dbtp)} dBTP. A compressor makes room.`,
    )
}

/** Plays from the cursor or the selection's beginning, or stops. */
export const playOrStop = ({ editor }: Session): void => {
  if (transport.store.getState().status !== 'stopped') {
    transport.stop()
    return
  }
  const { selection, cursor } = editor.view.getState()
  const { isLooping } = useEditorSettings.getState()
  const frames = framesOf(editor.list())
  if (isSelected(selection)) {
    const loop = isLooping ? selection : undefined
    transport.play({ from: selection.from, to: selection.to, loop })
    return
  }
  const loop = isLooping ? { from: 0, to: frames } : undefined
  transport.play({ from: cursor >= frames ? 0 : cursor, loop })
}

/** Plays the selection again and again, whatever the loop button says. */
export const playLooped = (session: Session): void => {
  const loop = scopeOf(session)
  transport.play({ from: loop.from, loop })
}

/** Stops and leaves the cursor at what was heard last. */
export const pauseHere = ({ editor }: Session): void => {
  const frame = transport.pause()
  if (frame !== undefined) editor.view.setState(cursorAt(Math.round(frame)))
}

export const setLooping = (session: Session, isLooping: boolean): void => {
  const selection = selectionOf(session)
  const all: FrameRange = { from: 0, to: framesOf(session.editor.list()) }
  transport.setLoop(isLooping ? (isSelected(selection) ? selection : all) : undefined)
}

export const durationOf = (list: EditList): number => framesOf(list) / list.sample_rate_hz
