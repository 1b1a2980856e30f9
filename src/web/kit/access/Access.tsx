import { DeleteOutlined, QuestionCircleOutlined } from '@ant-design/icons'
import { App, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { del, problemOf } from '@/api/http'
import type { Id } from '@/api/types'
import { Tag } from '@/shared/Tag'
import { refreshShares, type Share, useShares } from './model'
import { ShareForm } from './ShareForm'
import { WhyDialog } from './WhyDialog'
import './access.css'

interface RowProps {
  share: Share
  url: string
  mine: boolean
}

function ShareRow({ share, url, mine }: RowProps) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const whom = share.member ?? share.unit
  const end = async () => {
    try {
      await del(`${url}${share.id}/`)
      await refreshShares()
    } catch (error) {
      void message.error(problemOf(error).detail)
    }
  }
  return (
    <li data-testid="share">
      <b>{whom?.label}</b>
      <span>
        <Tag color={share.may_change ? 'blue' : 'default'}>{t(share.may_change ? 'access.changes' : 'access.reads')}</Tag>
        {share.team && <Tag color="cyan">{t('access.team')}</Tag>}
        {share.until && <small>{t('access.until', { day: share.until })}</small>}
      </span>
      {mine && (
        <Button
          type="text"
          size="small"
          icon={<DeleteOutlined />}
          aria-label={t('access.end', { name: whom?.label })}
          onClick={() => void end()}
        />
      )}
    </li>
  )
}

/** Beside a document: with whom it is shared, and why somebody can or cannot do something with it. */
export default function Access({ url, resource, id }: { url: string; resource: string; id: Id }) {
  const { t } = useTranslation()
  const { data, error } = useShares(url)
  const [asking, setAsking] = useState(false)
  return (
    <div className="access">
      <Button size="small" icon={<QuestionCircleOutlined />} data-testid="why" onClick={() => setAsking(true)}>
        {t('access.why')}
      </Button>
      {error && <p className="field__error">{problemOf(error).detail}</p>}
      {data && data.rows.length === 0 && <p className="soft">{t(data.may_share ? 'access.nobody' : 'access.notShared')}</p>}
      <ul>
        {data?.rows.map((share) => (
          <ShareRow key={share.id} share={share} url={url} mine={data.may_share} />
        ))}
      </ul>
      {data?.may_share && <ShareForm url={url} />}
      {asking && <WhyDialog resource={resource} id={id} onClose={() => setAsking(false)} />}
    </div>
  )
}
