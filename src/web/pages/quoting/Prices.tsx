import { Drawer, Tabs } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Editor } from '@/kit/document/useEditor'
import { Letters } from '@/kit/letters/Letters'
import { Differences } from './Differences'
import { Repricing } from './Repricing'
import { RivalsHere } from './RivalsHere'
import { Waterfalls } from './Waterfalls'

/** Beside the quote: how its prices come about as it is typed; once saved, competitors' products, prices of today, revisions, letters. */
export function Prices({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  const { t } = useTranslation()
  const { doc, description } = editor
  const url = `${description.url}${doc?.id}/`
  const steps = { key: 'steps', label: t('quote.tab.steps'), children: <Waterfalls editor={editor} /> }
  const kept = doc
    ? [
        { key: 'rivals', label: t('crm.rivals'), children: <RivalsHere url={url} /> },
        { key: 'today', label: t('quote.tab.today'), children: <Repricing doc={doc} /> },
        { key: 'revisions', label: t('quote.tab.revisions'), children: <Differences url={url} list={description.url} doc={doc} /> },
        { key: 'letters', label: t('quote.tab.letters'), children: <Letters url={url} /> },
      ]
    : []
  const title = [doc?._label ?? t('document.newOf', { name: description.label }), t('quote.prices')].join(' · ')
  return (
    <Drawer open onClose={onClose} title={title} size={760} destroyOnHidden>
      <Tabs items={[steps, ...kept]} />
    </Drawer>
  )
}
