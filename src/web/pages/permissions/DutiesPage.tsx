import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { get, problemOf } from '@/api/http'
import type { RefValue, Rows } from '@/api/types'
import { Trouble } from '@/shared/Trouble'
import { Waiting } from '@/shared/Waiting'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import { type Duty, PERMISSIONS, ROLE } from './catalogue'
import './permissions.css'

const MEMBER = 'organization.member'

function Holders({ kind, rows = [] }: { kind: string; rows?: RefValue[] }) {
  const { t } = useTranslation()
  if (!rows.length) return <span className="soft">{t('permission.nobody')}</span>
  return (
    <ul className="duty__holders">
      {rows.map(({ id, label }) => (
        <li key={id}>
          <TabLink to={docUrl(kind, id)}>{label}</TabLink>
        </li>
      ))}
    </ul>
  )
}

/** 职责冲突: what one person had better not do both of, and who does. */
export default function DutiesPage() {
  const { t } = useTranslation()
  const { data, error } = useQuery({ queryKey: ['duties'], queryFn: () => get<Rows<Duty>>(`${PERMISSIONS}duties/`) })
  if (error) return <Trouble title={problemOf(error).detail} />
  if (!data) return <Waiting />
  return (
    <div className="permissions">
      <h1>{t('page.duties')}</h1>
      <p className="soft">{t('permission.dutiesHelp')}</p>
      <div className="duty__list">
        {data.rows.map(({ first, second, why, roles, members }) => (
          <section key={`${first.key} ${first.verb} ${second.verb}`} className="panel duty" data-testid="duty">
            <h2>
              {first.label} ＋ {second.label}
            </h2>
            <p>{why}</p>
            <dl>
              <dt>{t('permission.rolesHolding')}</dt>
              <dd>
                <Holders kind={ROLE} rows={roles} />
              </dd>
              <dt>{t('permission.membersHolding')}</dt>
              <dd>
                <Holders kind={MEMBER} rows={members} />
              </dd>
            </dl>
          </section>
        ))}
      </div>
    </div>
  )
}
