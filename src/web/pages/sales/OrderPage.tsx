import { DeskPage } from '@/kit/desk/DeskPage'
import { type OrderDesk, OrderOverview } from './OrderOverview'
import './order.css'

/** 订单全景: goods, invoices and money of one order side by side. */
export default function OrderPage() {
  return <DeskPage<OrderDesk> view={OrderOverview} />
}
