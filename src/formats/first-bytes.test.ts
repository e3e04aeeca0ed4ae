import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { wrongStart } from '#formats/first-bytes'
import { listFormatNames } from '#formats/list-formats'

const sample = (name: string) => readFileSync(new URL(`./samples/${name}`, import.meta.url))
const bytes = (text: string) => new TextEncoder().encode(text)

describe('wrongStart', () => {
  it('lets every sample pass for its own format', () => {
    const samples = {
      'un-xml': 'un-exercise.xml',
      'ofac-csv': 'ofac/sdn.csv',
      'ofac-advanced-xml': 'ofac-advanced-exercise.xml',
      'us-consolidated-csv': 'us-consolidated-exercise.csv',
      'eu-fsf-xml': 'eu-exercise.xml',
      'uk-list': 'uk-exercise.xml',
      ftm: 'ftm-list-exercise.jsonl',
      csv: 'mapped-exercise.csv',
    } as const
    for (const format of listFormatNames) expect(wrongStart(format, sample(samples[format])), format).toBe(null)
    expect(wrongStart('uk-list', sample('uk-exercise.csv'))).toBe(null)
  })

  it('refuses a page, an archive, nothing and an error in another form, whatever the format', () => {
    for (const format of listFormatNames) {
      for (const page of ['<!DOCTYPE html><title>x', '\n <html lang="en">', '\uFEFF<!doctype html>'])
        expect(wrongStart(format, bytes(page)), format).toBe('html')
      expect(wrongStart(format, Uint8Array.of(0x1f, 0x8b, 8))).toBe('packed')
      expect(wrongStart(format, bytes('PK\u0003\u0004'))).toBe('packed')
      expect(wrongStart(format, bytes('%PDF-1.7'))).toBe('packed')
      expect(wrongStart(format, bytes('  \n'))).toBe('empty')
      if (format !== 'ftm') expect(wrongStart(format, bytes('{"error":"no"}')), format).toBe('other')
      if (format !== 'us-consolidated-csv' && format !== 'csv' && format !== 'uk-list')
        expect(wrongStart(format, bytes('Service unavailable')), format).toBe('other')
    }
  })

  it('lets a table pass whose first column is called PK', () => {
    expect(wrongStart('csv', bytes('PK;Name;Born\n1;EXERCISE;1971'))).toBe(null)
  })
})
