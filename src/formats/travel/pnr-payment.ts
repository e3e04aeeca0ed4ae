import { type Segment, valuesAt } from '#formats/travel/edifact-segment'

/** How a ticket was paid. Of a card no more than its last four digits is ever read, and never its expiry. */
export interface PnrPayment {
  /** 'CC' card, 'CA' cash, 'MS' other…, as the record has it. */
  readonly type: string
  /** 'VI', 'AX'…; null when it is not a card. */
  readonly vendor: string | null
  readonly amount: string | null
  readonly lastFour: string | null
}

/** Every element of FOP is one form: type, indicator, amount, vendor, account, expiry. */
export function paymentsOf(segment: Segment): PnrPayment[] {
  return segment.elements.flatMap((_, index) => {
    const [type = '', , amount = '', vendor = '', account = ''] = valuesAt(segment, index)
    if (!/^[A-Z]{2,4}$/i.test(type)) return []
    const isVendor = /^[A-Z]{2}$/i.test(vendor)
    return [
      {
        type: type.toUpperCase(),
        vendor: isVendor ? vendor.toUpperCase() : null,
        amount: /^\d{1,12}(?:[.,]\d{1,4})?$/.test(amount) && amount.replace(/\D/g, '').length < 13 ? amount : null,
        lastFour: /(?:^|[\dX*#])(\d{4})$/i.exec(account)?.[1] ?? null,
      },
    ]
  })
}
