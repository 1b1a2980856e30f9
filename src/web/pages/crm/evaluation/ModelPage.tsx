import { useQuery } from '@tanstack/react-query'
import { App, Collapse } from 'antd'
import { useTranslation } from 'react-i18next'
import { get } from '@/api/http'
import { DocumentView } from '@/kit/document/DocumentPage'
import '@/kit/document/switched.css'
import './evaluation.css'

/** What the formulas of a model may name: a click takes the name along. */
function Facts() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { data } = useQuery({
    queryKey: ['crm', 'facts'],
    queryFn: () => get<{ rows: { name: string; label: string }[] }>('/api/v1/crm/facts/'),
  })
  const copy = async (name: string) => {
    await navigator.clipboard.writeText(name)
    void message.success(t('crm.factCopied', { name }))
  }
  const facts = (
    <>
      <p className="soft">{t('crm.factsText')}</p>
      <ul className="modelfacts">
        {data?.rows.map((one) => (
          <li key={one.name}>
            <button type="button" onClick={() => void copy(one.name)}>
              <code>{one.name}</code> {one.label}
            </button>
          </li>
        ))}
      </ul>
    </>
  )
  return (
    <div className="above">
      <Collapse items={[{ key: 'facts', label: t('crm.facts'), children: facts }]} />
    </div>
  )
}

/** 评价模型: its form, and the figures its formulas are made of. */
export default function ModelPage() {
  return <DocumentView above={() => <Facts />} />
}
