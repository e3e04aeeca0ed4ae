import { parentPort, workerData } from 'node:worker_threads'
import type { PdfInput } from '#capabilities/subjects/pdf'
import { renderPdf } from '#capabilities/subjects/pdf-document'

parentPort!.postMessage(await renderPdf(workerData as PdfInput))
