import { Link } from 'react-aria-components'
import { hrefOf, useRoute } from '../../lib/route.ts'
import { DevicesView } from './devices-view.tsx'
import { PeopleView } from './people-view.tsx'
import './phones-page.css'

const views = [
  { id: 'phones', title: 'Phones', content: DevicesView },
  { id: 'people', title: 'People', content: PeopleView },
] as const

/** Who can be called here, and from which phones. */
export const PhonesPage = () => {
  const { params } = useRoute()
  const current = views.find(({ id }) => id === params.view) ?? views[0]
  const Content = current.content
  return (
    <div className="phones">
      <nav className="phones-nav" aria-label="Phones and people">
        {views.map(({ id, title }) => (
          <Link
            key={id}
            className="phones-tab"
            href={hrefOf('phones', id === 'phones' ? {} : { view: id })}
            {...(id === current.id ? { 'aria-current': 'page' } : {})}
          >
            {title}
          </Link>
        ))}
      </nav>
      <Content />
    </div>
  )
}
