import { framesOf } from '#sound/edit-list/edit-list'
import { current } from '#sound/edit-list/history'
import { cursorAt } from '../../audio/edit-view/edit-view-state.ts'
import { clampView } from '../../audio/edit-view/view.ts'
import { transport, viewShare, type Session } from './editor-session.ts'
import { frameOfMoment } from './moved-frame.ts'

/** So much is seen around a moment somebody is led to; what is shorter is seen as it was. */
const SEEN_S = 20
/** Of it before the moment: what led to it. */
const BEFORE_SHARE = 0.2

/** Puts the cursor at a moment of the first version, in milliseconds from its beginning, and shows what is around it. */
export const showMoment = ({ editor }: Session, ms: number): void => {
  const { history } = editor.store.getState()
  const list = current(history)
  const frame = frameOfMoment(history, ms)
  const [frames, seen] = [framesOf(list), SEEN_S * list.sample_rate_hz]
  // What is just being opened has no width yet.
  const width = editor.view.getState().width || window.innerWidth * viewShare
  const wanted = { from: frame - seen * BEFORE_SHARE, framesPerPixel: seen / width }
  const view = seen < frames ? clampView(wanted, { frames, width }) : editor.view.getState().view
  editor.view.setState({ ...cursorAt(frame), view })
  transport.seek(frame)
}
