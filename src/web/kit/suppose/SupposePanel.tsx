import { useQuery } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post, problemOf } from '@/api/http'
import { useDescription } from '@/api/queries'
import type { Doc, Values } from '@/api/types'
import { Figures } from '@/kit/desk/parts'
import RowsInput from '@/kit/field/rows/RowsInput'
import { formatCurrency, formatNumber } from '@/shared/format'
import { useDebounced } from '@/shared/useDebounced'
import { Waiting } from '@/shared/Waiting'
import { Assumptions } from './Assumptions'
import { cash, columnsOf, outgoing, question, type Supposed, type Wish, wayOf } from './model'
import { Stages } from './Stages'
import { useTakeOver } from './useTakeOver'
import '@/kit/desk/desk.css'
import './suppose.css'

const Chart = lazy(() => import('@/kit/chart/Chart'))
const URL = '/api/v1/contracts/supposing/'
const PAUSE = 350

function Compared({ found }: { found: Supposed }) {
  const { t } = useTranslation()
  const { now, supposed, currency } = found
  const was = (text: string) => t('suppose.was', { value: text })
  const items = [
    {
      name: 'cost',
      label: t('suppose.cost'),
      value: formatCurrency(supposed.finance_cost, currency),
      note: was(formatCurrency(now.finance_cost, currency)),
    },
    { name: 'days', label: t('suppose.days'), value: formatNumber(supposed.days), note: was(formatNumber(now.days)) },
    { name: 'late', label: t('suppose.late'), value: `${formatNumber(supposed.late)}%`, note: was(`${formatNumber(now.late)}%`) },
  ]
  return <Figures items={items} />
}

/** Terms changed for once: stages, due dates, cash by month and what waiting costs, beside how it stands; nothing is saved. */
export default function SupposePanel({ doc, onTaken }: { doc: Doc; onTaken: () => void }) {
  const { t } = useTranslation()
  const contract = useDescription('contracts.contract').data
  const [wish, setWish] = useState<Wish>({})
  const asked = useDebounced(wish, PAUSE)
  const { data, error, isFetching } = useQuery({
    queryKey: ['suppose', doc._key, doc.id, doc.version, asked],
    queryFn: () => post<Supposed>(URL, { resource: doc._key, id: doc.id, ...question(asked) }),
    placeholderData: (before) => before,
    retry: false,
  })
  const { take, trouble, busy } = useTakeOver(doc, onTaken)
  const part = contract?.form.find((one) => one.kind === 'lines' && one.name === 'plan')
  const columns = useMemo(() => (part?.kind === 'lines' ? columnsOf(part.fields, doc) : []), [part, doc])
  const chart = useMemo(() => data && cash(data, { now: t('suppose.now'), supposed: t('suppose.supposed') }), [data, t])
  const problem = error ? problemOf(error) : null
  const wrong =
    problem &&
    [problem.detail, ...(problem.errors ?? []).map((one) => one.detail)].filter((one, at, all) => all.indexOf(one) === at).join(' ')
  if (!data || !chart) return wrong ? <Alert type="warning" showIcon title={wrong} /> : <Waiting lines={8} />
  const rows = wish.plan ?? outgoing(data.supposed.stages)
  const way = wayOf(doc)
  const changed = !!(wish.plan || wish.scheme || wish.dates)
  return (
    <div className="suppose" data-testid="suppose-panel">
      <p className="soft">{t('suppose.hint')}</p>
      <Compared found={data} />
      <Suspense fallback={<Waiting lines={6} />}>
        <Chart data={chart} label={t('suppose.cash')} />
      </Suspense>
      <Assumptions found={data} wish={wish} onChange={setWish} />
      <h3>{t('suppose.plan')}</h3>
      {columns.length > 0 && (
        <RowsInput
          id="suppose-plan"
          field={{ name: 'plan', label: '', type: 'json', columns }}
          value={rows}
          onChange={(plan) => setWish({ ...wish, scheme: undefined, plan: outgoing(plan as Values[]) })}
        />
      )}
      {wrong && <Alert type="warning" showIcon title={wrong} data-testid="suppose-problem" />}
      <Stages found={data} />
      {trouble && <Alert type="error" showIcon title={trouble} />}
      {way && (
        <Button
          type="primary"
          disabled={!changed || !!wrong || isFetching}
          loading={busy}
          onClick={() => void take(data, wish)}
          data-testid="take-over"
        >
          {t(way === 'change' ? 'suppose.intoChange' : 'suppose.intoDraft')}
        </Button>
      )}
    </div>
  )
}
