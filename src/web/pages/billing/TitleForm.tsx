import { useQuery } from '@tanstack/react-query'
import { App, Button, Input, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, problemOf, put } from '@/api/http'
import { queryClient } from '@/api/queries'
import type { Problem } from '@/api/types'
import { Part } from '@/kit/sheet/Sheet'
import { type Title, URL } from './model'

const LONGEST = { title: 120, tax_number: 20, address: 200, phone: 40, bank_name: 120, bank_account: 40, email: 254 } as const
const NAMES = Object.keys(LONGEST) as (keyof typeof LONGEST)[]
const title = { queryKey: ['billing-title'], queryFn: () => get<Title>(`${URL}title/`) }

/** To whom e-invoices are made out. What is typed stays until it is saved. */
export function TitleForm() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { data } = useQuery(title)
  const [typed, setTyped] = useState<Partial<Title>>({})
  const [problem, setProblem] = useState<Problem | null>(null)
  if (!data) return null
  const values = { ...data, ...typed }
  const save = async () => {
    try {
      await put(`${URL}title/`, values)
      await queryClient.invalidateQueries({ queryKey: title.queryKey })
      setTyped({})
      setProblem(null)
      void message.success(t('billing.titleSaved'))
    } catch (error) {
      setProblem(problemOf(error))
    }
  }
  const wrong = (name: string) => problem?.errors?.find((error) => error.path === name)?.detail
  return (
    <Part title={t('billing.titleHead')} testid="title">
      <Segmented<Title['kind']>
        value={values.kind}
        onChange={(kind) => setTyped({ ...typed, kind })}
        options={(['ordinary', 'special'] as const).map((value) => ({ value, label: t(`billing.kind.${value}`) }))}
      />
      <div className="titleform">
        {NAMES.map((name) => (
          <div key={name}>
            <label htmlFor={`title-${name}`}>{t(`billing.title.${name}`)}</label>
            <Input
              value={values[name]}
              maxLength={LONGEST[name]}
              id={`title-${name}`}
              status={wrong(name) ? 'error' : undefined}
              onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
            />
            {wrong(name) && <span className="field__error">{wrong(name)}</span>}
          </div>
        ))}
      </div>
      <Button type="primary" disabled={Object.keys(typed).length === 0} onClick={() => void save()}>
        {t('billing.save')}
      </Button>
    </Part>
  )
}
