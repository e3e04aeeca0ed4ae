import { describe, expect, it } from 'vitest'
import { collect, sample } from '#formats/chunks.arbitrary'
import { ftmEntities } from '#formats/ftm-entities'
import { readFtmJson } from '#formats/ftm-json'
import { readOfacList } from '#formats/ofac-csv'
import { readUnList } from '#formats/un-xml'
import { FtmEntity } from '#protocol/ftm-entity'
import { hasProperty } from '#protocol/vocabulary'

async function entriesOf(items: ReturnType<typeof readUnList>) {
  return (await collect(items)).flatMap((it) => (it.kind === 'entry' ? [it.entry] : []))
}

async function everyEntity() {
  const un = await entriesOf(readUnList(sample('un-exercise.xml')))
  const ofac = await entriesOf(readOfacList({ sdn: sample('ofac/sdn.csv'), add: sample('ofac/add.csv') }))
  return [...un.flatMap((it) => ftmEntities(it, 'un')), ...ofac.flatMap((it) => ftmEntities(it, 'ofac'))]
}

describe('ftmEntities', () => {
  it('gives entities that the vocabulary has a place for', async () => {
    const entities = await everyEntity()
    for (const entity of entities) {
      expect(FtmEntity.parse(entity)).toEqual(entity)
      for (const property of Object.keys(entity.properties)) expect(hasProperty(entity.schema, property)).toBe(true)
    }
    expect(new Set(entities.map((it) => it.id)).size).toBe(entities.length)
  })

  it('points from what is held to its holder', async () => {
    const [root, address, passport] = await everyEntity()
    expect(root!.id).toBe('un-900001')
    expect(root!.caption).toBe('EXERCISE TALIB NUR')
    expect(root!.properties).toMatchObject({
      weakAlias: ['Abu Tamrin', 'Абу Тамрин'],
      programId: ['Al-Qaida'],
      address: ['1 Invented Road, Haiphong, 180000, Viet Nam'],
    })
    expect(root!.properties.notes).toContain('Reference QDi.901')
    expect(address!.schema).toBe('Address')
    expect(passport).toMatchObject({ schema: 'Passport', properties: { holder: ['un-900001'], number: ['EX 012820'] } })
  })

  it('writes an interval as its years', async () => {
    const [root] = await everyEntity()
    expect(root!.properties.birthDate).toEqual(
      expect.arrayContaining(['1960-03-04', '1961', '1962', '1963', '1964', '1965', '1966-11']),
    )
    expect(root!.properties.birthDate!.some((it) => it.includes('/'))).toBe(false)
  })

  it('gives the same ids each time, and reads back as FollowTheMoney JSON', async () => {
    const entities = await everyEntity()
    expect(await everyEntity()).toEqual(entities)
    async function* lines() {
      for (const entity of entities) yield `${JSON.stringify(entity)}\n`
    }
    const read = await collect(readFtmJson(lines()))
    expect(read.map((it) => (it.kind === 'entity' ? it.entity : it))).toEqual(entities)
  })
})
