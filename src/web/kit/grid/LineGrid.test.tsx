import { QueryClientProvider } from '@tanstack/react-query'
import { fireEvent, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useCallback, useState } from 'react'
import { beforeEach, describe, expect, it } from 'vitest'
import { queryClient } from '@/api/queries'
import type { Field, LinesSection } from '@/api/types'
import type { LineEdit } from '../document/model'
import { registerHint } from './hints'
import { LineGrid } from './LineGrid'

const field = (name: string, type: Field['type'], readonly = false): Field => ({ name, label: name, type, readonly })
const fields = {
  note: field('note', 'text'),
  quantity: field('quantity', 'decimal'),
  item: field('item', 'ref'),
  done: field('done', 'bool'),
  amount: field('amount', 'money', true),
}
const section: LinesSection = { kind: 'lines', title: 'Lines', name: 'lines', fields, columns: Object.keys(fields), totals: ['quantity'] }
const nothing = {}
let latest: LineEdit[] = []

interface HostProps {
  locked?: boolean
  errors?: Record<string, Record<string, string>>
  counted?: LinesSection['counted']
}

function Host({ locked = false, errors = nothing, counted }: HostProps) {
  const [rows, setRows] = useState<LineEdit[]>([
    { _k: 'a', note: 'first', quantity: '2' },
    { _k: 'b', quantity: '3' },
  ])
  latest = rows
  const change = useCallback((next: (rows: LineEdit[]) => LineEdit[]) => setRows(next), [])
  return (
    <QueryClientProvider client={queryClient}>
      <LineGrid
        path="test.doc.lines"
        section={{ ...section, counted }}
        rows={rows}
        stored={new Map()}
        computed={undefined}
        errors={errors}
        locked={locked}
        change={change}
        header={() => undefined}
      />
    </QueryClientProvider>
  )
}

const grid = () => screen.getByTestId('linegrid')
const cell = (r: number, c: number) => grid().querySelector<HTMLElement>(`[data-r="${r}"][data-c="${c}"]`) as HTMLElement
const paste = (text: string) => {
  const clipboardData = new DataTransfer()
  clipboardData.setData('text/plain', text)
  fireEvent.paste(grid(), { clipboardData })
}

beforeEach(() => {
  queryClient.setQueryData(['meta'], { resources: {} })
  Element.prototype.scrollIntoView = () => undefined
})

describe('line grid', () => {
  it('sums up only the lines that count, new ones until they say otherwise', () => {
    render(<Host counted={{ note: 'other' }} />)
    expect(screen.getByTestId('total-quantity').textContent).toContain('3')
  })

  it('shows at the cell what is known besides, with the keyboard, and gives the keyboard back', async () => {
    registerHint('test.doc.lines.quantity', ({ line }) => <p>about {String(line.quantity)}</p>)
    render(<Host />)
    await userEvent.click(cell(0, 1))
    fireEvent.keyDown(grid(), { key: 'Enter', altKey: true })
    expect(await screen.findByText('about 2')).toBeTruthy()
    fireEvent.keyDown(screen.getByTestId('cell-hint'), { key: 'ArrowDown' })
    expect(cell(0, 1).getAttribute('aria-selected')).toBe('true')
    fireEvent.keyDown(screen.getByTestId('cell-hint'), { key: 'Escape' })
    fireEvent.keyDown(grid(), { key: 'ArrowDown' })
    expect(cell(1, 1).getAttribute('aria-selected')).toBe('true')
    expect(screen.queryByText('about 2')).toBeNull()
  })

  it('types over a cell, steps with Tab and adds a row at the end', async () => {
    render(<Host />)
    grid().focus()
    await userEvent.keyboard('x{Tab}1,5{Enter}')
    expect(latest[0]).toMatchObject({ note: 'x', quantity: '15' })
    await userEvent.keyboard('7{Enter}8')
    expect(latest).toHaveLength(3)
    expect(latest[1]).toMatchObject({ quantity: '7' })
  })
  it('leaves an entry with Escape', async () => {
    render(<Host />)
    grid().focus()
    await userEvent.keyboard('zzz{Escape}')
    expect(latest[0]).toMatchObject({ note: 'first' })
  })
  it('keeps what is typed into a reference and left before the answer comes', async () => {
    render(<Host />)
    grid().focus()
    await userEvent.keyboard('{ArrowRight}{ArrowRight}e{Tab}')
    expect(latest[0]?.item).toEqual({ raw: 'e' })
    expect(cell(0, 2).textContent).toBe('e')
    await userEvent.keyboard('{ArrowLeft}{F2}{Tab}')
    expect(latest[0]?.item).toEqual({ raw: 'e' })
  })
  it('takes a block from Excel and keeps what it cannot read', () => {
    render(<Host />)
    paste('a\t１，２００\nb\ttwelve\nc\t3')
    expect(latest.map((row) => row.quantity)).toEqual(['1200', { raw: 'twelve' }, '3'])
    expect(cell(1, 1).getAttribute('aria-invalid')).toBe('true')
    expect(cell(2, 0).textContent).toBe('c')
  })
  it('fills one value over a selection', async () => {
    render(<Host />)
    grid().focus()
    await userEvent.keyboard('{ArrowRight}{Shift>}{ArrowDown}{/Shift}')
    paste('9')
    expect(latest.map((row) => row.quantity)).toEqual(['9', '9'])
  })
  it('clears, fills down, moves and deletes rows by keyboard', async () => {
    render(<Host />)
    grid().focus()
    await userEvent.keyboard('{Shift>}{ArrowDown}{/Shift}{Control>}d{/Control}')
    expect(latest.map((row) => row.note)).toEqual(['first', 'first'])
    await userEvent.keyboard('{ArrowUp}{Delete}')
    expect(latest[0]?.note).toBeNull()
    await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}')
    expect(latest.map((row) => row._k)).toEqual(['b', 'a'])
    await userEvent.keyboard('{Control>}{Delete}{/Control}')
    expect(latest.map((row) => row._k)).toEqual(['b'])
  })
  it('toggles yes and no with the space bar', async () => {
    render(<Host />)
    grid().focus()
    await userEvent.keyboard('{End}{ArrowLeft} ')
    expect(latest[0]?.done).toBe(true)
  })
  it('shows but does not change a locked document', async () => {
    render(<Host locked />)
    grid().focus()
    await userEvent.keyboard('x{Delete}')
    paste('1\t2')
    expect(latest[0]).toMatchObject({ note: 'first', quantity: '2' })
    expect(screen.queryByTestId('line-add')).toBeNull()
  })
  it('takes the cursor to the first error', () => {
    const { rerender } = render(<Host />)
    rerender(<Host errors={{ b: { quantity: 'Too much' } }} />)
    expect(cell(1, 1).id).toMatch(/active$/)
    expect(cell(1, 1).title).toBe('Too much')
  })
  it('adds up', () => {
    render(<Host />)
    expect(screen.getByTestId('total-quantity').textContent).toContain('5')
  })
})
