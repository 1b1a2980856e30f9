import { Mentions } from 'antd'
import { useState } from 'react'
import { queryString, useLookup, useMeta } from '@/api/queries'
import { useDebounced } from '@/shared/useDebounced'
import type { InputProps } from '../field/overlays'

/** What one says to a decision; a colleague named with @ hears of it. */
export default function CommentInput({ id, field, value, invalid, onChange }: InputProps) {
  const { resources } = useMeta()
  const [sought, setSought] = useState<string | null>(null)
  const settled = useDebounced(sought ?? '', 150)
  const url = resources['organization.member']?.url
  const { data: found } = useLookup(url, queryString({ q: settled, limit: 8 }), sought !== null && !!url)
  return (
    <Mentions
      id={id}
      rows={3}
      value={typeof value === 'string' ? value : ''}
      aria-label={field.label}
      status={invalid ? 'error' : ''}
      filterOption={false}
      onChange={onChange}
      onSearch={setSought}
      options={(found?.rows ?? []).map((member) => ({ key: String(member.id), value: member.label, label: member.label }))}
    />
  )
}
