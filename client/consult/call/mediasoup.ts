import type * as Library from 'mediasoup-client'
import type { Device, types } from 'mediasoup-client'
import type { MediaConsumer, TransportOptions } from '#shared/consult.ts'
import { journal } from '../../platform/journal.ts'
import { roomCodecs } from './room-codecs.ts'

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

/**
 * mediasoup's Device, made ready before it is needed: the library is loaded while people read, and the room's codecs are
 * known, so that media can open in one round trip.
 */
export class DeviceShelf {
  #library: Promise<typeof Library> | null = null
  #ready: { codecs: string; device: Promise<Device> } | null = null
  #device: Device | null = null

  /** Loads the library and makes the Device for the rooms as we know them. */
  warm(): void {
    if (this.#ready) return
    this.for(roomCodecs).catch((error: unknown) => {
      journal('Nothing could be made ready for the call yet:', error)
    })
  }

  /** The Device that is ready now, if any. */
  get present(): Device | null {
    return this.#device
  }

  /** The Device for a room that speaks these codecs. Throws when the browser cannot make calls. */
  for(routerRtpCapabilities: WireObject): Promise<Device> {
    const codecs = sortedJson(routerRtpCapabilities)
    if (this.#ready?.codecs === codecs) return this.#ready.device
    const device = this.#make(routerRtpCapabilities)
    this.#ready = { codecs, device }
    this.#device = null
    device.then(
      (made) => {
        if (this.#ready?.device === device) this.#device = made
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

/** JSON whose keys stand in order, so that equal objects give equal texts. */
export function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
