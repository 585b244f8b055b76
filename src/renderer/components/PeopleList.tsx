import { EntryList, type ListedEntry } from './EntryList.tsx'
import { PersonAvatar } from './PersonAvatar.tsx'

/** Somebody in a list. */
export interface ListedPerson extends Pick<ListedEntry, 'action'> {
  readonly note: string
  readonly userId: string
  readonly displayName: string
  readonly avatar: string | null | undefined
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
      entries={people.map(({ userId, displayName, avatar, note, action }) => ({
        id: userId,
        picture: <PersonAvatar name={displayName} avatar={avatar} size={32} />,
        title: displayName,
        notes: [note],
        action,
      }))}
    />
  )
}
