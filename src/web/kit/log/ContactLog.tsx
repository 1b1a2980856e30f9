import { useQuery } from '@tanstack/react-query'
import { Button, DatePicker, Input, Segmented, Select } from 'antd'
import dayjs from 'dayjs'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, post } from '@/api/http'
import { useDescription, useMeta } from '@/api/queries'
import type { Id } from '@/api/types'
import { useChange } from '@/kit/useChange'
import { type Said, Timeline } from './Timeline'
import './log.css'

const KEY = 'crm.activity'
const NOTHING = { text: '', result: undefined as string | undefined, next_step: '', next_on: null as string | null }
const QUICK = ['call', 'visit', 'wechat', 'task']

interface About {
  about: string
  id: Id
}

/** Writes down a call or a visit with what comes next, in one go; with nothing said yet only the next step is planned. */
export function QuickLog({ about, id, first = 'call' }: About & { first?: string }) {
  const { t } = useTranslation()
  const field = useId()
  const { data } = useDescription(KEY)
  const { busy, change } = useChange()
  const [kind, setKind] = useState(first)
  const [said, setSaid] = useState(NOTHING)
  const put = (part: Partial<typeof NOTHING>) => setSaid((before) => ({ ...before, ...part }))
  const kinds = data?.fields.kind?.options ?? []
  const results = data?.fields.result?.options ?? []
  const quick = kinds.filter((one) => QUICK.includes(String(one.value)))
  const done = !!(said.text || said.result)
  const save = async () => {
    const went = await change(
      () => post('/api/v1/crm/contact-log/', { about, id: Number(id), kind, ...said, result: said.result ?? '' }),
      t('crm.logged'),
    )
    if (went) setSaid(NOTHING)
  }
  return (
    <form
      className="quicklog"
      data-testid="quick-log"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Segmented
        size="small"
        value={kind}
        onChange={setKind}
        options={(quick.length > 1 ? quick : kinds).map((one) => ({ value: String(one.value), label: one.label }))}
      />
      <Input.TextArea
        aria-label={t('crm.whatWasSaid')}
        placeholder={t('crm.whatWasSaid')}
        autoSize={{ minRows: 1, maxRows: 6 }}
        value={said.text}
        onChange={(event) => put({ text: event.target.value })}
      />
      <div className="quicklog__row">
        <Select
          allowClear
          aria-label={t('crm.result')}
          placeholder={t('crm.result')}
          value={said.result}
          onChange={(result) => put({ result })}
          options={results.map((one) => ({ value: String(one.value), label: one.label }))}
        />
        <Input
          aria-label={t('crm.nextStep')}
          placeholder={t('crm.nextStep')}
          maxLength={120}
          value={said.next_step}
          onChange={(event) => put({ next_step: event.target.value })}
        />
        <DatePicker
          id={`${field}on`}
          aria-label={t('crm.nextOn')}
          placeholder={t('crm.nextOn')}
          value={said.next_on ? dayjs(said.next_on) : null}
          onChange={(day) => put({ next_on: day?.format('YYYY-MM-DD') ?? null })}
        />
        <Button type="primary" htmlType="submit" loading={busy} disabled={!done && !said.next_step}>
          {t(done || !said.next_step ? 'crm.log' : 'crm.plan')}
        </Button>
      </div>
    </form>
  )
}

/** What was said and what is planned about a document, with a line to add more. */
export function ContactLog({ about, id, title, first }: About & { title?: string; first?: string }) {
  const { t } = useTranslation()
  const activity = useMeta().resources[KEY]
  const { data } = useQuery({
    queryKey: ['contact-log', about, id],
    queryFn: () => get<{ rows: Said[] }>(`/api/v1/crm/contact-log/?about=${about}&id=${id}`),
    enabled: !!activity,
  })
  if (!activity) return null
  return (
    <section className="panel section" data-testid="contact-log">
      <h2>{title ?? t('crm.contacts')}</h2>
      {activity.can.create && <QuickLog about={about} id={id} first={first} />}
      {data && <Timeline rows={data.rows} />}
    </section>
  )
}
