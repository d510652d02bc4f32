import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { z } from 'zod'
import { consultNews, issueClinicTicket, readClinic } from '#shared/consult.ts'
import { call } from '../../platform/api.ts'
import { keyOf, read } from '../../platform/query.ts'
import { TicketSocket } from '../../platform/socket.ts'

export type ClinicDay = z.output<typeof readClinic.reply>

/** News come within a moment; this is the net under them. */
const refreshMs = 30_000
const news = { 'clinic:changed': consultNews['clinic:changed'] }

/** The doctor's visits of today, renewed whenever something happens in the waiting room. */
export function useClinic(): UseQueryResult<ClinicDay> {
  const queries = useQueryClient()
  useEffect(() => {
    const socket = new TicketSocket({
      requests: {},
      news,
      takeTicket: async () => (await call(issueClinicTicket)).ticket,
    })
    const renew = () => void queries.invalidateQueries({ queryKey: keyOf(readClinic) })
    socket.on('clinic:changed', renew)
    // What happened while the connection was away was not told.
    socket.onLink((state) => {
      if (state === 'online') renew()
    })
    socket.start()
    return () => {
      socket.close()
    }
  }, [queries])
  return useQuery({ ...read(readClinic), refetchInterval: refreshMs })
}
