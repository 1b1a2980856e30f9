import { useQuery } from '@tanstack/react-query'
import { Alert, App, Button, Checkbox, Drawer, Input, Switch, TimePicker } from 'antd'
import dayjs from 'dayjs'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, problemOf, put } from '@/api/http'
import { queryClient } from '@/api/queries'
import { formatDateTime } from '@/shared/format'
import { Waiting } from '@/shared/Waiting'

const URL = '/api/v1/me/channels/'
const CLOCK = 'HH:mm'
const NIGHT: [string, string] = ['22:00', '07:00']
const MORNING = '08:30'

interface Wishes {
  kinds: Record<string, string[]>
  quiet: [string, string] | null
  digest: string
  addresses: Record<string, string>
}

interface Way {
  kind: string
  label: string
  /** What an address is called that one enters oneself. */
  address: string
  open: boolean
  at: string
}

interface Told extends Wishes {
  ways: Way[]
  messages: { kind: string; label: string }[]
  /** Mail to my address comes back: since when and why. */
  returned: { at: string; why: string; said: string } | null
}

const at = (text: string) => dayjs(text, CLOCK)

/** Which messages also come by which way. */
function Table({ told, wishes, wish }: { told: Told; wishes: Wishes; wish: (next: Partial<Wishes>) => void }) {
  const { t } = useTranslation()
  const open = told.ways.filter((way) => way.open)
  if (open.length === 0) return <p className="soft">{t('messages.noWays')}</p>
  const toggle = (kind: string, way: string, on: boolean) => {
    const others = (wishes.kinds[kind] ?? []).filter((one) => one !== way)
    wish({ kinds: { ...wishes.kinds, [kind]: on ? [...others, way] : others } })
  }
  return (
    <div className="ways">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('messages.kinds')}</th>
            {open.map((way) => (
              <th key={way.kind} scope="col">
                {way.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {told.messages.map(({ kind, label }) => (
            <tr key={kind}>
              <th scope="row">{label}</th>
              {open.map((way) => (
                <td key={way.kind}>
                  <Checkbox
                    aria-label={`${label} ${way.label}`}
                    checked={wishes.kinds[kind]?.includes(way.kind) ?? false}
                    onChange={({ target }) => toggle(kind, way.kind, target.checked)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Addresses({ told, wishes, wish }: { told: Told; wishes: Wishes; wish: (next: Partial<Wishes>) => void }) {
  const { t } = useTranslation()
  const open = told.ways.filter((way) => way.open)
  return (
    <div className="ways__addresses">
      {open.map((way) => (
        <label key={way.kind} htmlFor={`address-${way.kind}`}>
          <span>{way.address ? `${way.label}: ${way.address}` : way.label}</span>
          {way.address ? (
            <Input
              id={`address-${way.kind}`}
              maxLength={100}
              value={wishes.addresses[way.kind] ?? ''}
              onChange={({ target }) => wish({ addresses: { ...wishes.addresses, [way.kind]: target.value } })}
            />
          ) : (
            <Input id={`address-${way.kind}`} disabled value={way.at || t('messages.noAddress')} />
          )}
        </label>
      ))}
    </div>
  )
}

function Returned({ returned, email }: { returned: NonNullable<Told['returned']>; email: string }) {
  const { t } = useTranslation()
  return (
    <Alert
      type="warning"
      showIcon
      data-testid="mail-returned"
      title={t('messages.returned', { email, day: formatDateTime(returned.at) })}
      description={
        <>
          <p>
            {returned.why} {t('messages.returnedText')}
          </p>
          <p className="soft">{returned.said}</p>
        </>
      }
    />
  )
}

/** My ways: which message comes where, when not, and what is collected for the day. */
export default function Preferences({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { data } = useQuery({ queryKey: ['channels'], queryFn: () => get<Told>(URL) })
  const [wishes, setWishes] = useState<Wishes | null>(null)
  useEffect(() => {
    if (data) setWishes({ kinds: data.kinds, quiet: data.quiet, digest: data.digest, addresses: data.addresses })
  }, [data])
  const wish = (next: Partial<Wishes>) => wishes && setWishes({ ...wishes, ...next })
  const save = async () => {
    try {
      await put(URL, wishes)
      await queryClient.invalidateQueries({ queryKey: ['channels'] })
      void message.success(t('messages.kept'))
      onClose()
    } catch (error) {
      void message.error(problemOf(error).detail)
    }
  }
  return (
    <Drawer
      open
      size={520}
      title={t('messages.preferences')}
      onClose={onClose}
      footer={
        <Button type="primary" block data-testid="keep-wishes" onClick={() => void save()}>
          {t('messages.keep')}
        </Button>
      }
    >
      {!data || !wishes ? (
        <Waiting />
      ) : (
        <div className="wishes">
          {data.returned && <Returned returned={data.returned} email={data.ways.find(({ kind }) => kind === 'email')?.at ?? ''} />}
          <Table told={data} wishes={wishes} wish={wish} />
          <Addresses told={data} wishes={wishes} wish={wish} />
          <div className="wishes__line">
            <Switch id="quiet" checked={!!wishes.quiet} onChange={(on) => wish({ quiet: on ? NIGHT : null })} />
            <label htmlFor="quiet">{t('messages.quiet')}</label>
            {wishes.quiet && (
              <TimePicker.RangePicker
                order={false}
                allowClear={false}
                format={CLOCK}
                minuteStep={15}
                value={[at(wishes.quiet[0]), at(wishes.quiet[1])]}
                onChange={(times) => times?.[0] && times[1] && wish({ quiet: [times[0].format(CLOCK), times[1].format(CLOCK)] })}
              />
            )}
          </div>
          <div className="wishes__line">
            <Switch id="digest" checked={!!wishes.digest} onChange={(on) => wish({ digest: on ? MORNING : '' })} />
            <label htmlFor="digest">{t('messages.digest')}</label>
            {wishes.digest && (
              <TimePicker
                allowClear={false}
                format={CLOCK}
                minuteStep={15}
                value={at(wishes.digest)}
                onChange={(time) => time && !Array.isArray(time) && wish({ digest: time.format(CLOCK) })}
              />
            )}
          </div>
          <p className="soft">{t('messages.criticalText')}</p>
        </div>
      )}
    </Drawer>
  )
}
