import { Alert, App, Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post } from '@/api/http'
import type { ActionAnswer, Doc } from '@/api/types'
import { useChange } from '@/kit/useChange'
import { classes } from '@/shared/text'
import './usual.css'

interface Update {
  name: string
  label: string
  what: string
  from: string
  to: string
  sign: '+' | '-' | ''
  /** The administrator has changed it, too. */
  own: boolean
}

export interface Usual {
  role: string
  /** Whether it is remembered what the usual role said before. */
  known: boolean
  count: number
  more: number
  less: number
  updates: Update[]
}

const SIGNS = { '+': '+', '-': '−', '': '±' }

interface RowProps {
  update: Update
  chosen: boolean
  onChoose: () => void
}

function Row({ update, chosen, onChoose }: RowProps) {
  const { t } = useTranslation()
  const { label, what, from, to, sign, own } = update
  return (
    <li className={classes(sign === '+' && 'is-more', sign === '-' && 'is-less')}>
      <Checkbox checked={chosen} onChange={onChoose}>
        <b className="usual__sign">{SIGNS[sign]}</b> <b>{label}</b> <span>{what}</span>
        <span className="usual__reach">
          <del>{from}</del> → <ins>{to}</ins>
        </span>
        {own && <em>{t('permission.usual.own')}</em>}
      </Checkbox>
    </li>
  )
}

/** What the usual role says otherwise since this one was made from it: taken over as ticked, or left. */
export function UsualStrip({ doc, usual, url }: { doc: Doc; usual: Usual; url: string }) {
  const { t } = useTranslation()
  const { busy, change } = useChange()
  const { message } = App.useApp()
  const { role, known, count, more, less, updates } = usual
  const [chosen, setChosen] = useState(() => new Set(known ? updates.filter(({ own }) => !own).map(({ name }) => name) : []))
  const toggle = (name: string) =>
    setChosen((before) => new Set(before.has(name) ? [...before].filter((one) => one !== name) : [...before, name]))
  const act = (verb: string, said: string, params = {}) =>
    void change(async () => {
      const { held } = await post<ActionAnswer>(`${url}${doc.id}/${verb}/`, { version: doc.version, ...params })
      void message.info(held?.text ?? said)
    })
  return (
    <Alert
      className="usual"
      type="info"
      showIcon
      data-testid="usual"
      title={t('permission.usual.title', { role, count, more, less })}
      description={
        <>
          <p>{t(known ? 'permission.usual.help' : 'permission.usual.unknown')}</p>
          <ul>
            {updates.map((update) => (
              <Row key={update.name} update={update} chosen={chosen.has(update.name)} onChoose={() => toggle(update.name)} />
            ))}
          </ul>
          <div className="usual__tools">
            <Button
              type="primary"
              size="small"
              loading={busy}
              disabled={!chosen.size}
              data-testid="take-over"
              onClick={() => act('take_over', t('permission.usual.taken'), { chosen: [...chosen] })}
            >
              {t('permission.usual.take', { count: chosen.size })}
            </Button>
            <Button size="small" disabled={busy} data-testid="leave" onClick={() => act('leave', t('permission.usual.left'))}>
              {t('permission.usual.leave')}
            </Button>
          </div>
        </>
      }
    />
  )
}
