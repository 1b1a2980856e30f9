/** Sums over rows: of the currency that most are in, the others' beside it. */
export interface Sums {
  sums?: Record<string, string>
  currency?: string
  others?: Record<string, Record<string, string>>
}
