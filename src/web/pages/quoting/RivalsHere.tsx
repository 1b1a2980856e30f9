import { useQuery } from '@tanstack/react-query'
import { Empty } from 'antd'
import { useTranslation } from 'react-i18next'
import { get, problemOf } from '@/api/http'
import { Rivals, type RivalTold } from '@/kit/rivals/Rivals'
import { Trouble } from '@/shared/Trouble'
import { Waiting } from '@/shared/Waiting'

/** Products that compete with what is offered here; those of the opportunity's competitors first. */
export function RivalsHere({ url }: { url: string }) {
  const { t } = useTranslation()
  const { data, error } = useQuery({ queryKey: ['quote', url, 'rivals'], queryFn: () => get<{ rows: RivalTold[] }>(`${url}rivals/`) })
  if (error) return <Trouble title={problemOf(error).detail} />
  if (!data) return <Waiting />
  return data.rows.length ? <Rivals rows={data.rows} /> : <Empty description={t('quote.noRivals')} />
}
