import { DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, patch, post, problemOf } from '@/api/http'
import type { RefValue } from '@/api/types'
import { useChange } from '@/kit/useChange'
import { Tag } from '@/shared/Tag'
import { Trouble } from '@/shared/Trouble'
import { classes } from '@/shared/text'
import { Waiting } from '@/shared/Waiting'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import { type Duty, PERMISSIONS, ROLE } from './catalogue'
import { DutyDialog } from './DutyDialog'
import { type Duties, kept, nameOf, type OwnPair, PARAMETER, type Said, SETTINGS, switched, without } from './duties'
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

interface CardProps {
  duty: Duty
  can: boolean
  busy: boolean
  set: (said: (before: Said) => Said) => void
  edit: () => void
}

function Card({ duty, can, busy, set, edit }: CardProps) {
  const { t } = useTranslation()
  const { name, first, second, why, own, on, roles, members } = duty
  return (
    <section className={classes('panel', 'duty', !on && 'is-off')} data-testid="duty">
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
      <footer>
        <Tag color={own ? 'blue' : 'default'}>{t(own ? 'permission.duty.own' : 'permission.duty.shipped')}</Tag>
        {can && own && (
          <>
            <Button type="text" size="small" icon={<EditOutlined />} aria-label={t('permission.duty.edit')} onClick={edit} />
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={t('permission.duty.remove')}
              onClick={() => set((before) => without(before, name))}
            />
          </>
        )}
        <Switch
          size="small"
          disabled={!can}
          loading={busy}
          checked={on}
          aria-label={t('permission.duty.on')}
          onChange={(wanted) => set((before) => switched(before, duty, wanted))}
        />
      </footer>
    </section>
  )
}

const FRESH: OwnPair = { first: '', second: '', why: '', on: true }
const pairOf = ({ first, second, why, on }: Duty): OwnPair => ({
  first: `${first.key}.${first.verb}`,
  second: `${second.key}.${second.verb}`,
  why,
  on,
})

/** 职责冲突: what one person had better not do both of, and who does; the product's pairs and the company's own. */
export default function DutiesPage() {
  const { t } = useTranslation()
  const { data, error } = useQuery({ queryKey: ['duties'], queryFn: () => get<Duties>(`${PERMISSIONS}duties/`) })
  const [edited, setEdited] = useState<OwnPair | null>(null)
  const { busy, change } = useChange()
  if (error) return <Trouble title={problemOf(error).detail} />
  if (!data) return <Waiting />
  const { setting, can_change: can } = data
  const set = (said: (before: Said) => Said) =>
    change(() => {
      const value = said(setting.value)
      return setting.id === null
        ? post(SETTINGS, { name: PARAMETER, scope: 'tenant', value })
        : patch(`${SETTINGS}${setting.id}/`, { version: setting.version, value })
    })
  return (
    <div className="permissions">
      <h1>{t('page.duties')}</h1>
      <p className="soft">{t('permission.dutiesHelp')}</p>
      {can && (
        <div className="permissions__tools">
          <Button icon={<PlusOutlined />} onClick={() => setEdited(FRESH)}>
            {t('permission.duty.add')}
          </Button>
        </div>
      )}
      <div className="duty__list">
        {data.rows.map((duty) => (
          <Card key={duty.name} duty={duty} can={can} busy={busy} set={(said) => void set(said)} edit={() => setEdited(pairOf(duty))} />
        ))}
      </div>
      {edited && (
        <DutyDialog
          pair={edited}
          busy={busy}
          onClose={() => setEdited(null)}
          onSave={(pair) => void set((before) => kept(before, pair, nameOf(edited))).then((done) => done && setEdited(null))}
        />
      )}
    </div>
  )
}
