import type { en } from './en/en.ts'
import type { enNearby } from './en/enNearby.ts'
import type { enSettings } from './en/enSettings.ts'

/**
 * The forms a count may take in each language: the plural categories that CLDR names for it, which `Intl.PluralRules` also tells.
 * A language with a line here needs a folder of the same name, a line in `loadCatalogue.ts`, and one in `shared/settings/languages.ts`.
 */
export interface PluralForms {
  readonly en: 'one' | 'other'
  readonly de: 'one' | 'other'
  readonly es: 'one' | 'many' | 'other'
  readonly fr: 'one' | 'many' | 'other'
  readonly 'pt-BR': 'one' | 'many' | 'other'
  readonly ja: 'other'
  readonly 'zh-Hans': 'other'
  readonly ar: 'zero' | 'one' | 'two' | 'few' | 'many' | 'other'
}

/** Keys that English has as `x_one` and `x_other` are asked for in each form of the language instead; `x_zero` stays a wish of its own. */
type KeyIn<Key, Form extends string> = Key extends `${infer Base}_other`
  ? `${Base}_${Form}`
  : Key extends `${string}_one`
    ? never
    : Key

type Translated<Form extends string, Part> = Part extends string
  ? string
  : Part extends readonly unknown[]
    ? { readonly [Index in keyof Part]: string }
    : { readonly [Key in keyof Part as KeyIn<Key, Form>]: Translated<Form, Part[Key]> }

/** English's shape with the plural forms of another language: a key too few or too many is a type error. */
export type Catalogue<Tag extends keyof PluralForms> = Translated<PluralForms[Tag], typeof en>

/** The part of a catalogue that the settings say. */
export type SettingsCatalogue<Tag extends keyof PluralForms> = Translated<PluralForms[Tag], typeof enSettings>

/** The part that hosting for people nearby, and being a guest, say. */
export type NearbyCatalogue<Tag extends keyof PluralForms> = Translated<PluralForms[Tag], typeof enNearby>
