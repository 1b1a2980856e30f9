import { SearchOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Modal } from 'antd'
import { type KeyboardEvent, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get } from '@/api/http'
import { queryString, useMeta } from '@/api/queries'
import type { Rows } from '@/api/types'
import { Icon } from '@/shared/Icon'
import { Tag } from '@/shared/Tag'
import { classes } from '@/shared/text'
import { useDebounced } from '@/shared/useDebounced'
import { useDrafts } from '../drafts'
import { useRecent } from '../recent'
import { openTab } from '../tabs'
import { type Entry, offer, type SearchRow } from './model'
import './palette.css'

function useOffer(query: string) {
  const meta = useMeta()
  const settled = useDebounced(query.trim(), 150)
  const { data, isFetching } = useQuery({
    queryKey: ['search', settled],
    queryFn: () => get<Rows<SearchRow>>(`/api/v1/search/?${queryString({ q: settled })}`),
    enabled: settled.length > 0,
    placeholderData: (before) => before,
  })
  const drafts = useDrafts((state) => state.drafts)
  const recent = useRecent((state) => state.entries)
  const groups = useMemo(() => offer(query, meta, recent, drafts, data?.rows ?? []), [query, meta, recent, drafts, data])
  return { groups, busy: isFetching || settled !== query.trim() }
}

function Choice({ entry, chosen, onGo, onPoint }: { entry: Entry; chosen: boolean; onGo: () => void; onPoint: () => void }) {
  return (
    <button
      type="button"
      role="option"
      tabIndex={-1}
      id={`palette-${entry.url}`}
      aria-selected={chosen}
      className={classes('palette__entry', chosen && 'is-chosen')}
      ref={(element) => {
        if (chosen) element?.scrollIntoView({ block: 'nearest' })
      }}
      onClick={onGo}
      onMouseMove={onPoint}
    >
      <Icon name={entry.icon} />
      <span className="palette__label">{entry.label}</span>
      <span className="palette__sub">{entry.sub}</span>
      {entry.state && <Tag color={entry.state.color}>{entry.state.label}</Tag>}
    </button>
  )
}

/** Search over everything and go there, by keyboard. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const { groups, busy } = useOffer(query)
  const entries = groups.flatMap((group) => group.entries)
  const chosen = entries[Math.min(at, entries.length - 1)]
  const go = (entry: Entry) => {
    onClose()
    openTab(entry.url)
  }
  const keys = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) {
      event.preventDefault()
      setAt((Math.min(at, entries.length - 1) + step + entries.length) % Math.max(1, entries.length))
    }
    if (event.key === 'Enter' && chosen) go(chosen)
  }
  return (
    <Modal open onCancel={onClose} footer={null} closable={false} width={640} className="palette" title={null}>
      <div className="palette__head">
        <SearchOutlined />
        <input
          // biome-ignore lint/a11y/noAutofocus: the palette was called to type into it
          autoFocus
          role="combobox"
          aria-expanded
          aria-controls="palette-list"
          aria-activedescendant={chosen && `palette-${chosen.url}`}
          aria-label={t('shell.search')}
          data-testid="palette"
          placeholder={t('shell.searchHint')}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value)
            setAt(0)
          }}
          onKeyDown={keys}
        />
        <kbd>Esc</kbd>
      </div>
      <div className="palette__list" id="palette-list" role="listbox" aria-label={t('shell.search')}>
        {groups.map((group) => (
          <section key={group.name}>
            <h3>{t(`palette.${group.name}`)}</h3>
            {group.entries.map((entry) => (
              <Choice
                key={entry.url}
                entry={entry}
                chosen={entry === chosen}
                onGo={() => go(entry)}
                onPoint={() => entry !== chosen && setAt(entries.indexOf(entry))}
              />
            ))}
          </section>
        ))}
        {entries.length === 0 && <p className="palette__none">{t(busy ? 'palette.busy' : query ? 'palette.none' : 'palette.start')}</p>}
      </div>
      <footer className="palette__foot">
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> {t('palette.move')}
        </span>
        <span>
          <kbd>↵</kbd> {t('palette.open')}
        </span>
      </footer>
    </Modal>
  )
}
