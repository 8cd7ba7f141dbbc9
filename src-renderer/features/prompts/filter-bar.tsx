import type { RefObject } from 'react'
import { Button as AriaButton, Input, SearchField } from 'react-aria-components'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Icon } from '../../ui/icon.tsx'
import { CommandKbd } from '../../ui/kbd.tsx'
import { placeStates, stateTexts } from './cell-state.ts'
import { LanguageMenu } from './language-menu.tsx'
import type { AreaCount, LanguageCoverage, StateCounts } from './matrix-model.ts'
import { openDialog, setSearch, toggleArea, toggleState, usePrompts } from './prompts-state.ts'
import { StateGlyph } from './state-glyph.tsx'
import './filter-bar.css'

type FilterBarProps = {
  counts: StateCounts
  areas: readonly AreaCount[]
  languages: readonly string[]
  coverage: ReadonlyMap<string, LanguageCoverage>
  searchRef: RefObject<HTMLInputElement | null>
  leaveSearch: () => void
}

const StateChips = ({ counts }: { counts: StateCounts }) => {
  const current = usePrompts((prompts) => prompts.state)
  // States that do not occur are noise, unless somebody asked for one.
  const shown = placeStates.filter((state) => counts[state] > 0 || state === current)
  return (
    <div className="filter-chips" role="group" aria-label="States">
      <Chip pressed={current === null} count={counts.all} onChange={() => toggleState(null)}>
        All
      </Chip>
      {shown.map((state) => (
        <Chip
          key={state}
          pressed={current === state}
          count={counts[state]}
          glyph={<StateGlyph state={state} />}
          onChange={() => toggleState(state)}
        >
          {stateTexts[state].title}
        </Chip>
      ))}
    </div>
  )
}

const SearchBox = ({
  searchRef,
  leaveSearch,
}: Pick<FilterBarProps, 'searchRef' | 'leaveSearch'>) => {
  const search = usePrompts((prompts) => prompts.search)
  return (
    <SearchField
      className="filter-search"
      aria-label="Search ids and source texts"
      value={search}
      onChange={setSearch}
      onSubmit={leaveSearch}
    >
      <Icon name="search" size={14} />
      <Input ref={searchRef} className="filter-search-input" placeholder="Ids and texts" />
      {search === '' ? (
        <CommandKbd command="prompts.search" />
      ) : (
        <AriaButton className="filter-search-clear" aria-label="Clear search">
          <Icon name="close" size={12} />
        </AriaButton>
      )}
    </SearchField>
  )
}

const AreaChips = ({ areas }: { areas: readonly AreaCount[] }) => {
  const chosen = usePrompts((prompts) => prompts.areas)
  return (
    <div className="filter-areas" role="group" aria-label="Areas">
      <span className="section-title" aria-hidden="true">
        Areas
      </span>
      <div className="filter-chips">
        {areas.map(({ area, count }) => (
          <Chip
            key={area}
            pressed={chosen.includes(area)}
            count={count}
            onChange={() => toggleArea(area)}
          >
            {area}
          </Chip>
        ))}
      </div>
    </div>
  )
}

/** What of the matrix is shown, and what brings prompts in and out. */
export const FilterBar = (props: FilterBarProps) => {
  const { counts, areas, languages, coverage, searchRef, leaveSearch } = props
  return (
    <div className="filter-bar">
      <div className="filter-row">
        <SearchBox searchRef={searchRef} leaveSearch={leaveSearch} />
        <StateChips counts={counts} />
        <div className="filter-actions">
          <LanguageMenu languages={languages} coverage={coverage} />
          <Button onPress={() => openDialog('new')}>New…</Button>
          <Button onPress={() => openDialog('import')}>Import…</Button>
          <Button onPress={() => openDialog('export')}>Export…</Button>
        </div>
      </div>
      <AreaChips areas={areas} />
    </div>
  )
}
