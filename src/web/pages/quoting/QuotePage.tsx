import { useDescription, useDocument } from '@/api/queries'
import { DocumentView } from '@/kit/document/DocumentPage'
import { registerFollow } from '@/kit/grid/follows'
import { letGo } from '@/kit/selection/pairing'
import { isNew } from '@/workspace/route'
import { useTab } from '@/workspace/TabHost'
import { QuoteDesk } from './desk/QuoteDesk'
import './quote.css'

registerFollow('quoting.quote.lines', letGo)

/** 报价单: a desk around the generated form, as soon as there is something to put on it. */
export default function QuotePage() {
  const { key, id } = useTab()
  const { data: description } = useDescription(key)
  const doc = useDocument(description, isNew(id) ? null : id)
  if (!description || (!isNew(id) && !doc.data)) return <DocumentView />
  return <QuoteDesk description={description} doc={doc.data ?? null} />
}
