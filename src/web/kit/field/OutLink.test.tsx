import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { App } from 'antd'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { OutLink } from './OutLink'

const url = 'https://bills.example/17?x=1'
const open = vi.spyOn(window, 'open').mockReturnValue(null)
beforeEach(() => {
  render(
    <App>
      <OutLink url={url}>Bill</OutLink>
    </App>,
  )
})
afterEach(() => open.mockClear())

it('says where it leads before anybody goes there', async () => {
  await userEvent.click(screen.getByText('Bill'))
  const asked = await screen.findByRole('dialog')
  expect(asked.textContent).toContain('前往 bills.example')
  expect(asked.textContent).toContain(url)
  expect(open).not.toHaveBeenCalled()
  await userEvent.click(screen.getByRole('button', { name: '继续访问' }))
  await vi.waitFor(() => expect(open).toHaveBeenCalledExactlyOnceWith(url, '_blank', 'noopener,noreferrer'))
})

it('goes nowhere when the person stays', async () => {
  await userEvent.click(screen.getByText('Bill'))
  await userEvent.click(await screen.findByRole('button', { name: /取\s?消|Cancel/ }))
  expect(open).not.toHaveBeenCalled()
})
