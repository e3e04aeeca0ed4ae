import type { Drawn } from '../network/relation'
import type { Place } from '../places/place'
import type { Occurrence } from '../timeline/when'

/** Invented people and places of an exercise, in several scripts, with what must never be taken for markup. */

export const sampleGraph: Drawn = {
  nodes: [
    { id: 'yusuf', label: 'Yusuf Exercise-Mansouri', schema: 'Person', href: '/design' },
    { id: 'mansouri', label: 'يوسف المنصوري (تمرين)', schema: 'Person', note: 'alias', weak: true },
    { id: 'oksana', label: 'Оксана Вправа', schema: 'Person', href: '/design' },
    { id: 'li', label: '李演习', schema: 'Person' },
    { id: 'amal', label: 'أمل تمرين-الخطيب', schema: 'Person' },
    { id: 'horizon', label: 'Horizon Freight Exercise Ltd', schema: 'Company', href: '/design' },
    { id: 'relief', label: 'Exercise Relief Foundation', schema: 'Organization' },
    { id: 'ship', label: 'MV Exercise Star', schema: 'Vessel' },
    { id: 'van', label: 'EX-4711-AB', schema: 'Vehicle' },
    { id: 'account', label: 'KE00 EXER 0000 0000 0042', schema: 'BankAccount' },
    { id: 'wallet', label: 'bc1qexercise0000000000000000', schema: 'CryptoWallet', weak: true },
    { id: 'house', label: '12 Exercise Street, Nairobi', schema: 'Address' },
    { id: 'hostile', label: '<img src=x onerror="document.title=\'broken\'">', schema: 'Person', weak: true },
  ],
  edges: [
    { id: 'e1', from: 'yusuf', to: 'mansouri', label: 'Same person?', schema: 'UnknownLink' },
    {
      id: 'e2',
      from: 'yusuf',
      to: 'horizon',
      label: 'Director',
      schema: 'Directorship',
      since: '2019',
      until: '2023-06',
    },
    { id: 'e3', from: 'yusuf', to: 'oksana', label: 'Associate', schema: 'Associate', since: '2021-03' },
    { id: 'e4', from: 'oksana', to: 'relief', label: 'Member', schema: 'Membership' },
    { id: 'e5', from: 'horizon', to: 'ship', label: 'Owner', schema: 'Ownership' },
    { id: 'e6', from: 'horizon', to: 'account', label: 'Holder', schema: 'Ownership' },
    { id: 'e7', from: 'amal', to: 'yusuf', label: 'Sister', schema: 'Family' },
    { id: 'e8', from: 'amal', to: 'house', label: 'Resident', schema: 'UnknownLink' },
    { id: 'e9', from: 'yusuf', to: 'house', label: 'Resident', schema: 'UnknownLink', since: '2020' },
    { id: 'e10', from: 'li', to: 'horizon', label: 'Employee', schema: 'Employment' },
    { id: 'e11', from: 'oksana', to: 'van', label: 'Owner', schema: 'Ownership' },
    { id: 'e12', from: 'relief', to: 'wallet', label: 'Holder', schema: 'Ownership' },
    { id: 'e13', from: 'yusuf', to: 'oksana', label: 'Former spouse', schema: 'Family', since: '2012', until: '2018' },
    { id: 'e14', from: 'hostile', to: 'li', label: 'Associate', schema: 'Associate' },
  ],
}

export const samplePlaces: readonly Place[] = [
  {
    id: 'p1',
    label: '12 Exercise Street, Nairobi',
    at: { latitude: -1.286, longitude: 36.817 },
    text: 'Address',
    time: '2026-03-02T09:30:00Z',
  },
  {
    id: 'p2',
    label: 'Industrial Area, Nairobi',
    at: { latitude: -1.308, longitude: 36.851 },
    text: 'Seen',
    time: '2026-03-05T18:00:00Z',
  },
  {
    id: 'p3',
    label: 'Mombasa, Exercise Quay',
    at: { latitude: -4.062, longitude: 39.666 },
    text: 'Vessel',
    time: '2026-04-11T05:00:00Z',
  },
  {
    id: 'p4',
    label: 'Port de Marseille',
    at: { latitude: 43.31, longitude: 5.36 },
    text: 'Vessel',
    time: '2026-05-20T12:00:00Z',
  },
  { id: 'p5', label: 'الدار البيضاء', at: { latitude: 33.573, longitude: -7.589 }, text: 'تمرين' },
  {
    id: 'p6',
    label: 'Jakarta',
    at: { latitude: -6.2, longitude: 106.816 },
    text: 'Flight',
    time: '2026-06-01T00:00:00Z',
  },
  { id: 'p7', label: 'Nationality', at: { country: 'FR' } },
  { id: 'p8', label: 'Residence permit', at: { country: 'ID' }, text: 'Until 2027' },
  { id: 'p9', label: 'Passport', at: { country: 'XX' } },
  { id: 'p10', label: '<img src=x onerror="document.title=\'broken\'">', at: { country: 'KE' } },
  { id: 'p11', label: 'Account opened', at: { country: 'GI' } },
]

export const sampleOccurrences: readonly Occurrence[] = [
  { id: 't1', label: 'Born', from: '1987-03-09', kind: 'Person' },
  { id: 't2', label: 'Marriage', from: '2012', until: '2018', kind: 'Relation' },
  { id: 't3', label: 'Director of Horizon Freight Exercise Ltd', from: '2019', until: '2023-06', kind: 'Relation' },
  { id: 't4', label: 'Associate of Оксана Вправа', from: '2021-03', kind: 'Relation' },
  { id: 't5', label: 'Passport issued', from: '2016-05-02', until: '2026-05-01', kind: 'Document' },
  { id: 't6', label: 'Seen in Nairobi', from: '2026-03-02T09:30:00Z', kind: 'Event', href: '/design' },
  { id: 't7', label: 'Seen in Nairobi, Industrial Area', from: '2026-03-05T18:00:00Z', kind: 'Event' },
  { id: 't8', label: 'سفينة في مومباسا (تمرين)', from: '2026-04-11', kind: 'Event' },
  { id: 't9', label: 'Vessel in Marseille', from: '2026-05-20', kind: 'Event' },
  { id: 't10', label: '<img src=x onerror="document.title=\'broken\'">', from: '2004', kind: 'Document' },
  { id: 't11', label: 'Flight to Jakarta', from: '2026-06', kind: 'Event' },
  { id: 't12', label: 'No date', from: 'unknown', kind: 'Event' },
]
