import { createContext, useContext } from 'react'
import { currencyOf, formatMoney, formatPrice } from './format'

/** What the document that something stands in says of its currency. */
const Said = createContext<unknown>(undefined)

/** Amounts within are in the currency that a document says: in its inputs, its values to read, its lines and sums. */
export const InCurrency = Said.Provider

/** The currency of the document, or of one of its values: some are in the company's own whatever the document is in. */
export function useCurrency(field?: { home?: boolean }) {
  const said = useContext(Said)
  return currencyOf(field?.home ? undefined : said)
}

/** How amounts and prices are written where this stands. */
export function useMoney() {
  const currency = useCurrency()
  return { money: (value: unknown) => formatMoney(value, currency), price: (value: unknown) => formatPrice(value, currency) }
}
