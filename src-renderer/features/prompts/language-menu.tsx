import { DialogTrigger, ListBox, ListBoxItem, Popover } from 'react-aria-components'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import type { LanguageCoverage } from './matrix-model.ts'
import { hideLanguages } from './prompts-state.ts'
import '../../ui/select.css'
import './language-menu.css'

type LanguageMenuProps = {
  /** The languages that are shown, out of those of `coverage`. */
  languages: readonly string[]
  coverage: ReadonlyMap<string, LanguageCoverage>
}

/** Chooses the columns of the matrix. At least one stays. */
export const LanguageMenu = ({ languages, coverage }: LanguageMenuProps) => {
  const all = [...coverage.keys()]
  const isComplete = languages.length === all.length
  const shown = isComplete ? String(all.length) : `${languages.length} of ${all.length}`
  return (
    <DialogTrigger>
      <Button aria-label={`${shown} languages`}>
        <Icon name="globe" size={14} />
        {shown}
      </Button>
      <Popover className="menu-popover language-menu" placement="bottom end" offset={4}>
        <ListBox
          className="menu"
          aria-label="Languages to show"
          selectionMode="multiple"
          disallowEmptySelection
          selectedKeys={languages}
          onSelectionChange={(chosen) =>
            hideLanguages(chosen === 'all' ? [] : all.filter((language) => !chosen.has(language)))
          }
        >
          {[...coverage.values()].map(({ language, coverage: share }) => (
            <ListBoxItem
              key={language}
              id={language}
              className="menu-item select-option"
              textValue={language}
            >
              <span className="menu-label mono">{language}</span>
              <span className="faint mono">{Math.floor(share * 100)} %</span>
              <span className="select-check">
                <Icon name="check" size={14} />
              </span>
            </ListBoxItem>
          ))}
        </ListBox>
        <div className="language-menu-foot">
          <Button variant="quiet" isDisabled={isComplete} onPress={() => hideLanguages([])}>
            Show all
          </Button>
        </div>
      </Popover>
    </DialogTrigger>
  )
}
