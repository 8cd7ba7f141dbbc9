import { Link, TooltipTrigger } from 'react-aria-components'
import { hrefOf } from '../lib/route.ts'
import { Icon } from '../ui/icon.tsx'
import { Tooltip } from '../ui/tooltip.tsx'
import { destinations } from './routes.tsx'
import './rail.css'

export const Rail = ({ current }: { current: string }) => (
  <nav className="rail" aria-label="Pages">
    <ul>
      {destinations.map(({ id, title, icon }) => (
        <li key={id}>
          <TooltipTrigger delay={400}>
            <Link
              className="rail-link"
              href={hrefOf(id)}
              aria-label={title}
              {...(id === current ? { 'aria-current': 'page' } : {})}
            >
              <Icon name={icon} size={20} />
            </Link>
            <Tooltip placement="right" command={`app.go.${id}`}>
              {title}
            </Tooltip>
          </TooltipTrigger>
        </li>
      ))}
    </ul>
  </nav>
)
