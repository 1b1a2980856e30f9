import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { compute } from '@/api/http'
import type { Rows } from '@/api/types'
import { type Duty, PERMISSIONS } from './catalogue'

/** Which duties that control each other would come into one hand; asked as a role or a choice of roles stands on the screen. */
export function DutiesAlert({ asked }: { asked: string }) {
  const { t } = useTranslation()
  const { data } = useQuery({
    queryKey: ['duties', asked],
    queryFn: () => compute<Rows<Duty>>(`${PERMISSIONS}duties/`, JSON.parse(asked)),
    placeholderData: (before) => before,
  })
  if (!data?.rows.length) return null
  return (
    <Alert
      type="warning"
      showIcon
      data-testid="duties"
      title={t('permission.conflicts', { count: data.rows.length })}
      description={
        <ul className="duties">
          {data.rows.map(({ first, second, why }) => (
            <li key={`${first.key}.${first.verb} ${second.key}.${second.verb}`}>
              <b>
                {first.label} ＋ {second.label}
              </b>{' '}
              {why}
            </li>
          ))}
        </ul>
      }
    />
  )
}
