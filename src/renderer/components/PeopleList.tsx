import { Avatar } from '../ui/Avatar.tsx'
import { EntryList, type ListedEntry } from './EntryList.tsx'

/** Somebody in a list. */
export interface ListedPerson extends Pick<ListedEntry, 'note' | 'action'> {
  readonly userId: string
  readonly displayName: string
}

/** People with a note and one thing to do about each. */
export function PeopleList({
  label,
  people,
}: {
  readonly label: string
  readonly people: readonly ListedPerson[]
}) {
  return (
    <EntryList
      label={label}
      entries={people.map(({ userId, displayName, note, action }) => ({
        id: userId,
        picture: <Avatar name={displayName} size={32} />,
        title: displayName,
        note,
        action,
      }))}
    />
  )
}
