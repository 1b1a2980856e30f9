import { useQuery } from '@tanstack/react-query'
import { App, Button, Checkbox, Empty, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, post, problemOf } from '@/api/http'
import { refreshAll, useMeta } from '@/api/queries'
import type { Doc } from '@/api/types'
import { Configurator } from '@/kit/selection/Configurator'
import type { Answer, Choices } from '@/kit/selection/model'
import { byName } from '@/shared/pinyin'
import { Trouble } from '@/shared/Trouble'
import { Waiting } from '@/shared/Waiting'
import { docUrl } from '@/workspace/route'
import { useTabTitle } from '@/workspace/TabHost'
import { openTab } from '@/workspace/tabs'
import './select.css'

const KEY = 'selection.configuration'

interface Offered {
  id: number
  name: string
  edition: number
  state: string
}

/** Keeping what was selected: for a quote, or as a template for everybody. */
function Keep({ table, choices, answer }: { table: number; choices: Choices; answer: Answer | null }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [template, setTemplate] = useState(false)
  const [title, setTitle] = useState('')
  const [standard, setStandard] = useState('')
  const [busy, setBusy] = useState(false)
  const keep = async () => {
    setBusy(true)
    try {
      const made = await post<Doc>('/api/v1/selection/configurations/', { rule_set: table, choices, title, preset: template, standard })
      await refreshAll([KEY])
      void message.success(t('selection.kept'))
      if (!template) openTab(docUrl(KEY, made.id))
    } catch (refused) {
      void message.error(problemOf(refused).detail)
    } finally {
      setBusy(false)
    }
  }
  return (
    <section className="panel keep" aria-label={t('selection.keep')}>
      <Input
        placeholder={t('selection.title')}
        aria-label={t('selection.title')}
        value={title}
        maxLength={120}
        onChange={(event) => setTitle(event.target.value)}
      />
      {template && (
        <Input
          placeholder={t('selection.standard')}
          aria-label={t('selection.standard')}
          value={standard}
          maxLength={120}
          onChange={(event) => setStandard(event.target.value)}
        />
      )}
      <Checkbox checked={template} onChange={(event) => setTemplate(event.target.checked)} data-testid="as-template">
        {t('selection.asTemplate')}
      </Checkbox>
      <Button
        type="primary"
        block
        loading={busy}
        disabled={!answer || (template && !title)}
        onClick={() => void keep()}
        data-testid="keep-configuration"
      >
        {template ? t('selection.keepTemplate') : t('selection.keep')}
      </Button>
    </section>
  )
}

/** 选型报价 › 选型: a table, choices, and keeping what came of them. */
export default function SelectPage() {
  const { t } = useTranslation()
  const { resources } = useMeta()
  const [table, setTable] = useState<number | null>(null)
  const [choices, setChoices] = useState<Choices>({})
  const [answer, setAnswer] = useState<Answer | null>(null)
  useTabTitle(t('selection.selection'))
  const { data, error } = useQuery({
    queryKey: ['selection', 'offer'],
    queryFn: () => get<{ rows: Offered[] }>('/api/v1/selection/offer/'),
  })
  if (error) return <Trouble title={problemOf(error).detail} />
  if (!data) return <Waiting />
  const chosen = table ?? data.rows[0]?.id
  const begin = (next: number) => {
    setTable(next)
    setChoices({})
  }
  return (
    <div className="select">
      <header className="select__head">
        <h1>{t('selection.selection')}</h1>
        <Select
          className="select__table"
          aria-label={t('selection.table')}
          showSearch={byName}
          value={chosen}
          options={data.rows.map((row) => ({
            value: row.id,
            label: `${row.name} v${row.edition}${row.state === 'testing' ? ` · ${t('selection.testing')}` : ''}`,
          }))}
          onChange={begin}
        />
        <Button disabled={!Object.keys(choices).length} onClick={() => setChoices({})}>
          {t('selection.again')}
        </Button>
      </header>
      {chosen ? (
        <Configurator key={chosen} table={chosen} choices={choices} onChange={setChoices} onAnswer={setAnswer}>
          {resources[KEY]?.can.create && <Keep table={chosen} choices={choices} answer={answer} />}
        </Configurator>
      ) : (
        <Empty description={t('selection.noTables')} />
      )}
    </div>
  )
}
