import { useQuery } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { get, post, problemOf } from '@/api/http'
import { refreshAll, useMeta } from '@/api/queries'
import type { Id, Rows } from '@/api/types'
import { LEVEL_COLOURS, type Level } from '@/kit/attention/levels'
import { Tag } from '@/shared/Tag'
import { docUrl } from '@/workspace/route'
import { openTab } from '@/workspace/tabs'

const URL = '/api/v1/process/rules/ready/'

interface Rule {
  key: string
  name: string
  kind: string
  level: Level
  taken: boolean
}

/** Rules that come with the product and that the company does not have; taken over with one press, then changed as it likes. */
export function Ready() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { resources } = useMeta()
  const { data } = useQuery({ queryKey: ['alerts', 'ready'], queryFn: () => get<Rows<Rule>>(URL) })
  const rows = data?.rows.filter((row) => !row.taken) ?? []
  if (rows.length === 0 || !resources['process.rule']?.can.create) return null
  const take = async (key: string) => {
    try {
      const { id } = await post<{ id: Id }>(URL, { key })
      await refreshAll()
      openTab(docUrl('process.rule', id))
    } catch (error) {
      void message.error(problemOf(error).detail)
    }
  }
  return (
    <section className="panel readies" data-testid="ready">
      <h2>{t('attention.ready')}</h2>
      <ul>
        {rows.map((row) => (
          <li key={row.key}>
            <Tag color={LEVEL_COLOURS[row.level]}>{t(`attention.level.${row.level}`)}</Tag>
            <b>{row.name}</b>
            <span className="soft">{row.kind}</span>
            <Button size="small" onClick={() => void take(row.key)}>
              {t('attention.take')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
