import type { ListedModel } from '#shared/imaging-models.ts'
import type { ProcessLog } from '../processes/log.ts'
import { createOwnModels, type OwnModel, type OwnModelOptions } from '../recognition/own-model/index.ts'
import { checkShipped, type ShippedModel } from '../recognition/shipped.ts'

/** All models on this server: those that Bedside ships, and the clinic's own. */
export type Models = {
  list(): ListedModel[]
  /** Null unless it is one of the clinic's own that may be run. */
  own(name: string): OwnModel | null
  /** Resolves when all were looked at; never rejects. */
  checked(): Promise<void>
  /** Ends the process of own models. May be called again. */
  close(): Promise<void>
}

type Options = OwnModelOptions & { log: ProcessLog; shipped?: () => Promise<readonly ShippedModel[]> }

/** Starts looking at them in the background: none of them holds up the start, or stops it. */
export function createModels({ shipped, ...options }: Options): Models {
  const ours = checkShipped(options.log, shipped)
  const own = createOwnModels(options)
  return {
    list: () => [...ours.list(), ...own.list()],
    own: (name) => own.find(name),
    checked: () => Promise.all([ours.checked(), own.checked()]).then(() => undefined),
    close: () => own.close(),
  }
}
