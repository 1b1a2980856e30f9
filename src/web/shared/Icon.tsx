import {
  AppstoreOutlined,
  AuditOutlined,
  BankOutlined,
  CarOutlined,
  ContactsOutlined,
  DatabaseOutlined,
  DollarOutlined,
  FileDoneOutlined,
  FileTextOutlined,
  HomeOutlined,
  IdcardOutlined,
  InboxOutlined,
  NumberOutlined,
  PayCircleOutlined,
  PercentageOutlined,
  SafetyOutlined,
  SettingOutlined,
  ShopOutlined,
  ShoppingOutlined,
  TagsOutlined,
  TeamOutlined,
  ToolOutlined,
} from '@ant-design/icons'
import type { ComponentType } from 'react'

/** Names the server uses for menu groups and resources. */
const icons: Record<string, ComponentType> = {
  home: HomeOutlined,
  sales: ShoppingOutlined,
  order: ShoppingOutlined,
  quote: FileTextOutlined,
  contract: AuditOutlined,
  file: FileTextOutlined,
  partner: TeamOutlined,
  partners: TeamOutlined,
  customer: TeamOutlined,
  contact: ContactsOutlined,
  catalog: TagsOutlined,
  item: TagsOutlined,
  price: PercentageOutlined,
  stock: DatabaseOutlined,
  inventory: DatabaseOutlined,
  warehouse: ShopOutlined,
  move: InboxOutlined,
  logistics: CarOutlined,
  delivery: CarOutlined,
  finance: BankOutlined,
  invoice: FileDoneOutlined,
  receipt: PayCircleOutlined,
  money: DollarOutlined,
  organization: IdcardOutlined,
  member: IdcardOutlined,
  role: SafetyOutlined,
  numbering: NumberOutlined,
  production: ToolOutlined,
  settings: SettingOutlined,
}

export function Icon({ name }: { name: string }) {
  const Found = icons[name] ?? AppstoreOutlined
  return <Found />
}
