import { useQuery } from '@tanstack/react-query'
import { readOwnSwitches, type RecognitionSwitch } from '#shared/imaging-recognition.ts'
import { read } from '../../platform/query.ts'

const freshMs = 5 * 60_000

/** What is on where the doctor works; all off until it is known. Only doctors may ask. */
export function useSwitch(name: RecognitionSwitch, isDoctor: boolean): boolean {
  const query = useQuery({ ...read(readOwnSwitches), enabled: isDoctor, staleTime: freshMs })
  return isDoctor && (query.data?.switches[name] ?? false)
}
