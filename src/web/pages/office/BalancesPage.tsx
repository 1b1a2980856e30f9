import { useQuery } from '@tanstack/react-query'
import { Button, Empty, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, problemOf } from '@/api/http'
import { queryString, useMeta } from '@/api/queries'
import type { RefValue } from '@/api/types'
import { language } from '@/shared/i18n'
import { byName, fits } from '@/shared/pinyin'
import { Trouble } from '@/shared/Trouble'
import { Waiting } from '@/shared/Waiting'
import { listUrl, newUrl } from '@/workspace/route'
import { useTabTitle } from '@/workspace/TabHost'
import { TabLink } from '@/workspace/TabLink'
import { openTab } from '@/workspace/tabs'
import './office.css'

const PARTS = ['due', 'kept', 'given', 'taken', 'waiting', 'left'] as const
type Account = Record<(typeof PARTS)[number], string>
interface Option {
  value: string
  label: string
}
interface Balances {
  form: string
  forms: Option[]
  year: number
  kinds: Option[]
  rows: { member: RefValue; unit: RefValue | null; hired: string | null; accounts: Record<string, Account> }[]
}

const FEW = 8

function Table({ kind, rows }: { kind: Option; rows: Balances['rows'] }) {
  const { t } = useTranslation()
  return (
    <section className="panel balances__kind">
      <h2>{kind.label}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('office.balance.member')}</th>
            <th scope="col" className="balances__unit">
              {t('office.balance.unit')}
            </th>
            <th scope="col" className="balances__unit">
              {t('office.balance.hired')}
            </th>
            {PARTS.map((part) => (
              <th key={part} scope="col" className="num">
                {t(`office.balance.${part}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ member, unit, hired, accounts }) => (
            <tr key={member.id}>
              <th scope="row">{member.label}</th>
              <td className="balances__unit">{unit?.label}</td>
              <td className="balances__unit">{hired ?? '–'}</td>
              {PARTS.map((part) => {
                const amount = accounts[kind.value]?.[part] ?? '0'
                return (
                  <td key={part} className={`num balances__${part}${Number(amount) < 0 ? ' is-below' : ''}`}>
                    {amount === '0' && part !== 'left' ? '–' : amount}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** 假期账户: what everybody has, has taken and has left in a year. */
export default function BalancesPage() {
  const { t } = useTranslation()
  const { resources } = useMeta()
  const [asked, setAsked] = useState<{ form?: string; year?: number }>({})
  const [text, setText] = useState('')
  useTabTitle(t('page.balances'))
  const { data, error } = useQuery({
    queryKey: ['balances', asked, language()],
    queryFn: () => get<Balances>(`/api/v1/office/accounts/?${queryString(asked)}`),
    placeholderData: (before) => before,
  })
  if (error) return <Trouble title={problemOf(error).detail} />
  if (!data) return <Waiting />
  const rows = data.rows.filter(({ member, unit }) => fits(`${member.label} ${unit?.label ?? ''}`, text))
  const key = `office.${data.form}`
  const now = new Date().getFullYear()
  return (
    <div className="balances">
      <header className="balances__top">
        <h1>{t('page.balances')}</h1>
        {resources[key] && <TabLink to={listUrl(key)}>{resources[key].plural}</TabLink>}
        {resources[key]?.can.create && (
          <Button type="primary" onClick={() => openTab(newUrl(key))}>
            {t('office.balance.ask', { name: resources[key].label })}
          </Button>
        )}
      </header>
      <search className="balances__filters">
        {data.forms.length > 1 && (
          <Select
            showSearch={byName}
            value={data.form}
            options={data.forms}
            aria-label={t('office.balance.form')}
            onChange={(form) => setAsked({ ...asked, form })}
          />
        )}
        <Select
          value={data.year}
          aria-label={t('office.balance.year')}
          options={[now - 2, now - 1, now, now + 1].map((value) => ({ value, label: String(value) }))}
          onChange={(year) => setAsked({ ...asked, year })}
        />
        {data.rows.length > FEW && (
          <Input
            allowClear
            value={text}
            placeholder={t('office.balance.find')}
            aria-label={t('office.balance.find')}
            onChange={({ target }) => setText(target.value)}
          />
        )}
      </search>
      {rows.length ? (
        data.kinds.map((kind) => <Table key={kind.value} kind={kind} rows={rows} />)
      ) : (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('office.balance.nobody')} />
      )}
    </div>
  )
}
