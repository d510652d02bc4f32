import { useTranslation } from 'react-i18next'
import classes from './ViewerScreen.module.css'

interface FollowBarProps {
  following: boolean
  doctor: string
  onRoam: () => void
  onFollow: () => void
}

/** For the patient, while the doctor shows something: whose view it is, and the way to the other one. */
export function FollowBar({ following, doctor, onRoam, onFollow }: FollowBarProps) {
  const { t } = useTranslation('viewer')
  return (
    <div className={classes.follow} data-following={following || undefined}>
      <span role="status">
        {following ? t('follow.following', { name: doctor }) : t('follow.alone', { name: doctor })}
      </span>
      <button type="button" className={classes.followButton} onClick={following ? onRoam : onFollow}>
        {following ? t('follow.roam') : t('follow.again')}
      </button>
    </div>
  )
}
