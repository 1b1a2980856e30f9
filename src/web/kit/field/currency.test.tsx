import { render, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { Description, Field, LinesSection } from '@/api/types'
import { InCurrency } from '@/shared/currency'
import { Summary } from '../document/Summary'
import { LineTotals } from '../grid/GridBar'
import { ReadValue } from './ReadValue'
import { FieldInput } from './registry'

const money: Field = { name: 'total', label: 'Total', type: 'money' }
const stage: Field = { name: 'plan', label: 'Plan', type: 'json', columns: [{ name: 'fixed', label: 'Fixed', type: 'price' }] }
const section: LinesSection = { kind: 'lines', title: '', name: 'lines', fields: { total: money }, columns: ['total'], totals: ['total'] }
const nothing = () => undefined

function Everywhere({ said }: { said: unknown }) {
  return (
    <InCurrency value={said}>
      <FieldInput field={money} id="input" value="12.5" onChange={nothing} />
      <FieldInput field={stage} id="plan" value={[{ fixed: '3' }]} onChange={nothing} />
      <ReadValue field={money} value="7.25" />
      <LineTotals section={section} rows={[{ _k: 'a', total: '30' }]} stored={new Map()} computed={undefined} />
      <Summary
        description={{ summary: ['total'], fields: { total: money } } as unknown as Description}
        value={() => '99'}
        waiting={false}
      />
    </InCurrency>
  )
}

describe('amounts of a document', () => {
  it('are in the currency that it says, in inputs, short tables, read values, sums', async () => {
    const { container } = render(<Everywhere said="usd" />)
    await screen.findByRole('table')
    const signs = [...container.querySelectorAll('.ant-input-prefix')].map((one) => one.textContent)
    expect(signs).toEqual(['US$', 'US$'])
    for (const text of ['US$7.25', 'US$30.00', 'US$99.00']) expect(container.textContent).toContain(text)
  })
  it('are in the company’s own where it says none, with no sign where many stand', async () => {
    const { container } = render(<Everywhere said={undefined} />)
    await screen.findByRole('table')
    expect([...container.querySelectorAll('.ant-input-prefix')].map((one) => one.textContent)).toEqual(['¥', '¥'])
    expect(container.textContent).toMatch(/7\.25.* 30\.00.*¥99\.00/)
    expect(container.textContent).not.toContain('¥30')
  })
})
