import { Skeleton, Stack } from '@mantine/core'
import { Loading } from '../ui/Loading.tsx'
import classes from './PageSkeleton.module.css'

/** The shape of a page while its code loads. */
export function PageSkeleton() {
  return (
    <div className={classes.page}>
      <Loading>
        <Stack gap="lg" aria-hidden>
          <Skeleton height={34} width={220} />
          <Skeleton height={280} />
        </Stack>
      </Loading>
    </div>
  )
}
