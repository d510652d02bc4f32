import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { readOwnSwitches, type RecognitionSwitch } from '#shared/imaging-recognition.ts'
import { read } from '../../platform/query.ts'

const freshMs = 5 * 60_000

/** What is on where the doctor works, for who must tell off from not known yet. */
export function useSwitches(
  isDoctor: boolean,
): UseQueryResult<{ switches: Record<RecognitionSwitch, boolean> }> {
  return useQuery({ ...read(readOwnSwitches), enabled: isDoctor, staleTime: freshMs })
}

/** What is on where the doctor works; all off until it is known. Only doctors may ask. */
export function useSwitch(name: RecognitionSwitch, isDoctor: boolean): boolean {
  const query = useSwitches(isDoctor)
  return isDoctor && (query.data?.switches[name] ?? false)
}
