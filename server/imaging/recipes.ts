import { createHash } from 'node:crypto'
import type { Enhancement } from '#shared/imaging.ts'
import { PresetName, presets, Recipe } from '#shared/imaging-recipe.ts'

/** A recipe with what makes it the same as another. */
export type NamedRecipe = {
  /** A preset's, also where someone put the preset together by hand. */
  name: Enhancement['name']
  recipe: Recipe
  /** With its keys in the schema's order: equal recipes are equal texts. */
  json: string
  /** SHA-256 of `json`, hexadecimal. */
  hash: string
}

/** @throws ZodError when the recipe is none. */
export function nameRecipe(by: PresetName | Recipe): NamedRecipe {
  const recipe = Recipe.parse(typeof by === 'string' ? presets[by] : by)
  const json = JSON.stringify(recipe)
  const hash = hashOf(json)
  return { name: presetByHash.get(hash) ?? 'custom', recipe, json, hash }
}

/** What was kept; null when today's schema does not accept it, as after a step was changed or taken out. */
export function keptRecipe(json: string): Recipe | null {
  const { success, data } = Recipe.safeParse(JSON.parse(json))
  return success ? data : null
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

const presetByHash = new Map(
  PresetName.options.map((name) => [hashOf(JSON.stringify(Recipe.parse(presets[name]))), name]),
)
