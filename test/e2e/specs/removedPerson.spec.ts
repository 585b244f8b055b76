import { expect, test } from '@playwright/test'
import postgres from 'postgres'
import { startTestBackend } from '../../support/backend.ts'
import { expectNoViolations } from '../helpers/expectNoViolations.ts'
import { launchStudyhall } from '../helpers/launchStudyhall.ts'
import { expectPicture, watchPicture } from '../helpers/media.ts'
import { createSupabasePeople } from '../helpers/supabasePeople.ts'

test('one of three is removed: the others move to another channel with every picture, and their call is measured', async () => {
  test.setTimeout(240_000)
  const supabase = await startTestBackend()
  const database = postgres(supabase.databaseUrl, { max: 1 })
  try {
    await using studyhall = await launchStudyhall()
    const hosted = createSupabasePeople(supabase, studyhall)
    const ada = await hosted.arrive('Ada')
    const ben = await hosted.arrive('Ben')
    const chloe = await hosted.arrive('Chloe')
    await ada.createRoom({ name: 'Thesis hour' })
    await ada.joinNow('Thesis hour')
    for (const person of [ben, chloe]) {
      await person.openRoom('Thesis hour')
      await person.joinNow('Thesis hour')
    }
    for (const [viewer, ...seen] of [
      [ada, ben, chloe],
      [ben, ada, chloe],
      [chloe, ada, ben],
    ] as const) {
      for (const person of seen) await expectPicture(viewer.tileOf(person.name))
    }
    const roomId = await hosted.findRoom(ada, 'Thesis hour')
    const channelEpoch = async (): Promise<number> => {
      const [room] = await database<
        { channel_epoch: number }[]
      >`select channel_epoch from rooms where id = ${roomId}`
      return room?.channel_epoch ?? -1
    }

    await test.step('Chloe is removed by the creator, and told so', async () => {
      expect(await channelEpoch()).toBe(0)
      const pictures = [await watchPicture(ada.tileOf('Ben')), await watchPicture(ben.tileOf('Ada'))]
      await ada.page.getByRole('button', { name: 'People', exact: true }).click()
      const panel = ada.page.getByRole('complementary', { name: 'People' })
      await panel.getByRole('button', { name: 'What you can do about Chloe' }).click()
      await expectNoViolations(ada.page)
      await panel.getByRole('button', { name: 'Remove' }).click()
      const question = ada.page.getByRole('dialog', { name: 'Remove Chloe?' })
      await question.getByRole('button', { name: 'Remove' }).click()
      await expect(panel).toContainText('Chloe was removed.')
      await expect(chloe.page.getByRole('heading', { name: 'You were removed from the room' })).toBeVisible()
      for (const person of [ada, ben]) await expect(person.tileOf('Chloe')).toHaveCount(0)
      expect(await channelEpoch()).toBe(1)
      await panel.getByRole('button', { name: 'Close the list of people' }).click()
      for (const picture of pictures) await picture.expectUninterrupted()

      await test.step('on the new channel each hears of the other', async () => {
        await ben.page.getByRole('button', { name: 'Mute', exact: true }).click()
        await expect(ada.tileOf('Ben')).toContainText(/muted/i)
        await ada.page.getByRole('button', { name: 'Mute', exact: true }).click()
        await expect(ben.tileOf('Ada')).toContainText(/muted/i)
      })

      await test.step('and no picture has stopped or been made anew meanwhile', async () => {
        for (const picture of pictures) await picture.expectUninterrupted()
      })
    })

    await test.step('Chloe cannot listen in: her next try is refused', async () => {
      const { status } = await hosted.ask(chloe, 'GET', `/rooms/${roomId}/participants`)
      expect(status).toBe(403)
    })

    await test.step('the quality of the link stands on the tile, in words too', async () => {
      const tile = ada.tileOf('Ben')
      await expect(tile).toHaveAttribute('data-quality', /^(good|fair|poor)$/)
      await expect(tile).toContainText(/(Good|Fair|Weak) network/)
    })

    await test.step('the panel tells how each link does, and gives it as text', async () => {
      const { page } = ada
      await page.getByRole('button', { name: 'More' }).click()
      await page.getByRole('button', { name: 'Statistics' }).click()
      const panel = page.getByRole('complementary', { name: 'Statistics' })
      const figures = panel.getByRole('region', { name: 'Ben' })
      await expect(figures).toContainText(/\d+ × \d+, \d+ fps/)
      await expect(figures).toContainText(/Round trip\s*\d+ ms/)
      await expect(figures).toContainText('From person to person, direct, UDP')
      await expectNoViolations(page)
      await panel.getByRole('button', { name: 'Copy as text' }).click()
      await expect(panel.getByRole('button', { name: 'Copied' })).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(panel).toHaveCount(0)
      await expect(page.getByRole('button', { name: 'More' })).toBeFocused()
    })

    await test.step('Ben leaves, and the service knows how his call did', async () => {
      await ben.leave()
      const samples = () => database<
        {
          topology: string
          path_kind: string
          rtt_ms: number | null
          frame_height: number | null
          video_down_bps: number | null
          connection_attempts: number | null
          connection_successes: number | null
        }[]
      >`
        select s.topology, s.path_kind, s.rtt_ms, s.frame_height, s.video_down_bps::int,
          s.connection_attempts, s.connection_successes
        from quality_samples s join profiles p on p.id = s.user_id
        where s.room_id = ${roomId} and p.display_name = 'Ben' order by s.id`
      await expect.poll(async () => (await samples()).length).toBeGreaterThan(0)
      const [sample] = await samples()
      expect(sample).toMatchObject({
        topology: 'mesh',
        path_kind: 'host',
        connection_attempts: 2,
        connection_successes: 2,
      })
      expect(sample?.rtt_ms).toBeGreaterThanOrEqual(0)
      expect(sample?.frame_height).toBeGreaterThanOrEqual(100)
      expect(sample?.video_down_bps).toBeGreaterThan(1_000)
      const metrics = await fetch(`${supabase.url}/functions/v1/api/metrics`, {
        headers: { authorization: `Bearer ${supabase.secretKey}` },
      })
      const text = await metrics.text()
      expect(text).toContain('studyhall_connection_success_ratio{topology="mesh"} 1\n')
      expect(text).toMatch(/studyhall_rtt_seconds\{[^}]*topology="mesh"[^}]*\} \d/)
      expect(text).toMatch(/studyhall_video_received_bits_per_second\{[^}]*topology="mesh"[^}]*\} [1-9]/)
    })
  } finally {
    await database.end()
    await supabase.stop()
  }
})
