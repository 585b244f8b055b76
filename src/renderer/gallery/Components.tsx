import { Mic } from 'lucide-react'
import { useState } from 'react'
import { avatarColors, avatarPictures, writeAvatar } from '../../shared/people/avatars.ts'
import { PersonAvatar } from '../components/PersonAvatar.tsx'
import { Avatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { LevelMeter } from '../ui/LevelMeter.tsx'
import { Notice } from '../ui/Notice.tsx'
import { RadioGroup } from '../ui/RadioGroup.tsx'
import { SearchField } from '../ui/SearchField.tsx'
import { SegmentedChoice } from '../ui/SegmentedChoice.tsx'
import { Select } from '../ui/Select.tsx'
import { SignalBars } from '../ui/SignalBars.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { Switch } from '../ui/Switch.tsx'
import { Tag, TagToggle } from '../ui/Tag.tsx'
import { TextField } from '../ui/TextField.tsx'
import { Toolbar } from '../ui/Toolbar.tsx'
import styles from './Components.module.css'

const choices = [
  { value: 'one', label: 'One' },
  { value: 'two', label: 'Two' },
] as const

const halfLoud = (listener: (level: number) => void) => {
  listener(0.5)
  return () => undefined
}

/** Every component in its states, on one page. */
export function Components() {
  const [choice, setChoice] = useState<'one' | 'two'>('one')
  const [text, setText] = useState('')
  const [isOn, setOn] = useState(true)
  return (
    <main className={styles['page']}>
      <h1>Components</h1>
      <section className={styles['row']} aria-label="Buttons">
        <Button variant="primary">Primary</Button>
        <Button>Secondary</Button>
        <Button variant="quiet">Quiet</Button>
        <Button variant="danger">Danger</Button>
        <Button variant="primary" busy>
          Busy
        </Button>
        <Button icon={<Mic size={18} aria-hidden />}>With icon</Button>
        <Button iconOnly aria-label="Microphone" icon={<Mic size={18} aria-hidden />} />
      </section>
      <section className={styles['columns']} aria-label="Fields">
        <TextField label="A field" hint="With a hint." defaultValue="" placeholder="Placeholder" />
        <TextField label="A wrong field" error="What is wrong, in words." defaultValue="Wrong" />
        <Select label="A choice" value={choice} options={choices} onChange={() => undefined} />
        <Select
          label="Nothing to choose"
          value=""
          disabled
          options={[{ value: '', label: 'None found' }]}
          onChange={() => undefined}
        />
        <RadioGroup
          label="Radio"
          value={choice}
          options={choices.map((option) => ({ ...option, hint: 'With a hint' }))}
          onChange={setChoice}
        />
        <SegmentedChoice label="Segments" value={choice} options={choices} onChange={setChoice} />
        <SearchField label="Search" value={text} onChange={setText} />
        <Switch label="A switch" hint="With a hint." checked={isOn} onChange={setOn} />
        <Switch label="Another" checked={!isOn} onChange={(on) => setOn(!on)} />
        <LevelMeter subscribe={halfLoud} />
      </section>
      <section className={styles['row']} aria-label="Small things">
        <Tag>maths</Tag>
        <TagToggle pressed={false} onPress={() => undefined}>
          law
        </TagToggle>
        <TagToggle pressed onPress={() => undefined}>
          quiet
        </TagToggle>
        {['Ada Lindqvist', 'Mia', 'Jón Þórsson', 'Aiko', 'Tomás', 'Wei', 'Zoë'].map((name) => (
          <Avatar key={name} name={name} size={36} />
        ))}
        {avatarPictures.map((picture, index) => (
          <PersonAvatar
            key={picture}
            name=""
            avatar={writeAvatar({ picture, color: avatarColors[index % avatarColors.length] ?? 'moss' })}
            size={36}
          />
        ))}
        <SignalBars level={3} label="Good" />
        <SignalBars level={2} label="Fair" />
        <SignalBars level={1} label="Weak" />
        <Skeleton width="120px" height="20px" />
      </section>
      <section className={styles['column']} aria-label="Notices">
        <Notice tone="info">Something to know.</Notice>
        <Notice tone="warm" title="Waiting for the network">
          Your timer keeps running.
        </Notice>
        <Notice tone="danger" title="The rooms could not be read" action={<Button>Try again</Button>}>
          No answer. Check your network, then try again.
        </Notice>
      </section>
      <Toolbar label="Toolbar">
        <Button variant="quiet" size="large">
          Mute
        </Button>
        <Button variant="danger" size="large">
          Leave
        </Button>
      </Toolbar>
    </main>
  )
}
