import { useQuery } from '@tanstack/react-query'
import type { VoiceMapping } from '#contract/studio'
import { useState } from 'react'
import { matchScore } from '../../lib/match.ts'
import { SearchField } from '../../ui/search-field.tsx'
import { VirtualTable, type Column } from '../../ui/virtual-table.tsx'
import { voicesQuery } from './queries.ts'
import { Section } from './section.tsx'
import './voices-section.css'

const columns: readonly Column<VoiceMapping>[] = [
  {
    id: 'voice',
    title: 'Voice',
    width: 'minmax(180px, 2fr)',
    cell: ({ voice }) => <span className="mono truncate">{voice}</span>,
  },
  { id: 'language', title: 'Language', width: '110px', cell: ({ language }) => language },
  { id: 'gender', title: 'Gender', width: '90px', cell: ({ gender }) => gender },
  { id: 'engine', title: 'Engine', width: '120px', cell: ({ engine }) => engine },
  {
    id: 'engine-voice',
    title: 'Spoken by',
    width: 'minmax(140px, 1fr)',
    cell: ({ engine_voice }) => <span className="mono truncate">{engine_voice}</span>,
  },
]

export const VoicesSection = () => {
  const { data: voices = [], error } = useQuery(voicesQuery)
  const [typed, setTyped] = useState('')
  const shown = voices.filter(
    ({ voice, language, gender, engine_voice }) =>
      matchScore(`${voice} ${language} ${gender} ${engine_voice}`, typed) > 0,
  )
  return (
    <Section
      isWide
      title="Voices"
      about="Which voice of the speech engine on this machine speaks for each voice a prompt can name."
    >
      <div className="voices">
        <div className="voices-bar">
          <SearchField label="Find a voice" value={typed} onChange={setTyped} />
          <span className="muted" role="status">
            {error ? error.message : `${shown.length} of ${voices.length} voices`}
          </span>
        </div>
        <VirtualTable label="Voices" columns={columns} rows={shown} rowId={({ voice }) => voice} />
      </div>
    </Section>
  )
}
