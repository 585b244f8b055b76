import { z } from 'zod'

/** Share of all processors together, 0 to 100. */
const percentSchema = z.number().min(0).max(100)

const batterySchema = z.strictObject({
  /** 0 to 1. */
  levelRatio: z.number().min(0).max(1),
  isCharging: z.boolean(),
})

export type BatteryReading = Readonly<z.infer<typeof batterySchema>>

/** As the system names it (macOS: `NSProcessInfoThermalState`). */
const thermalStateSchema = z.enum(['nominal', 'fair', 'serious', 'critical'])

export type ThermalState = z.infer<typeof thermalStateSchema>

/** How the computer does, measured by the main process. Null: the system does not say. */
export const machineFiguresSchema = z.strictObject({
  cpu: z.strictObject({
    /** Everything that runs on the computer. */
    systemPercent: percentSchema.nullable(),
    /** The app's own processes, of the same whole; without the database and the media server that the backend starts. */
    ownPercent: percentSchema.nullable(),
  }),
  /** Of the processor, in degrees Celsius. */
  temperatureCelsius: z.number().min(-50).max(200).nullable(),
  powerSource: z.enum(['mains', 'battery']),
  /** Null also where there is none. */
  battery: batterySchema.nullable(),
  thermalState: thermalStateSchema.nullable(),
  /** How fast the system lets its processors run, in percent; below 100 to save them from heat. */
  speedLimitPercent: percentSchema.nullable(),
})

export type MachineFigures = Readonly<z.infer<typeof machineFiguresSchema>>

/**
 * What happens to the computer. `networkBack`: it has an address again after none. `networkChanged`: it has others than
 * before; both are told only while readings are watched, the rest always.
 */
export const machineChangeSchema = z.enum([
  'suspending',
  'resumed',
  'locked',
  'unlocked',
  'networkBack',
  'networkChanged',
])

export type MachineChange = z.infer<typeof machineChangeSchema>
