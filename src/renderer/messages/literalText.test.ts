import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findLiteralText } from '../../../test/support/findLiteralText.ts'

const source = join(import.meta.dirname, '..', '..')

/** Text that stands in the source for good, by file, and why. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  // The app's own name, and the profile behind it: the window's title.
  'main/runApp.ts': ['Studyhall', 'Studyhall (', ')'],
  'main/tray/planTrayMenu.ts': ['Studyhall'],
}

const files = ['renderer', 'main']
  .flatMap((folder) =>
    readdirSync(join(source, folder), { recursive: true, encoding: 'utf8' }).map(
      (name) => `${folder}/${name.replaceAll('\\', '/')}`,
    ),
  )
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.|\.d\.ts$|\.generated\./.test(path))
  // The catalogues are where it belongs; the gallery is for whoever develops, with people and rooms made up; core and adapters
  // speak to no person, but to browsers and servers, some of whose words have names like these.
  .filter((path) => !/^renderer\/(messages\/catalogues|gallery|core|adapters)\//.test(path))

test('there is something to look through', () => {
  expect(files.filter((path) => path.endsWith('.tsx')).length).toBeGreaterThan(50)
})

test('nothing is said that is not in the catalogues', () => {
  const found = files.flatMap((path) =>
    findLiteralText(path, readFileSync(join(source, path), 'utf8'))
      .filter(({ text }) => allowed[path]?.includes(text) !== true)
      .map(({ line, text }) => `src/${path}:${line} ${text}`),
  )
  expect(found).toEqual([])
})

test('nothing is allowed that is not there any more', () => {
  for (const [path, known] of Object.entries(allowed)) {
    const found = findLiteralText(path, readFileSync(join(source, path), 'utf8'))
    expect(known.filter((text) => text !== ')' && !found.some((one) => one.text === text))).toEqual([])
  }
})

describe('what is found', () => {
  const textsIn = (code: string) => findLiteralText('a.tsx', code).map(({ text }) => text)

  test.each([
    ['<p>Join now</p>', ['Join now']],
    ['<p>{"Join"}</p>', ['Join']],
    ['<p>{isFull ? "Full" : t("lobby.join")}</p>', ['Full']],
    ['<p>{`${name} joined`}</p>', ['joined']],
    ['<p>{name || "Somebody"}</p>', ['Somebody']],
    ['<Button aria-label="Close" />', ['Close']],
    ['<TextField label={isNew ? "Name" : t("x")} hint="At least three" />', ['Name', 'At least three']],
    ['<Dialog closeLabel="Close" title={`Report ${name}`} />', ['Close', 'Report']],
    ['const options = [{ value: "a", label: "First" }]', ['First']],
    ['<img alt="A desk" />', ['A desk']],
  ])('%s', (code, texts) => {
    expect(textsIn(code)).toEqual(texts)
  })

  test.each([
    '<p className="quiet">{t("lobby.join")}</p>',
    '<p>{count} / {capacity} · 50 %</p>',
    '<Field label={t(`effects.${kind}`)} value="none" />',
    '<p>{state === "open" ? t("a") : null}</p>',
    'const choice = { value: "grid", label: t("room.view.grid") }',
  ])('not in %s', (code) => {
    expect(textsIn(code)).toEqual([])
  })
})
