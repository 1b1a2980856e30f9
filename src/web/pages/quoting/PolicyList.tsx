import { useEffect } from 'react'
import { listUrl } from '@/workspace/route'
import { useTab } from '@/workspace/TabHost'
import { useTabs } from '@/workspace/tabs'

const LEVELS: Record<string, string[]> = {
  'product-prices': ['series', 'product', 'option', 'quantity'],
  'company-prices': ['company', 'region', 'channel', 'promotion'],
  'customer-prices': ['customer', 'group'],
}

/** 产品、公司、客户价格策略: the one list of policies, filtered by what they are about. */
export default function PolicyList() {
  const { tab, key } = useTab()
  useEffect(() => {
    useTabs.getState().replace(tab, listUrl('pricing.pricepolicy', { level: LEVELS[key] ?? [] }))
  }, [tab, key])
  return null
}
