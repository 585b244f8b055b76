import { useStore } from 'zustand'
import { useApp } from '../stores/services.ts'
import { createLazyPart } from '../ui/createLazyPart.tsx'

const linkDialog = createLazyPart(async () => (await import('../features/links/LinkDialog.tsx')).LinkDialog)
const notOpenedDialog = createLazyPart(
  async () => (await import('../features/links/NotOpenedDialog.tsx')).NotOpenedDialog,
)
const newRoomDialog = createLazyPart(
  async () => (await import('../features/lobby/NewRoomDialog.tsx')).NewRoomDialog,
)
const hostDialog = createLazyPart(async () => (await import('../features/nearby/HostDialog.tsx')).HostDialog)
const joinHostDialog = createLazyPart(
  async () => (await import('../features/nearby/JoinHostDialog.tsx')).JoinHostDialog,
)

/** What may be answered before anybody has signed in: to a host nearby one comes without rooms of one's own. */
export function AnswerEarlyRequests() {
  const { requests } = useApp()
  const request = useStore(requests.store)
  const isEarly = request.kind === 'joinNearby' || (request.kind === 'link' && request.link.kind === 'host')
  return isEarly ? <AnswerRequests /> : null
}

/** What was asked for from outside the window, put before the person over whatever screen stands. */
export function AnswerRequests() {
  const { enterRoom, requests } = useApp()
  const request = useStore(requests.store)
  switch (request.kind) {
    case 'none':
      return null
    case 'hostNearby':
      return <hostDialog.Part fallback={null} with={{ onClose: requests.settle }} />
    case 'joinNearby':
      return <joinHostDialog.Part fallback={null} with={{ code: request.code, onClose: requests.settle }} />
    case 'link':
      if (request.link.kind === 'host') {
        return (
          <joinHostDialog.Part fallback={null} with={{ code: request.link.code, onClose: requests.settle }} />
        )
      }
      return <linkDialog.Part fallback={null} with={{ link: request.link, onClose: requests.settle }} />
    case 'notOpened':
      return (
        <notOpenedDialog.Part
          fallback={null}
          with={{ roomName: request.roomName, failure: request.failure, onClose: requests.settle }}
        />
      )
    case 'newRoom':
      return (
        <newRoomDialog.Part
          fallback={null}
          with={{
            onClose: requests.settle,
            onCreated: (target) => {
              requests.settle()
              if (target !== null) void enterRoom(target)
            },
          }}
        />
      )
  }
}
