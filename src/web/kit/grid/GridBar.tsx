import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined, VerticalAlignBottomOutlined } from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Field } from '@/api/types'
import { useMoney } from '@/shared/currency'
import { formatNumber } from '@/shared/format'
import { isBlank, type LineEdit, shownCell, total } from '../document/model'
import type { LinesProps } from './LineGrid'
import type { rowCommands } from './useKeys'

/** Sums of what the server computed for the lines. */
export function LineTotals({ section, rows, stored, computed }: Pick<LinesProps, 'section' | 'rows' | 'stored' | 'computed'>) {
  const { t } = useTranslation()
  const { money } = useMoney()
  const filled = rows.filter((row) => !isBlank(row))
  const cell = (field: Field, row: LineEdit) => shownCell(field, row, row.id === undefined ? undefined : stored.get(row.id), computed)
  const counts = (row: LineEdit) =>
    Object.entries(section.counted ?? {}).every(([name, value]) => {
      const field = section.fields[name]
      return !field || (cell(field, row).value ?? value) === value
    })
  const summed = filled.filter(counts)
  return (
    <span className="lines__totals">
      <span>{t('lines.count', { count: filled.length })}</span>
      {(section.totals ?? []).flatMap((name) => {
        const field = section.fields[name]
        if (!field) return []
        const cells = summed.map((row) => cell(field, row))
        const sum = total(cells.map((cell) => cell.value))
        const pending = cells.some((cell) => cell.pending)
        return (
          <span key={name} data-testid={`total-${name}`} className={pending ? 'is-pending' : ''}>
            {field.label} <b className="num">{field.type === 'money' ? money(sum) : formatNumber(sum)}</b>
          </span>
        )
      })}
    </span>
  )
}

const Tool = ({ label, icon, onClick }: { label: string; icon: ReactNode; onClick: () => void }) => (
  <Tooltip title={label}>
    <Button size="small" type="text" aria-label={label} icon={icon} onClick={onClick} />
  </Tooltip>
)

interface Props extends Pick<LinesProps, 'section' | 'rows' | 'stored' | 'computed' | 'locked'> {
  commands: ReturnType<typeof rowCommands>
}

export function GridBar({ commands, locked, ...lines }: Props) {
  const { t } = useTranslation()
  return (
    <div className="lines__bar">
      {!locked && (
        <>
          <Button size="small" icon={<PlusOutlined />} data-testid="line-add" onClick={commands.append}>
            {t('lines.add')}
          </Button>
          <Tool label={t('lines.remove')} icon={<DeleteOutlined />} onClick={commands.remove} />
          <Tool label={t('lines.up')} icon={<ArrowUpOutlined />} onClick={() => commands.move(-1)} />
          <Tool label={t('lines.down')} icon={<ArrowDownOutlined />} onClick={() => commands.move(1)} />
          <Tool label={t('lines.fill')} icon={<VerticalAlignBottomOutlined />} onClick={commands.fill} />
          <span className="lines__hint">{t('lines.hint')}</span>
        </>
      )}
      <LineTotals {...lines} />
    </div>
  )
}
