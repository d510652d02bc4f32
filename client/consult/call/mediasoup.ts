import type * as Library from 'mediasoup-client'
import type { Device, types } from 'mediasoup-client'
import type { MediaConsumer, TransportOptions } from '#shared/consult.ts'
import { journal } from '../../platform/journal.ts'

/**
 * The wire carries mediasoup's own objects as plain JSON; the SFU checks their depth. These are the only places where
 * they get mediasoup's types.
 */
type WireObject = Record<string, unknown>

export function rtpCapabilitiesOf(object: WireObject): types.RtpCapabilities {
  return object
}
export function rtpParametersOf(consumer: MediaConsumer): types.RtpParameters {
  return consumer.rtpParameters as unknown as types.RtpParameters
}
export function iceParametersOf(object: WireObject): types.IceParameters {
  return object as unknown as types.IceParameters
}
export function transportOptionsOf(
  options: TransportOptions,
  iceServers: WireObject[],
): types.TransportOptions {
  return {
    id: options.id,
    iceParameters: iceParametersOf(options.iceParameters),
    iceCandidates: options.iceCandidates as unknown[] as types.IceCandidate[],
    dtlsParameters: options.dtlsParameters as unknown as types.DtlsParameters,
    iceServers: iceServers as unknown[] as RTCIceServer[],
  }
}
export function toWire(object: object): WireObject {
  return object as WireObject
}

const storageKey = 'bedside.codecs'

/**
 * mediasoup's Device, made ready before it is needed: the library is loaded while people read, and the room's codecs
 * are remembered from the device check or the last visit, so that media can open in one round trip.
 */
export class DeviceShelf {
  #library: Promise<typeof Library> | null = null
  #ready: { codecs: string; device: Promise<Device> } | null = null
  #device: Device | null = null

  /** Begins to load the library, and the Device when this browser has been in a room before. */
  warm(): void {
    const codecs = recall()
    const started = codecs === null ? this.#load() : this.for(codecs)
    started.catch((error: unknown) => {
      journal('Nothing could be made ready for the call yet:', error)
    })
  }

  /** The Device that is ready now, if any. */
  get present(): Device | null {
    return this.#device
  }

  /** The Device for a room that speaks these codecs. Throws when the browser cannot make calls. */
  for(routerRtpCapabilities: WireObject): Promise<Device> {
    const codecs = JSON.stringify(routerRtpCapabilities)
    if (this.#ready?.codecs === codecs) return this.#ready.device
    const device = this.#make(routerRtpCapabilities)
    this.#ready = { codecs, device }
    this.#device = null
    device.then(
      (made) => {
        if (this.#ready?.device !== device) return
        this.#device = made
        remember(codecs)
      },
      () => {
        if (this.#ready?.device === device) this.#ready = null
      },
    )
    return device
  }

  async #make(routerRtpCapabilities: WireObject): Promise<Device> {
    const { Device } = await this.#load()
    const device = await Device.factory()
    await device.load({ routerRtpCapabilities: rtpCapabilitiesOf(structuredClone(routerRtpCapabilities)) })
    return device
  }

  #load(): Promise<typeof Library> {
    this.#library ??= import('mediasoup-client').catch((error: unknown) => {
      this.#library = null
      throw error
    })
    return this.#library
  }
}

function recall(): WireObject | null {
  try {
    const text = localStorage.getItem(storageKey)
    return text === null ? null : (JSON.parse(text) as WireObject)
  } catch (error) {
    journal('This browser keeps no settings:', error)
    return null
  }
}

function remember(codecs: string): void {
  try {
    localStorage.setItem(storageKey, codecs)
  } catch (error) {
    journal('This browser keeps no settings:', error)
  }
}
