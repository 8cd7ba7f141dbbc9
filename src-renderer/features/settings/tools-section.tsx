import { useQuery } from '@tanstack/react-query'
import type { Tool } from '#contract/studio'
import { Icon } from '../../ui/icon.tsx'
import { KeyValue } from '../../ui/key-value.tsx'
import { statusQuery } from './queries.ts'
import { Section } from './section.tsx'
import './tools-section.css'

const ToolItem = ({ tool }: { tool: Tool }) => (
  <li className="tool">
    <span className={tool.found ? 'tool-state tone-ok' : 'tool-state tone-warn'}>
      <Icon name={tool.found ? 'check' : 'warning'} />
      {tool.found ? 'Found' : 'Not found'}
    </span>
    <span className="tool-name mono">{tool.name}</span>
    <span className="tool-text">
      {tool.found ? <span className="mono">{tool.version}</span> : tool.hint}
      {tool.formats ? (
        <span className="faint">{`${tool.formats.length} formats: ${tool.formats.join(', ')}`}</span>
      ) : null}
    </span>
  </li>
)

export const ToolsSection = () => {
  const { data: status, error } = useQuery(statusQuery)
  return (
    <Section
      title="Tools"
      about="Programs of this machine that do part of the work. Without one of them, what needs it says so and everything else goes on."
    >
      {error ? <p className="tone-bad">{error.message}</p> : null}
      <ul className="tools">
        {status?.tools.map((tool) => (
          <ToolItem key={tool.name} tool={tool} />
        ))}
      </ul>
      {status ? (
        <KeyValue
          rows={[
            ['Version', status.version],
            ['Data folder', status.data_folder],
          ]}
        />
      ) : null}
    </Section>
  )
}
