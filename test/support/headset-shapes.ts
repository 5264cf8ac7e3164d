// Descriptions of headsets of different shapes, as WebHID tells them.
import type { HidCollection, HidItem } from '../../renderer/phone/headset/hid-port.ts'

const bits = (reportCount: number, more: HidItem): HidItem => ({
  reportSize: 1,
  reportCount,
  isAbsolute: true,
  hasPreferredState: true,
  logicalMinimum: 0,
  logicalMaximum: 1,
  ...more,
})
const padding = (count: number) => bits(count, { isConstant: true, usages: [] })
const phone = (id: number) => 0x0b_0000 + id
const led = (id: number) => 0x08_0000 + id
const headset = { usagePage: 0x0b, usage: 0x05 }

/** As the usage tables want it: the hook is a state, mute a press; all lights in one report. */
export const byTheBook: HidCollection[] = [
  // Volume keys stand before it, and are none of our business.
  {
    usagePage: 0x0c,
    usage: 0x01,
    inputReports: [{ reportId: 1, items: [bits(2, { usages: [0x0c_00e9, 0x0c_00ea] }), padding(6)] }],
  },
  {
    ...headset,
    inputReports: [
      {
        reportId: 2,
        items: [
          bits(1, { usages: [phone(0x20)], hasPreferredState: false }),
          bits(1, { usages: [phone(0x97)], hasPreferredState: false }),
          bits(1, { usages: [phone(0x2f)], isAbsolute: false }),
          bits(1, { usages: [phone(0x21)], isAbsolute: false }),
          padding(4),
        ],
      },
    ],
    outputReports: [
      {
        reportId: 3,
        items: [
          bits(4, { usages: [led(0x17), led(0x09), led(0x18), led(0x20)], hasPreferredState: false }),
          padding(4),
        ],
      },
    ],
  },
]

/** No report ids, buttons behind a 12-key pad, a report for each light, and each button of an open kind. */
export const cheap: HidCollection[] = [
  {
    ...headset,
    inputReports: [
      {
        reportId: 0,
        items: [
          // The pad: an array of one slot of four bits.
          {
            ...bits(1, { isArray: true, isRange: true }),
            reportSize: 4,
            usageMinimum: phone(0xb0),
            usageMaximum: phone(0xbb),
          },
          padding(4),
          bits(2, { usages: [phone(0x20), phone(0x2f)] }),
          padding(6),
        ],
      },
    ],
    outputReports: [
      { reportId: 9, items: [bits(1, { usages: [led(0x18)] }), padding(7)] },
      { reportId: 10, items: [padding(8), bits(1, { usages: [led(0x17)] }), padding(7)] },
    ],
    children: [],
  },
]

/** Nested: the collection of the keys tells its part only; mute is a state; the keys of one slot are an array. */
export const nested: HidCollection[] = [
  {
    ...headset,
    inputReports: [
      {
        reportId: 5,
        items: [
          bits(1, { usages: [phone(0x2f)], hasPreferredState: false }),
          bits(1, { usages: [phone(0x20)], hasPreferredState: false }),
          padding(6),
        ],
      },
      {
        reportId: 6,
        items: [
          {
            ...bits(2, { isArray: true, usages: [phone(0x21), phone(0x26)] }),
            reportSize: 8,
            logicalMinimum: 1,
            logicalMaximum: 2,
          },
        ],
      },
    ],
    outputReports: [],
    children: [
      {
        usagePage: 0x0b,
        usage: 0x06,
        inputReports: [
          { reportId: 5, items: [bits(1, { usages: [phone(0x20)], hasPreferredState: false })] },
        ],
        outputReports: [
          {
            reportId: 7,
            items: [
              bits(2, { usages: [led(0x09), led(0x17)] }),
              bits(1, { usages: [phone(0x9e)] }),
              padding(13),
            ],
          },
        ],
        children: [],
      },
    ],
  },
]
