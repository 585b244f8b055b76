/**
 * Keys that may be listened to while another program has the focus, by `KeyboardEvent.code`: those that write nothing. Each with
 * its code in libuiohook (its `uiohook.h`, the PC's set 1 scan codes).
 */
const hookCodes: Readonly<Record<string, number>> = {
  F1: 59, F2: 60, F3: 61, F4: 62, F5: 63, F6: 64, F7: 65, F8: 66, F9: 67, F10: 68, F11: 87, F12: 88,
  F13: 91, F14: 92, F15: 93, F16: 99, F17: 100, F18: 101, F19: 102, F20: 103, F21: 104, F22: 105, F23: 106, F24: 107,
  ControlLeft: 29, ControlRight: 3613, AltLeft: 56, AltRight: 3640, ShiftLeft: 42, ShiftRight: 54,
  MetaLeft: 3675, MetaRight: 3676, ScrollLock: 70, Insert: 3666, PrintScreen: 3639,
} // prettier-ignore

/**
 * The code to listen for; null: this key writes. SECURITY: so nothing that somebody writes is ever listened to, whatever stands in
 * the settings.
 */
export function hookCodeOf(keyCode: string): number | null {
  return Object.hasOwn(hookCodes, keyCode) ? (hookCodes[keyCode] ?? null) : null
}
