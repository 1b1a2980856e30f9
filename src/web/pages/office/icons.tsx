import {
  AlignLeftOutlined,
  ApartmentOutlined,
  CalendarOutlined,
  CheckSquareOutlined,
  ClockCircleOutlined,
  DownCircleOutlined,
  FieldNumberOutlined,
  FontSizeOutlined,
  FunctionOutlined,
  HistoryOutlined,
  LinkOutlined,
  NumberOutlined,
  PaperClipOutlined,
  PayCircleOutlined,
  PieChartOutlined,
  SwitcherOutlined,
  UserOutlined,
  WalletOutlined,
} from '@ant-design/icons'
import type { ComponentType } from 'react'

const icons: Record<string, ComponentType> = {
  text: FontSizeOutlined,
  long: AlignLeftOutlined,
  int: NumberOutlined,
  decimal: FieldNumberOutlined,
  money: PayCircleOutlined,
  date: CalendarOutlined,
  datetime: ClockCircleOutlined,
  bool: SwitcherOutlined,
  choice: DownCircleOutlined,
  choices: CheckSquareOutlined,
  member: UserOutlined,
  unit: ApartmentOutlined,
  ref: LinkOutlined,
  file: PaperClipOutlined,
  computed: FunctionOutlined,
  half: PieChartOutlined,
  working: HistoryOutlined,
  balance: WalletOutlined,
}

export function KindIcon({ kind }: { kind: string }) {
  const Kind = icons[kind] ?? FontSizeOutlined
  return <Kind />
}
