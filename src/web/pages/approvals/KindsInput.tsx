import { useQueries } from '@tanstack/react-query'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { get } from '@/api/http'
import { descriptionUrl, useMeta } from '@/api/queries'
import type { Description } from '@/api/types'
import type { InputProps } from '@/kit/field/overlays'
import { formatList } from '@/shared/format'
import { byName } from '@/shared/pinyin'

/** For which kinds of decisions somebody stands in: the actions of documents that are decided about here. */
export default function KindsInput({ id, field, value, invalid, onChange }: InputProps) {
  const { t } = useTranslation()
  const { resources } = useMeta()
  const decided = Object.entries(resources).filter(([, { approval }]) => approval)
  const described = useQueries({
    queries: decided.map(([key, { url }]) => ({
      queryKey: ['description', key],
      queryFn: () => get<Description>(descriptionUrl(url)),
      staleTime: 300_000,
    })),
  })
  const options = described.flatMap(({ data }) =>
    data ? Object.values(data.actions).map(({ verb, label }) => ({ value: `${data.key}.${verb}`, label: `${data.label} · ${label}` })) : [],
  )
  const chosen = Array.isArray(value) ? (value as string[]) : []
  const told = chosen.map((kind) => options.find((option) => option.value === kind)?.label ?? kind)
  if (field.readonly) return <span className="field__value">{chosen.length ? formatList(told) : t('approval.allKinds')}</span>
  return (
    <Select
      id={id}
      mode="multiple"
      className="input--full"
      status={invalid ? 'error' : ''}
      placeholder={t('approval.allKinds')}
      showSearch={byName}
      value={chosen}
      options={options}
      onChange={onChange}
    />
  )
}
