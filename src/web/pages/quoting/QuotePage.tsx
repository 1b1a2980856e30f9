import { CalculatorOutlined } from '@ant-design/icons'
import { Button, Drawer, Tabs } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDescription, useDocument } from '@/api/queries'
import type { Doc } from '@/api/types'
import { DocumentView } from '@/kit/document/DocumentPage'
import { Letters } from '@/kit/letters/Letters'
import { Suppose } from '@/kit/suppose/Suppose'
import { isNew } from '@/workspace/route'
import { useTab } from '@/workspace/TabHost'
import { AuthorityStrip } from './AuthorityStrip'
import { Configure } from './Configure'
import { Differences } from './Differences'
import { Repricing } from './Repricing'
import { RivalsHere } from './RivalsHere'
import { Waterfalls } from './Waterfalls'
import './quote.css'

/** Beside the quote: how its prices came about, competitors' products, prices of today, revisions, letters. */
function Prices({ doc, list }: { doc: Doc; list: string }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const url = `${list}${doc.id}/`
  const items = [
    { key: 'steps', label: t('quote.tab.steps'), children: <Waterfalls url={url} /> },
    { key: 'rivals', label: t('crm.rivals'), children: <RivalsHere url={url} /> },
    { key: 'today', label: t('quote.tab.today'), children: <Repricing doc={doc} /> },
    { key: 'revisions', label: t('quote.tab.revisions'), children: <Differences url={url} list={list} doc={doc} /> },
    { key: 'letters', label: t('quote.tab.letters'), children: <Letters url={url} /> },
  ]
  return (
    <>
      <Button icon={<CalculatorOutlined />} onClick={() => setOpen(true)} data-testid="quote-prices">
        {t('quote.prices')}
      </Button>
      <Drawer open={open} onClose={() => setOpen(false)} title={`${doc._label} · ${t('quote.prices')}`} size={760} destroyOnHidden>
        <Tabs items={items} />
      </Drawer>
    </>
  )
}

/** 报价单: the generated form with the authority it needs, and everything about its prices one click away. */
export default function QuotePage() {
  const { key, id } = useTab()
  const description = useDescription(key)
  const doc = useDocument(description.data, isNew(id) ? null : id)
  return (
    <DocumentView
      extra={
        description.data && (
          <>
            <Configure doc={doc.data ?? null} description={description.data} />
            {doc.data && (
              <>
                <Prices doc={doc.data} list={description.data.url} />
                <Suppose doc={doc.data} />
              </>
            )}
          </>
        )
      }
      above={(quote, computed) => <AuthorityStrip doc={quote} computed={computed} />}
    />
  )
}
