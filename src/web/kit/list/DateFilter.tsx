import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import { useMeta } from '@/api/queries'
import { pathOf } from '../field/path'
import type { FilterProps } from './FilterControl'
import { datePresets, type Preset, withFilter } from './model'

export default function DateFilter({ field, state, set, eager }: FilterProps & { eager: boolean }) {
  const { t } = useTranslation()
  const { company } = useMeta()
  const [from, to] = [`${pathOf(field)}__gte`, `${pathOf(field)}__lte`]
  const at = (name: string) => (state.filters[name]?.[0] ? dayjs(state.filters[name][0]) : null)
  const timed = field.type === 'datetime'
  const presets = Object.entries(datePresets(company.today)).map(([name, [first, last]]) => ({
    label: t(`preset.${name as Preset}`),
    value: [dayjs(first), dayjs(last)] as [dayjs.Dayjs, dayjs.Dayjs],
  }))
  return (
    <DatePicker.RangePicker
      className="filter is-date"
      autoFocus={eager}
      defaultOpen={eager}
      allowEmpty={[true, true]}
      placeholder={[field.label, t('filter.until')]}
      aria-label={field.label}
      presets={presets}
      value={[at(from), at(to)]}
      onChange={(range) => {
        const [first, last] = range ?? [null, null]
        const start = first ? [timed ? first.startOf('day').format() : first.format('YYYY-MM-DD')] : []
        const end = last ? [timed ? last.endOf('day').format() : last.format('YYYY-MM-DD')] : []
        set(withFilter(withFilter(state, from, start), to, end))
      }}
    />
  )
}
