import { describe, expect, it } from 'vitest'
import type { HistoryEntry } from '#contract/board'
import type { BoardEntry } from '../board/board-state.ts'
import type { Moment } from './moment.ts'
import { groupsOf, momentsOf, namesIn } from './moments.ts'

const base = { account_id: 'a', conference_id: 'c', instance_id: 'i' }

const live = (seq: number, event: string, more: object = {}, atMs = seq * 100): BoardEntry => ({
  kind: 'event',
  id: `e ${seq}`,
  atMs,
  event: { ...base, event, epoch: 'e', seq, ...more },
})
const past = (seq: number, event: string, more: object = {}, epoch = 'e'): HistoryEntry => ({
  entry_id: seq,
  at_ms: seq * 100,
  instance_id: 'i',
  event: { ...base, event, epoch, seq, ...more },
})
const gap: BoardEntry = {
  kind: 'gap',
  id: 'gap 1',
  atMs: 550,
  fromMs: 450,
  reason: 'missed',
  missed: undefined,
  gone: [],
}

const told = (moments: readonly Moment[]) =>
  moments.map((moment) => (moment.kind === 'gap' ? 'gap' : moment.event.event))

describe('moments of a timeline', () => {
  it('shows what is on record before what was heard, each once', () => {
    const history = [past(3, 'lock'), past(2, 'add-member'), past(1, 'conference-create')]
    const heard = [live(3, 'lock'), live(4, 'unlock')]
    expect(told(momentsOf(history, heard))).toEqual([
      ...['conference-create', 'add-member', 'lock', 'unlock'],
    ])
  })

  it('puts what was missed where it belongs, by number and not by clock', () => {
    // This machine's clock is an hour ahead.
    const late = 3_600_000
    const heard = [live(4, 'lock', {}, late + 400), live(6, 'unlock', {}, late + 600)]
    expect(told(momentsOf([past(6, 'unlock'), past(5, 'note')], heard))).toEqual([
      ...['lock', 'note', 'unlock'],
    ])
  })

  it('keeps a gap where it was closed, and what was found out about it before it', () => {
    const heard = [live(4, 'lock'), gap, live(6, 'unlock')]
    expect(told(momentsOf([past(5, 'note')], heard))).toEqual(['lock', 'note', 'gap', 'unlock'])
  })

  it('says where the server ended without a word, and who was there then', () => {
    const ann = { participant_id: 1, call_id: 'x', caller_id_name: 'Ann', caller_id_number: '1' }
    const bob = { ...ann, participant_id: 2, call_id: 'y', caller_id_name: 'Bob' }
    const before = [past(1, 'add-member', ann), past(2, 'add-member', bob)]
    const left = past(3, 'del-member', bob)
    const after = past(9, 'lock', { instance_id: 'j' }, 'next')
    const killed = momentsOf([after, left, ...before.toReversed()], [])
    expect(told(killed)).toEqual(['add-member', 'add-member', 'del-member', 'gap', 'lock'])
    expect(killed[3]).toMatchObject({
      ...{ atMs: 900, gap: { reason: 'restart', fromMs: 300, gone: [{ name: 'Ann' }] } },
    })

    const ended = past(4, 'conference-destroy')
    expect(told(momentsOf([after, ended, left], []))).not.toContain('gap')
    const seen = { ...gap, reason: 'restart' } as BoardEntry
    const heard = [live(1, 'add-member', ann), seen, live(2, 'lock', { epoch: 'next' })]
    expect(told(momentsOf([], heard))).toEqual(['add-member', 'gap', 'lock'])
  })

  it('keeps of a command that failed its failure, however late it is', () => {
    const ask = { application_name: 'play', participant_id: 1, media_id: 'm' }
    const other = { ...ask, participant_id: 2 }
    const heard = [
      ...[live(1, 'command', ask), live(2, 'command', other)],
      live(3, 'command-failed', { ...ask, reason: 'no such media' }, 900_000),
    ]
    const moments = momentsOf([], heard)
    expect(told(moments)).toEqual(['command', 'command-failed'])
    expect(moments[0]).toMatchObject({ event: { participant_id: 2 } })
    expect(groupsOf(moments[1]!)).toEqual(['problems', 'commands'])
  })

  it('puts who talks between what else happens', () => {
    const talk = [live(2, 'start-talking'), live(4, 'stop-talking')]
    expect(told(momentsOf([], [live(1, 'lock'), live(3, 'unlock')], talk))).toEqual([
      ...['lock', 'start-talking', 'unlock', 'stop-talking'],
    ])
  })

  it('tells runs of the server apart', () => {
    const heard = [live(2, 'lock')]
    expect(told(momentsOf([past(1, 'conference-destroy', {}, 'earlier')], heard))).toHaveLength(2)
    expect(told(momentsOf([past(1, 'lock', {}, 'earlier')], [live(1, 'lock')]))).toHaveLength(3)
  })

  it('makes one of a command and what came of it', () => {
    const command = { application_name: 'kick', participant_id: 2 }
    const heard = [
      live(1, 'command', command),
      live(2, 'del-member', { participant_id: 3 }),
      live(3, 'del-member', { participant_id: 2 }),
    ]
    const moments = momentsOf([], heard)
    expect(moments).toMatchObject([
      { event: { participant_id: 3 }, asked: undefined },
      { event: { participant_id: 2 }, asked: { application_name: 'kick' } },
    ])
    expect(moments.map(groupsOf)).toEqual([['people'], ['people', 'commands']])
  })

  it('leaves a command that changed nothing as what it is', () => {
    const mute = { application_name: 'mute_participant', participant_id: 2 }
    const heard = [live(1, 'command', mute), live(2, 'mute-member', { participant_id: 2 }, 60_000)]
    expect(told(momentsOf([], heard))).toEqual(['command', 'mute-member'])
  })

  it('counts a note that is told again and again where it came first', () => {
    const note = (seq: number, text = 'x') => live(seq, 'note', { text })
    const heard = [note(1), note(2), live(3, 'lock'), note(4), note(5, 'y'), note(6)]
    const told = momentsOf([], heard).map((each) => each.kind === 'event' && [each.id, each.times])
    expect(told).toEqual([
      ['e 1', 4],
      ['e 3', 1],
      ['e 5', 1],
    ])
  })

  it('says again after five minutes that the same is still noted', () => {
    const note = (seq: number, atMs: number) => live(seq, 'note', { text: 'x' }, atMs)
    const heard = [note(1, 0), note(2, 299_999), note(3, 300_000), note(4, 300_001)]
    expect(momentsOf([], heard)).toMatchObject([
      { atMs: 0, times: 2 },
      { atMs: 300_000, times: 2 },
    ])
  })

  it('knows who plays to whom from the same request', () => {
    const play = { media_id: 'm', participant_id: 1 }
    const heard = [
      live(1, 'command', { application_name: 'play', media_id: 'm' }),
      live(2, 'command', { application_name: 'play', ...play }),
      live(3, 'play-file', play),
    ]
    expect(momentsOf([], heard)).toMatchObject([
      { event: { event: 'command' } },
      { event: { event: 'play-file' }, asked: { participant_id: 1 } },
    ])
  })

  it('sorts everything under a filter', () => {
    const groups = (event: string) => momentsOf([], [live(1, event)]).map(groupsOf)[0]
    expect(groups('start-talking')).toEqual(['talking'])
    expect(groups('mute-member')).toEqual(['people'])
    expect(groups('dial-ringing')).toEqual(['people'])
    expect(groups('dial-failed')).toEqual(['problems'])
    expect(groups('note')).toEqual(['problems'])
    expect(groups('start-recording')).toEqual(['room'])
    expect(groups('bookmark')).toEqual(['bookmarks'])
    expect(groupsOf(momentsOf([], [gap])[0]!)).toEqual(['problems'])
  })

  it('learns names from what is told', () => {
    const ann = { participant_id: 1, caller_id_name: 'Ann', caller_id_number: '1001' }
    expect([...namesIn(momentsOf([past(1, 'add-member', ann)], [gap]))]).toEqual([['i 1', 'Ann']])
  })
})
