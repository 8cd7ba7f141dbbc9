import { expect, test } from 'vitest'
import { bucketsPerTile } from '#sound/edit-list/peaks'
import { createSourceTiles, type SourceData } from './source-tiles.ts'

/** Audio that comes when it is told to, with a list of what was asked for. */
const createSlowData = () => {
  const asked: string[] = []
  const answers: (() => void)[] = []
  const data: SourceData = {
    levels: (source, { level, tile }) => {
      asked.push(`${source} ${level} ${tile}`)
      return new Promise((resolve) => {
        answers.push(() => resolve(new Int16Array(bucketsPerTile * 4)))
      })
    },
    samples: () => Promise.reject(new Error('Nobody looks at samples here.')),
  }
  const answer = async () => {
    for (const give of answers.splice(0)) give()
    await new Promise((resolve) => setTimeout(resolve))
  }
  return { data, asked, answer }
}

test('A tile that is looked for again and again while it is on its way is loaded once', async () => {
  const { data, asked, answer } = createSlowData()
  const tiles = createSourceTiles(data)
  const [wave, overview] = [tiles.reader(), tiles.reader()]
  const look = () => [
    wave.look(1, ({ tileOf }) => tileOf('talk', 2, 0)),
    overview.look(1, ({ tileOf }) => tileOf('talk', 2, 0)),
  ]
  look()
  look()
  await answer()
  expect(look()).toEqual([expect.any(Int16Array), expect.any(Int16Array)])
  await answer()
  expect(asked).toEqual(['talk 2 0'])
  tiles.dispose()
})
