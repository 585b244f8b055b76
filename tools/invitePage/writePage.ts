import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fillPage } from './fillPage.ts'

/** `npm run invite-page`: writes texts and sums into packaging/invite-page/index.html. */
const file = join(import.meta.dirname, '..', '..', 'packaging', 'invite-page', 'index.html')
writeFileSync(file, fillPage(readFileSync(file, 'utf8')))
