import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get } from '@/api/http'
import { useMeta } from '@/api/queries'
import type { Description, Doc } from '@/api/types'
import { isEditable } from '@/kit/document/DocumentForm'
import { DocumentView } from '@/kit/document/DocumentPage'
import { newLine } from '@/kit/document/model'
import { useEditor } from '@/kit/document/useEditor'
import { CursorContext, newCursor } from '@/kit/grid/cursor'
import { Undelivered } from '@/kit/letters/Letters'
import { Suppose } from '@/kit/suppose/Suppose'
import { useChords } from '@/shared/chord'
import { InCurrency } from '@/shared/currency'
import { draftKey } from '@/workspace/route'
import { useTab } from '@/workspace/TabHost'
import { AuthorityStrip } from '../AuthorityStrip'
import { Prices } from '../Prices'
import type { Table } from './choices'
import { LetGo } from './LetGo'
import { PaperPane } from './PaperPane'
import { SelectionPane } from './SelectionPane'
import { Side } from './Side'
import { Tools } from './Tools'
import { type Pane, usePanes } from './usePanes'
import './desk.css'

const CONFIGURATION = 'selection.configuration'

/** The published selection tables whose machines can stand on a quote. */
function useTables() {
  const can = useMeta().resources[CONFIGURATION]?.can
  const { data } = useQuery({
    queryKey: ['selection', 'offer'],
    queryFn: () => get<{ rows: Table[] }>('/api/v1/selection/offer/'),
    enabled: !!can,
  })
  return { tables: data?.rows.filter((row) => row.item !== null) ?? [], may: !!can?.create }
}

/** 报价单: the generated form with the authority it needs; selection on its left, the paper on its right, its prices one key away. */
export function QuoteDesk({ description, doc }: { description: Description; doc: Doc | null }) {
  const { t } = useTranslation()
  const here = useTab()
  const [cursor] = useState(newCursor)
  const [prices, setPrices] = useState(false)
  const editor = useEditor(description, doc, draftKey(here), doc?._label ?? t('document.newOf', { name: description.label }))
  const editable = isEditable(description, doc)
  const { tables, may } = useTables()
  const possible: Pane[] = [...(tables.length ? (['selection'] as const) : []), ...(description.prints.length ? (['paper'] as const) : [])]
  const panes = usePanes(possible)
  const toLines = () => cursor.setState(({ at }) => ({ wanted: at }))
  const addLine = () => {
    if (!editable) return
    const fresh = newLine()
    editor.setLines('lines', (rows) => [...rows, fresh])
    cursor.setState({ at: fresh._k, wanted: fresh._k })
  }
  const close = (pane: Pane) => {
    panes.close(pane)
    toLines()
  }
  const toggle = (pane: Pane) => (panes.open(pane) ? close(pane) : panes.toggle(pane))
  useChords({ F7: () => setPrices((open) => !open), F8: () => toggle('selection'), F9: () => toggle('paper'), 'Ctrl+Enter': addLine })
  const side = (pane: Pane, at: 'left' | 'right') => ({
    at,
    title: t(`quote.pane.${pane}`),
    beside: panes.beside,
    entered: panes.entered === pane,
    onClose: () => close(pane),
    onLeave: toLines,
  })
  return (
    <CursorContext value={cursor}>
      <div className="quotedesk">
        {panes.open('selection') && (
          <Side {...side('selection', 'left')}>
            <SelectionPane editor={editor} tables={tables} readonly={!editable || !may} />
          </Side>
        )}
        <DocumentView
          extra={
            <>
              <Tools possible={possible} isOpen={panes.open} toggle={toggle} prices={() => setPrices(true)} />
              {doc && <Suppose doc={doc} />}
            </>
          }
          above={(quote, computed) => (
            <>
              <Undelivered url={`${description.url}${quote.id}/`} sent={quote.state === 'sent'} />
              <AuthorityStrip doc={quote} computed={computed} />
              <LetGo editor={editor} />
            </>
          )}
        />
        {panes.open('paper') && (
          <Side {...side('paper', 'right')}>
            <PaperPane editor={editor} />
          </Side>
        )}
      </div>
      {prices && (
        <InCurrency value={editor.edits.currency ?? doc?.currency}>
          <Prices editor={editor} onClose={() => setPrices(false)} />
        </InCurrency>
      )}
    </CursorContext>
  )
}
